"""Expand one rule on the clock it runs by: the wall clock of a zone, or elapsed time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from reminders.elapsed import walk_elapsed
from reminders.localise import CLAMPED, GAP, localise
from reminders.rules import ELAPSED, LAST_YEAR, Rule
from reminders.walk import walk

# A local date is never further than this from the same instant's UTC date, gaps included.
_SLACK = timedelta(days=2)


@dataclass(frozen=True, order=True)
class Occurrence:
    """One moment at which a reminder is due."""

    due: datetime
    """Aware, in UTC."""
    local: datetime
    """The same instant, aware, in the schedule's zone."""
    oddity: str = ""
    """"gap" (skipped by a clock change, moved forward), "overlap" (happens twice, the first is
    used), "clamped" (the month is shorter, its last day is used), or nothing."""


def expand(rule: Rule, start: datetime, zone: ZoneInfo, begin: datetime) -> Iterator[Occurrence]:
    """Yield the occurrences of one rule after ``begin`` (UTC), ascending, up to its UNTIL."""
    if begin.year > LAST_YEAR:
        return
    if rule.freq in ELAPSED:
        found = _on_the_clock(rule, start, zone, begin)
    else:
        found = _in_order(_on_the_wall(rule, start, zone, begin))
    for occurrence in found:
        if occurrence.due > begin:
            yield occurrence


def _on_the_clock(
    rule: Rule, start: datetime, zone: ZoneInfo, begin: datetime
) -> Iterator[Occurrence]:
    for due in walk_elapsed(rule, start, zone, begin):
        local = due.astimezone(zone)
        if _is_over(rule, local.replace(tzinfo=None), due):
            return
        yield Occurrence(due, local)


def _on_the_wall(
    rule: Rule, start: datetime, zone: ZoneInfo, begin: datetime
) -> Iterator[Occurrence]:
    wall_begin = begin.astimezone(zone).replace(tzinfo=None) - _SLACK
    for wall in walk(rule, start, wall_begin):
        # Only the start says which pass of a repeated hour it is.
        due, oddity = localise(start if wall == start else wall, zone)
        if _is_over(rule, wall, due):
            return
        if not oddity and rule.clamped_day and wall.day < rule.clamped_day:
            oddity = CLAMPED
        yield Occurrence(due, due.astimezone(zone), oddity)


def _is_over(rule: Rule, wall: datetime, due: datetime) -> bool:
    if rule.until is None:
        return False
    return (due.replace(tzinfo=None) if rule.until_is_utc else wall) > rule.until


def _in_order(found: Iterator[Occurrence]) -> Iterator[Occurrence]:
    """Sort by instant what is sorted by wall clock: only what moved out of a gap can overtake."""
    moved: list[Occurrence] = []
    for occurrence in found:
        if occurrence.oddity == GAP:
            moved.append(occurrence)
            continue
        while moved and moved[0].due <= occurrence.due:
            yield moved.pop(0)
        yield occurrence
    yield from moved
