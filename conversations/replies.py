"""What a handler may answer: messages, changes of earlier ones, and toasts, rendered from templates."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

from conversations.markup import Text, from_html

Rows = list[list["Button"]]


@dataclass(frozen=True)
class Button:
    """An inline button. `data` comes back as callback data (at most 64 bytes); or it opens `url`."""

    label: str
    data: str = ""
    url: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the Bot API's InlineKeyboardButton."""
        return {
            "text": self.label,
            **({"url": self.url} if self.url else {"callback_data": self.data}),
        }


@dataclass(frozen=True)
class Document:
    """A small text file to send: name and content."""

    name: str
    content: str


@dataclass(frozen=True)
class Say:
    """One message from a template below `templates/replies/`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    buttons: Rows = field(default_factory=list)
    reply_to: int = 0  # Telegram's message id
    silent: bool = False
    document: Document | None = None
    tag: str = ""  # lets the sender find its row again: see outbox.tagged

    def text(self) -> Text:
        """Return the rendered text, in the language that is active."""
        return render(self.template, self.context)


@dataclass(frozen=True)
class Change:
    """A new text, new buttons or both for a message of ours (by Telegram's id). None keeps the text."""

    message_id: int
    template: str | None = None
    context: dict[str, Any] = field(default_factory=dict)
    buttons: Rows = field(default_factory=list)

    def text(self) -> Text:
        """Return the rendered text; empty where only the buttons change."""
        return render(self.template, self.context) if self.template else Text("")


@dataclass(frozen=True)
class Toast:
    """The short answer to a button press; an alert must be closed by the person."""

    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    alert: bool = False

    def text(self) -> Text:
        """Return the rendered text, at most 200 characters (Bot API, answerCallbackQuery)."""
        text = render(self.template, self.context).text if self.template else ""
        return Text(text[:200])


Effect = Say | Change | Toast


@dataclass(frozen=True)
class Reply:
    """Everything one handler answers, in order. An empty reply says nothing on purpose."""

    effects: list[Effect] = field(default_factory=list)


def say(template: str, *, buttons: Rows | None = None, reply_to: int = 0, **context: Any) -> Reply:
    """Return a reply of one message."""
    return Reply([Say(template, context, buttons or [], reply_to)])


def toast(template: str, *, alert: bool = False, **context: Any) -> Reply:
    """Return a reply of one toast."""
    return Reply([Toast(template, context, alert=alert)])


def render(template: str, context: dict[str, Any]) -> Text:
    """Return a template's text and entities. People's own words are escaped by the template engine."""
    return from_html(render_to_string(f"replies/{template}.html", context))


def keyboard(buttons: Rows) -> dict[str, Any]:
    """Return the Bot API's InlineKeyboardMarkup."""
    return {"inline_keyboard": [[button.as_json() for button in row] for row in buttons]}
