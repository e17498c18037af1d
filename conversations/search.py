"""One search for a lost answer: what it has noted so far, and whether what it found is the message."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils import timezone

from bots.database import in_database
from bots.probing import Look, look
from bots.telegram import Line
from conversations import ledger, logchat
from conversations.models import Attempt
from conversations.parcels import words_of


class Finding(StrEnum):
    """What the search found out."""

    DELIVERED = "delivered"
    NOT_DELIVERED = "not delivered"
    NEVER_LEFT = "never left"
    UNKNOWN = "unknown"
    LATER = "later"


@dataclass(frozen=True)
class Found:
    """A finding, with the message id where it is delivered, or the seconds to wait where it is later."""

    finding: Finding
    message_id: int = 0
    seconds: float = 0.0


def later(seconds: float) -> Found:
    """Return that it is to be looked at again in so many seconds."""
    return Found(Finding.LATER, seconds=max(0.2, seconds))


UNKNOWN = Found(Finding.UNKNOWN)


@dataclass
class Search:
    """One look for one attempt whose answer was lost; the attempt's steps carry it to the next look."""

    attempt: Attempt
    line: Line
    own: list[int] = field(default_factory=list)

    @property
    def age(self) -> float:
        """Seconds since the request left."""
        return (timezone.now() - self.attempt.began_at).total_seconds()

    @property
    def is_settled(self) -> bool:
        """Whether a send that has not landed will not land any more."""
        return self.age >= ledger.SETTLE.total_seconds()

    @property
    def probes(self) -> int:
        """How many ids were asked about so far."""
        return sum(step["step"] in {"control", "candidate"} for step in self.attempt.steps)

    def has_noted(self, step: str) -> bool:
        """Whether a step was written down."""
        return any(one["step"] == step for one in self.attempt.steps)

    async def note(self, step: str, answer: object, message_id: int = 0) -> None:
        """Write one step down."""
        await in_database(self.attempt.note_step, step, answer, message_id)

    async def probe(self, step: str, message_id: int) -> Look:
        """Ask about one id and write the answer down."""
        seen = await look(self.line, self.attempt.chat_id, message_id)
        await self.note(step, seen.sight, message_id)
        return seen


async def identify(search: Search) -> Found | None:
    """Make sure which of the own ids it is; None when none of them is, and the search goes on."""
    lone = len(search.own) == 1 and await in_database(ledger.rivals, search.attempt) == 0
    wanted = {text.strip() for text in texts_of(search.attempt)}
    hidden = not logchat.is_set()
    for number in search.own if logchat.is_set() else []:
        shown = await logchat.words(search.line, search.attempt.chat_id, number)
        await search.note("compared", _compared(shown, wanted), number)
        if shown is None:
            hidden = True
        elif shown.strip() in wanted:
            return Found(Finding.DELIVERED, number)
    if not hidden:
        return None
    if lone:
        return Found(Finding.DELIVERED, search.own[0])
    await search.note("result", "several of our messages could be it")
    return UNKNOWN


def _compared(shown: str | None, wanted: set[str]) -> str:
    if shown is None:
        return "cannot be shown"
    return "the same words" if shown.strip() in wanted else "other words"


def texts_of(attempt: Attempt) -> list[str]:
    """Return the words it left with: with or without the mark of a repeat."""
    return [attempt.message.text, words_of(attempt.message).text]
