"""The router: which handler answers a message. Apps register theirs in a module named `commands`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.module_loading import autodiscover_modules

from bots.envelope import IncomingMessage
from conversations.models import Chat, Message
from conversations.replies import Reply

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Incoming:
    """A message being answered: what happened, its row, and its idempotency key."""

    said: IncomingMessage
    row: Message
    request_id: str
    now: datetime
    command: str = ""
    arguments: str = ""  # the text after the command or, without one, the whole text


Handler = Callable[[Chat, Incoming], Reply]
Taker = Callable[[Chat, Incoming], Reply | None]  # None: not mine, ask the next
Listener = Callable[[Chat, Incoming], None]


@dataclass(frozen=True)
class Command:
    """A slash command with its line in the menu (a translatable text; empty: not in the menu)."""

    name: str
    handler: Handler
    summary: "str | StrPromise" = ""


@dataclass
class Router:
    """Registered handlers. Takers of an event are asked from the lowest priority number up."""

    commands: dict[str, Command] = field(default_factory=dict)
    buttons: dict[str, Handler] = field(default_factory=dict)
    links: dict[str, Handler] = field(default_factory=dict)
    takers: dict[str, list[tuple[int, Taker]]] = field(default_factory=dict)
    listeners: list[Listener] = field(default_factory=list)

    def command(self, name: str, handler: Handler, summary: "str | StrPromise" = "") -> None:
        """Answer `/name`."""
        self.commands[name] = Command(name, handler, summary)

    def button(self, prefix: str, handler: Handler) -> None:
        """Answer presses of buttons whose data begins with `prefix:`."""
        self.buttons[prefix] = handler

    def link(self, prefix: str, handler: Handler) -> None:
        """Answer `/start prefix_rest`, which t.me/<bot>?start=prefix_rest sends; arguments: the rest."""
        self.links[prefix] = handler

    def take(self, event: str, taker: Taker, priority: int = 50) -> None:
        """Offer messages of an event (text, edit, media, location, member, service ...) to a taker."""
        self.takers.setdefault(event, []).append((priority, taker))
        self.takers[event].sort(key=lambda entry: entry[0])

    def listen(self, listener: Listener) -> None:
        """Be told of every incoming message before it is answered, in the same transaction."""
        self.listeners.append(listener)

    def route(self, chat: Chat, incoming: Incoming) -> Reply:
        """Return the answer of the handler that takes the message; nobody's is an empty reply."""
        for listener in self.listeners:
            listener(chat, incoming)
        if incoming.command in self.commands:
            return self.commands[incoming.command].handler(chat, incoming)
        if incoming.said.event == "callback":
            prefix = incoming.said.callback_data.partition(":")[0]
            handler = self.buttons.get(prefix, self.buttons.get(""))
            return handler(chat, incoming) if handler else Reply()
        for _, taker in self.takers.get(incoming.said.event, []):
            if (reply := taker(chat, incoming)) is not None:
                return reply
        return Reply()


router = Router()


def discover() -> None:
    """Import every app's `commands` module, as the admin does with `admin`."""
    autodiscover_modules("commands")


def split_command(text: str, username: str) -> tuple[str, str]:
    """Return (command, arguments); a command for another bot or no command gives ("", text).

    https://core.telegram.org/bots/features#commands: `/name@bot arguments`.
    """
    if not text.startswith("/"):
        return "", text
    head, *rest = text.split(maxsplit=1)
    name, _, addressee = head[1:].partition("@")
    if addressee and addressee.lower() != username.lower():
        return "", text
    return name.lower(), rest[0].strip() if rest else ""
