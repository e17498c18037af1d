"""Which half of the day an open hour is in, where what is to be done tells: waking up, a dinner."""

import re
from dataclasses import replace
from functools import lru_cache

from reminders.when.fields import Clock
from reminders.when.request import Request
from reminders.when.table import Table

_HOURS = range(4, 12)  # "lunch at 1" and "12" say nothing of the kind


def take_customs(request: Request, text: str, table: Table) -> None:
    """Mark the open hours of the request as likely in the morning, or in the evening."""
    likely = _likely(text, table)
    if not likely:
        return
    if request.series is not None:
        request.series = replace(request.series, clocks=_marked(request.series.clocks, likely))
    if request.moment is not None:
        request.moment = replace(request.moment, clocks=_marked(request.moment.clocks, likely))
    request.either = tuple(
        replace(moment, clocks=_marked(moment.clocks, likely)) for moment in request.either
    )


def _likely(text: str, table: Table) -> str:
    """Return am or pm; nothing where the words of both are there, or of neither."""
    morning, evening = (
        _pattern(words).search(text) if words else None
        for words in (table.mornings, table.evenings)
    )
    if bool(morning) == bool(evening):
        return ""
    return "am" if morning else "pm"


@lru_cache(maxsize=16)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _marked(clocks: tuple[Clock, ...], likely: str) -> tuple[Clock, ...]:
    return tuple(
        replace(clock, likely=likely)
        if clock.open and not clock.part and clock.hour in _HOURS
        else clock
        for clock in clocks
    )
