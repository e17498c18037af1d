"""The result types of understanding, so that chat, admin and tests share one vocabulary."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Details = tuple[tuple[str, object], ...]


class Kind(StrEnum):
    """What a message turned out to be."""

    INSTANT = "instant"
    RECURRENCE = "recurrence"
    NONE = "none"
    AMBIGUOUS = "ambiguous"
    PAST = "past"
    REFUSED = "refused"


@dataclass(frozen=True)
class Span:
    """A piece of the original text (offsets in code points) and the role it was read in."""

    start: int
    end: int
    role: str


@dataclass(frozen=True)
class Nag:
    """Repeat until answered: every so many seconds, at most so many times (None: no own limit)."""

    every: int
    times: int | None = None


@dataclass(frozen=True)
class Reading:
    """One possible meaning: the (first) moment and the rules if it repeats."""

    due: datetime
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meaning:
    """What was read in a message; `due` is aware and in the sender's zone.

    `rules` are RRULE values without DTSTART, in wall-clock time (UNTIL is local, without Z); their
    union, starting at `due`, is the recurrence. `readings` are the choices when AMBIGUOUS, and
    what was read when REFUSED. `alerts` are seconds before each occurrence.
    """

    kind: Kind
    subject: str
    due: datetime | None = None
    rules: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    needs_zone: bool = False
    bare_hour: bool = False
    time_given: bool = True
    clamped: bool = False
    after_done: tuple[int, str] | None = None
    nag: Nag | None = None
    until_done: bool = False
    alerts: tuple[int, ...] = ()
    urgent: bool = False
    problem: str = ""
    details: Details = ()
    spans: tuple[Span, ...] = ()
