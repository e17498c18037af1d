"""Read when operators mean, in the words, zone and habits of each chat: the parser the chat has too."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.models import Chat
from reminders.when.meaning import Kind, Meaning
from reminders.when.parse import parse_when


@dataclass(frozen=True)
class ReadTime:
    """What the words mean for one chat: a moment (UTC), or why there is none."""

    due: datetime | None = None
    problem: str = ""


class WordReader:
    """Reads the same words for many chats; those with the same zone and habits share a reading."""

    def __init__(self, words: str) -> None:
        self._words = words.strip()
        self._now = timezone.now()
        self._read: dict[tuple[object, ...], ReadTime] = {}

    def time_for(
        self, chat: Chat, zone: str = "", counted_from: datetime | None = None
    ) -> ReadTime:
        """Return what the words mean there; `counted_from` (aware) instead of now where given."""
        begin = max(counted_from or self._now, self._now)
        key = (zone or chat.timezone, chat.language, chat.clock, chat.day_first, begin)
        if key not in self._read:
            self._read[key] = self._time(chat, zone or chat.timezone or "UTC", begin)
        return self._read[key]

    def _time(self, chat: Chat, zone: str, begin: datetime) -> ReadTime:
        locale = chat.language or "en"
        meaning = self._meaning(chat, zone, begin, locale)
        if meaning.kind is Kind.NONE and locale != "en":
            meaning = self._meaning(chat, zone, begin, "en")
        if meaning.kind is Kind.INSTANT and meaning.due and meaning.due > self._now:
            return ReadTime(meaning.due.astimezone(UTC))
        return ReadTime(problem=_problem(meaning))

    def _meaning(self, chat: Chat, zone: str, begin: datetime, locale: str) -> Meaning:
        return parse_when(
            self._words, now=begin, tz=zone, locale=locale,
            clock=chat.clock or 24, day_first=chat.day_first,
        )  # fmt: skip


def _problem(meaning: Meaning) -> str:
    match meaning.kind:
        case Kind.PAST | Kind.INSTANT:
            return _("That time has passed there already.")
        case Kind.RECURRENCE:
            return _("One time is needed here, not a rule.")
        case Kind.AMBIGUOUS:
            return _(
                "This can mean two times. Write it with the day and the hour, e.g. “7 Oct 09:00”."
            )
    return _("This is not a time I can read. Try “+1h”, “tomorrow 9” or “7 Oct 14:30”.")
