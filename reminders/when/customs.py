"""What belongs to the morning ("wake me up at 6"), and what needs no other words ("timer 20 min")."""

import re
from dataclasses import replace
from functools import lru_cache

from reminders.when.fields import Clock
from reminders.when.request import Request
from reminders.when.table import Table

_HOURS = range(4, 12)  # "12" and "1" are left open


def take_customs(request: Request, text: str, table: Table) -> None:
    """Mark the open hours of what is done in the morning."""
    if not table.mornings or not _pattern(table.mornings).search(text):
        return
    if request.series is not None:
        request.series = replace(request.series, clocks=_marked(request.series.clocks))
    if request.moment is not None:
        request.moment = replace(request.moment, clocks=_marked(request.moment.clocks))
    request.either = tuple(
        replace(moment, clocks=_marked(moment.clocks)) for moment in request.either
    )


def named(text: str, table: Table) -> str:
    """Return the words that are the subject of "wake me up at 6", or nothing."""
    found = _pattern(table.alone).search(text) if table.alone else None
    return found[0] if found else ""


@lru_cache(maxsize=16)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _marked(clocks: tuple[Clock, ...]) -> tuple[Clock, ...]:
    return tuple(
        replace(clock, waking=True)
        if clock.open and not clock.part and clock.hour in _HOURS
        else clock
        for clock in clocks
    )
