"""One step of a conversation about a reminder: who says what, and where the answer is shown."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from conversations.models import Chat
from conversations.replies import Change, Effect, Reply, Rows, Say
from conversations.router import Incoming
from reminders.chat.models import Draft
from reminders.creating import Wish
from reminders.models import Reminder


@dataclass(frozen=True)
class Card:
    """A message with its buttons, before it is known whether it is sent or put in place of another."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    buttons: Rows = field(default_factory=list)
    tag: str = ""

    def say(self, reply_to: int = 0) -> Say:
        """Return it as a message of its own."""
        return Say(self.template, self.context, self.buttons, reply_to, tag=self.tag)

    def change(self, message_id: int) -> Change:
        """Return it as the new text of a message."""
        return Change(message_id, self.template, self.context, self.buttons)


@dataclass(frozen=True)
class Exchange:
    """A wish on its way to become a reminder or to change one; `draft` is the question it answers."""

    chat: Chat
    incoming: Incoming
    wish: Wish
    words: str
    now: datetime
    draft: Draft | None = None
    reminder: Reminder | None = None  # what it changes; None: it becomes a new one

    @property
    def user_id(self) -> int:
        """Who is talking."""
        return self.incoming.said.sender.id

    def show(self, card: Card, *, reply_to: int = 0) -> Reply:
        """Answer with a card: in place of the question whose button was pressed, or as a message."""
        return Reply([*show(self.incoming, card, reply_to=reply_to)])


def show(incoming: Incoming, card: Card, *, reply_to: int = 0) -> list[Effect]:
    """Return the card in place of the message whose button was pressed, or as a message of its own."""
    if incoming.said.event == "callback":
        return [card.change(incoming.said.message_id)]
    return [card.say(reply_to)]


def actor(incoming: Incoming) -> str:
    """Return who is noted in a reminder's history."""
    return f"person:{incoming.said.sender.id}"


def numbers_in(words: str) -> list[int]:
    """Return the numbers of reminders in an argument: "3 5 #8"."""
    found = words.replace("#", " ").replace(",", " ").split()
    return [int(word) for word in found[:50] if word.isascii() and word.isdigit() and len(word) < 9]


def key_of(data: str) -> int:
    """Return the row's key that a button carries; 0, which no row has, for anything else."""
    return int(data) if data.isascii() and data.isdigit() and len(data) < 18 else 0
