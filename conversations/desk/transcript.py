"""A chat's rows as an operator reads them: bubbles, events and days, in the chat's own time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from zlib import crc32
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from conversations.desk.bubbles import Bubble, Reader
from conversations.models import Attempt, Chat, Message

PAGE = 60  # rows of one page


@dataclass(frozen=True)
class Day:
    """A separator: the day in the chat's zone."""

    date: date


@dataclass(frozen=True)
class Page:
    """Part of a transcript, oldest first, with what lies before and after it."""

    entries: list[Day | Bubble]
    first: int = 0
    last: int = 0
    has_earlier: bool = False
    has_later: bool = False
    version: str = ""


def zone_of(chat: Chat) -> tzinfo:
    """Return the chat's zone, UTC while it is unknown."""
    return ZoneInfo(chat.timezone) if chat.timezone else UTC


def rows_of(chat: Chat, topic: int | None = None) -> QuerySet[Message]:
    """Return everything that happened in the chat or in one topic of it."""
    rows = Message.objects.filter(chat=chat).select_related("author", "target")
    return rows if topic is None else rows.filter(thread_id=topic)


def newest(chat: Chat, *, readable: bool, topic: int | None = None) -> Page:
    """Return the last page."""
    rows = list(rows_of(chat, topic).order_by("-pk")[: PAGE + 1])
    return _page(chat, rows[:PAGE][::-1], readable=readable, has_earlier=len(rows) > PAGE)


def before(chat: Chat, pk: int, *, readable: bool, topic: int | None = None) -> Page:
    """Return the page before a row."""
    rows = list(rows_of(chat, topic).filter(pk__lt=pk).order_by("-pk")[: PAGE + 1])
    return _page(
        chat, rows[:PAGE][::-1], readable=readable, has_earlier=len(rows) > PAGE, has_later=True
    )


def after(chat: Chat, pk: int, *, readable: bool, topic: int | None = None) -> Page:
    """Return the page that begins at a row."""
    rows = list(rows_of(chat, topic).filter(pk__gte=pk).order_by("pk")[: PAGE + 1])
    earlier = rows_of(chat, topic).filter(pk__lt=pk).exists()
    return _page(
        chat, rows[:PAGE], readable=readable, has_earlier=earlier, has_later=len(rows) > PAGE
    )


def version_of(rows: Iterable[Message]) -> str:
    """Return a mark that changes when any row of a page changes."""
    seen = "".join(
        f"{row.pk}{row.state}{row.message_id}{len(row.edits)}{row.possible_repeat}{row.error};"
        for row in rows
    )
    return f"{crc32(seen.encode()):08x}"


def _page(
    chat: Chat,
    rows: Sequence[Message],
    *,
    readable: bool,
    has_earlier: bool = False,
    has_later: bool = False,
) -> Page:
    if not rows:
        return Page([], version=version_of(rows))
    return Page(
        _with_days(read(chat, rows, readable=readable)),
        rows[0].pk,
        rows[-1].pk,
        has_earlier,
        has_later,
        version_of(rows),
    )


def read(chat: Chat, rows: Sequence[Message], *, readable: bool) -> list[Bubble]:
    """Return the rows as bubbles and events; three queries, whatever their number."""
    replied = {row.reply_to_message_id for row in rows if row.reply_to_message_id}
    quotes = (
        {
            row.message_id: row
            for row in Message.objects.filter(chat=chat, message_id__in=replied)
            .exclude(kind__in=["edit", "callback"])
            .order_by("-pk")
        }
        if replied
        else {}
    )
    sent = [row.pk for row in rows if row.direction == Message.Direction.OUT]
    attempts: dict[int | None, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(message__in=sent).order_by("number"):
        attempts.setdefault(attempt.message_id, []).append(attempt)
    reader = Reader(zone_of(chat), quotes, attempts, readable=readable)
    return [reader.read(row) for row in rows]


def _with_days(bubbles: Iterable[Bubble]) -> list[Day | Bubble]:
    entries: list[Day | Bubble] = []
    current: date | None = None
    for bubble in bubbles:
        if bubble.at.date() != current:
            current = bubble.at.date()
            entries.append(Day(current))
        entries.append(bubble)
    return entries


def printed(chat: Chat, rows: Sequence[Message], *, readable: bool) -> Page:
    """Return many rows as one page, read in parts (databases limit the length of a list)."""
    bubbles: list[Bubble] = []
    for start in range(0, len(rows), 500):
        bubbles += read(chat, rows[start : start + 500], readable=readable)
    return Page(_with_days(bubbles))
