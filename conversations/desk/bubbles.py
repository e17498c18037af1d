"""One row of a transcript as an operator sees it; nothing here asks the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from conversations.desk.redact import shown, snippet
from conversations.models import Attempt, Message

EDITABLE = timedelta(hours=48)
EVENTS = {"callback", "edit", "toast", "member", "service", "migrated"}
# The largest file a bot can fetch: https://core.telegram.org/bots/api#getfile.
LARGEST_FILE = 20_000_000
_ICONS = {
    "photo": "image", "video": "movie", "animation": "gif_box", "audio": "music_note",
    "document": "description", "voice": "mic", "video_note": "videocam", "sticker": "mood",
    "contact": "person", "location": "location_on", "venue": "location_on", "poll": "poll",
}  # fmt: skip
_STATES = {
    Message.State.QUEUED: ("schedule", "Queued"),
    Message.State.SENDING: ("sync", "Sending"),
    Message.State.SENT: ("check", "Sent"),
    Message.State.FAILED: ("error", "Failed"),
    Message.State.UNKNOWN: ("help", "Unknown"),
    Message.State.WITHDRAWN: ("undo", "Withdrawn"),
}


@dataclass(frozen=True)
class Quote:
    """The message that this one answers."""

    who: str
    text: str
    pk: int


@dataclass(frozen=True)
class Media:
    """A file that stays with Telegram until an operator asks for it."""

    kind: str
    icon: str
    detail: str
    can_fetch: bool
    is_picture: bool


@dataclass(frozen=True)
class Bubble:
    """A message, or an event beside the messages."""

    row: Message
    at: datetime
    who: str
    text: str
    is_event: bool = False
    quote: Quote | None = None
    media: Media | None = None
    edits: list[tuple[datetime | None, str]] = field(default_factory=list)
    buttons: list[list[str]] = field(default_factory=list)
    state_icon: str = ""
    state_label: str = ""
    attempts: int = 0
    search: list[str] = field(default_factory=list)  # how its lost answer was looked for
    can_retry: bool = False
    can_edit: bool = False

    @property
    def is_out(self) -> bool:
        """Whether the bot or an operator said it."""
        return self.row.direction == Message.Direction.OUT


@dataclass(frozen=True)
class Reader:
    """Turns rows into bubbles, given what was looked up for the whole page."""

    zone: tzinfo
    quotes: Mapping[int | None, Message]
    attempts: Mapping[int | None, list[Attempt]]
    readable: bool

    def read(self, row: Message) -> Bubble:
        """Return the row as a bubble or as an event."""
        event = event_told(row, readable=self.readable)
        icon, label = _STATES.get(Message.State(row.state), ("", ""))
        tries = self.attempts.get(row.pk, [])
        return Bubble(
            row=row,
            at=row.created_at.astimezone(self.zone),
            who=who_said(row),
            text=event if row.kind in EVENTS else shown(row.text, readable=self.readable),
            is_event=row.kind in EVENTS,
            quote=self._quote(row),
            media=_media(row),
            edits=[self._edit(entry) for entry in row.edits],
            buttons=_buttons(row, readable=self.readable),
            state_icon=icon,
            state_label=label,
            attempts=len(tries),
            search=[line for attempt in tries for line in attempt.timeline],
            can_retry=can_retry(row),
            can_edit=can_edit(row),
        )

    def _quote(self, row: Message) -> Quote | None:
        if not row.reply_to_message_id:
            return None
        said = self.quotes.get(row.reply_to_message_id)
        if said is None:
            return Quote("", "an earlier message", 0)
        return Quote(who_said(said), snippet(said.text, readable=self.readable), said.pk)

    def _edit(self, entry: dict[str, Any]) -> tuple[datetime | None, str]:
        text = shown(str(entry.get("text", "")), readable=self.readable)
        try:
            return datetime.fromisoformat(str(entry.get("at"))).astimezone(self.zone), text
        except ValueError:
            return None, text


def who_said(row: Message) -> str:
    """Return who a row is from: the person, the operator, or the bot."""
    if row.direction == Message.Direction.IN:
        return row.sender_name
    return row.author.get_username() if row.author else "Bot"


def beginning(row: Message, *, readable: bool, length: int) -> str:
    """Return a row's first words; of an event what happened, of a file its kind."""
    if row.kind in EVENTS:
        return f"[{event_told(row, readable=readable)}]"
    words = snippet(row.text, readable=readable, length=length)
    return words or f"[{row.params.get('attachment') or row.kind}]"


def can_retry(row: Message) -> bool:
    """Whether an operator may send it again; a reminder's own message is retried from the reminder."""
    ended = row.state in {Message.State.FAILED, Message.State.UNKNOWN}
    return ended and row.kind not in {"toast", "edit"} and not row.key.startswith("delivery:")


def can_edit(row: Message) -> bool:
    """Whether it is an operator's own text that Telegram has and still lets us change."""
    return (
        row.author_id is not None
        and row.kind == "text"
        and row.state == Message.State.SENT
        and row.sent_at is not None
        and timezone.now() - row.sent_at < EDITABLE
    )


def event_told(row: Message, *, readable: bool) -> str:
    """Return what happened, for a row that is no message."""
    if row.kind == "callback":
        return f"pressed {_pressed(row, readable=readable)}"
    if row.kind == "edit":
        incoming = row.direction == Message.Direction.IN
        words = snippet(row.text, readable=readable)
        return f"edited a message: {words}" if incoming or row.text else "changed the buttons"
    if row.kind == "toast":
        words = snippet(row.text, readable=readable)
        return f"showed a note: {words}" if row.text else "confirmed the press"
    if row.kind == "member":
        left = row.params.get("member_status") in {"kicked", "left"}
        return "blocked the bot or removed it" if left else "let the bot in"
    if row.kind == "migrated":
        return "the group became a supergroup"
    return "something happened that bots see without content"


def _pressed(row: Message, *, readable: bool) -> str:
    if not readable:
        return "a button"
    markup = row.target.params.get("reply_markup") if row.target else None
    for line in (markup or {}).get("inline_keyboard", []):
        for button in line:
            if button.get("callback_data") == row.text:
                return f"“{button.get('text', '')}”"
    return "a button"


def _buttons(row: Message, *, readable: bool) -> list[list[str]]:
    lines = (row.params.get("reply_markup") or {}).get("inline_keyboard", [])
    return [[shown(str(button.get("text", "")), readable=readable) for button in line]
            for line in lines]  # fmt: skip


def _media(row: Message) -> Media | None:
    kind = str(row.params.get("attachment") or ("document" if row.kind == "document" else ""))
    if row.kind == "location" and not kind:
        kind = "location"
    if not kind or row.kind in EVENTS:
        return None
    size = int(row.params.get("file_size") or 0)
    return Media(
        kind=kind.replace("_", " "),
        icon=_ICONS.get(kind, "attachment"),
        detail=filesizeformat(size) if size else "",
        can_fetch=bool(row.params.get("file_id")) and size <= LARGEST_FILE,
        is_picture=kind in {"photo", "sticker"},
    )
