"""What people leave unsaid: "1h" is from now, waking up is in the morning, a timer needs no other words."""

import re
from dataclasses import replace
from functools import lru_cache

from reminders.when.fields import Clock, Moment, duration
from reminders.when.request import Request
from reminders.when.table import Table

_HOURS = range(2, 12)  # "12" and "1" are left open
_LONGEST = 6  # "7h" is rather a time of day


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


def take_hours(request: Request) -> None:
    """Take "1h tea" as in an hour: at one o'clock at night few want to be reminded of anything."""
    moment = request.moment
    if moment is None or request.series or request.either or len(moment.clocks) != 1:
        return
    clock = moment.clocks[0]
    said = [item.text for item, role in request.used if role == "time"]
    alone = moment == Moment(clocks=(clock,)) and len(said) == 1 and said[0][:1].isdigit()
    if (
        alone
        and clock.hours
        and not clock.part
        and (clock.hour or 24) <= _LONGEST
        and not clock.waking
    ):
        length = duration(clock.hour or 0, "hour") + duration(clock.minute, "minute")
        request.moment = Moment(offset=length)


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
