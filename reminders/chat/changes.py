"""Show a change of a reminder: what it was, what it is now, and a way back."""

from datetime import datetime
from typing import Any

from conversations.models import Chat
from conversations.replies import Button, Reply
from conversations.router import Incoming
from reminders import retiming
from reminders.chat import labels, undoing
from reminders.chat.cards import basics, outlook
from reminders.chat.exchange import Card, Exchange, actor, show
from reminders.chat.subjects import shortened
from reminders.models import Reminder
from reminders.when.meaning import Meaning


def change_card(exchange: Exchange, reminder: Reminder, meaning: Meaning) -> Card:
    """Make the change that was understood and return what it did."""
    whole = bool(meaning.subject) or exchange.incoming.said.event == "edit"
    text = shortened(meaning.subject or exchange.wish.text) or None
    return changed(
        exchange.chat, exchange.incoming, reminder, meaning=meaning, text=text, whole=whole
    )


def changed(
    chat: Chat,
    incoming: Incoming,
    reminder: Reminder,
    *,
    meaning: Meaning | None = None,
    text: str | None = None,
    whole: bool = False,
) -> Card:
    """Change time, words or both, and return the card that shows old and new."""
    before, earlier = undoing.snapshot(reminder), seen(reminder)
    done = retiming.retime(reminder, meaning=meaning, text=text, whole=whole, actor=actor(incoming))
    if not done:
        reminder.refresh_from_db()
        reminder.chat = chat
        same = reminder.state in {Reminder.State.ACTIVE, Reminder.State.PAUSED}
        return Card(
            "reminders/unchanged", basics(chat, reminder, same=same), tag=f"reminder:{reminder.pk}"
        )
    reminder.chat = chat
    step = undoing.restoring(reminder, before)
    return changed_card(chat, incoming, reminder, earlier, [step])


def changed_card(
    chat: Chat,
    incoming: Incoming,
    reminder: Reminder,
    earlier: dict[str, Any],
    steps: list[dict[str, Any]],
) -> Card:
    """Return the card that shows old and new."""
    undo = undoing.offer(chat, incoming.said.sender.id, steps)
    buttons = [[undo, Button(labels.edit(), f"r1:edit:{reminder.pk}")]]
    context = basics(chat, reminder, earlier=earlier, now_seen=seen(reminder), **outlook(reminder))
    return Card("reminders/changed", context, buttons, tag=f"reminder:{reminder.pk}")


def seen(reminder: Reminder) -> dict[str, Any]:
    """Return what a person sees of a reminder, to be compared."""
    due: datetime | None = reminder.local_due
    return {
        "text": reminder.text,
        "due": due,
        "day": due.date() if due else None,
        "clock": due.time() if due else None,
        "rules": list(reminder.rules),
    }


def answer(incoming: Incoming, card: Card) -> Reply:
    """Show the card in place of the pressed message, or as a message."""
    return Reply([*show(incoming, card)])
