"""Say when a reminder is due: expand its rules on the wall clock of its zone, in bounded time."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise, takewhile

from reminders.expansion import Occurrence, expand
from reminders.localise import localise, zone_named
from reminders.rules import LAST_YEAR, MAX_RULES, BadRule, Rule, read_rule

__all__ = [
    "BadRule",
    "Occurrence",
    "Schedule",
    "first_after",
    "missed_between",
    "occurrences",
    "upcoming",
    "validate",
]

SHORTEST_DISTANCE = timedelta(minutes=5)
MISSED_CAP = 1_000
_FIRST_YEAR = 1970
# What is looked at to find two occurrences that are too close: a day of every five minutes.
_SPACING_SAMPLE = 300
_SPACING_SPAN = timedelta(days=6 * 366)


@dataclass(frozen=True)
class Schedule:
    """What repeats: the union of ``rules``, or only ``start`` when there are none.

    COUNT belongs to the whole schedule: "every day at 9 and 18, 10 times" is ten reminders, so
    rules that are combined carry the same COUNT or none, and it counts their union.
    """

    rules: tuple[str, ...]
    """RRULE values without DTSTART."""
    start: datetime
    """The naive wall-clock moment from which on the rules hold (DTSTART)."""
    zone: str
    """IANA name."""

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None or not _FIRST_YEAR <= self.start.year <= LAST_YEAR:
            raise BadRule("start", start=str(self.start))


def first_after(schedule: Schedule, after: datetime) -> Occurrence | None:
    """Return the first occurrence strictly after an aware moment, or None when there is none."""
    return next(occurrences(schedule, after), None)


def upcoming(schedule: Schedule, after: datetime, n: int) -> list[Occurrence]:
    """Return the next ``n`` occurrences strictly after an aware moment, or all that are left."""
    return list(islice(occurrences(schedule, after), n))


def missed_between(schedule: Schedule, a: datetime, b: datetime) -> int:
    """Return how many occurrences lie in (a, b], at most MISSED_CAP."""
    missed = 0
    for occurrence in islice(occurrences(schedule, a), MISSED_CAP):
        if occurrence.due > b:
            break
        missed += 1
    return missed


def occurrences(schedule: Schedule, after: datetime) -> Iterator[Occurrence]:
    """Yield the occurrences strictly after an aware moment, ascending, each instant once."""
    zone = zone_named(schedule.zone)
    start, oddity = localise(schedule.start, zone)
    if after.tzinfo is None:
        raise ValueError("after must be aware")
    after = after.astimezone(UTC)
    if not schedule.rules:
        if start > after:
            yield Occurrence(start, start.astimezone(zone), oddity)
        return
    rules = [read_rule(text) for text in schedule.rules]
    limit = rules[0].count
    # A count is only known by counting from the first; without one, years can be jumped over.
    begin = start - timedelta(microseconds=1)
    begin = begin if limit else max(begin, after)
    merged = heapq.merge(*(expand(rule, schedule.start, zone, begin) for rule in rules))
    for occurrence in islice(_once_each(merged), limit):
        if occurrence.due > after:
            yield occurrence


def _once_each(ordered: Iterator[Occurrence]) -> Iterator[Occurrence]:
    previous = None
    for occurrence in ordered:
        if occurrence.due != previous:
            previous = occurrence.due
            yield occurrence


def validate(rules: tuple[str, ...], start: datetime | None = None) -> None:
    """Raise BadRule if the rules are unreadable, out of bounds, never match or come too often.

    ``start`` is the naive DTSTART; without it, rules that could match from some start pass.
    """
    if len(rules) > MAX_RULES:
        raise BadRule("too_many", limit=MAX_RULES)
    read = [read_rule(text) for text in rules]
    if len({rule.count for rule in read}) > 1:
        raise BadRule("mixed_count")
    begin = start or datetime(2024, 1, 1, 9)  # noqa: DTZ001 - a wall clock, in a leap year
    for rule in read:
        loose = rule if start else Rule(**{**vars(rule), "interval": 1})
        before = begin.replace(tzinfo=UTC) - timedelta(microseconds=1)
        if next(expand(loose, begin, zone_named("UTC"), before), None) is None:
            raise BadRule("never")
    _check_spacing(Schedule(rules, begin, "UTC"))


def _check_spacing(schedule: Schedule) -> None:
    before = schedule.start.replace(tzinfo=UTC) - timedelta(microseconds=1)
    last = before + _SPACING_SPAN
    near = takewhile(lambda found: found.due < last, occurrences(schedule, before))
    for one, other in pairwise(islice(near, _SPACING_SAMPLE)):
        _check_distance(one, other)
    # A rare rule may meet a frequent one only beyond the sample.
    for rule in schedule.rules if len(schedule.rules) > 1 else ():
        alone = first_after(Schedule((rule,), schedule.start, "UTC"), before)
        around = upcoming(schedule, alone.due - SHORTEST_DISTANCE, 3) if alone else []
        for one, other in pairwise(around):
            _check_distance(one, other)


def _check_distance(one: Occurrence, other: Occurrence) -> None:
    distance = other.due - one.due
    if distance < SHORTEST_DISTANCE:
        raise BadRule("too_frequent", seconds=int(distance.total_seconds()))
