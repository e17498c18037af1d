"""Recurrences side by side: "mondays at 9 and thursdays at 17"."""

from dataclasses import replace

from reminders.when.fields import Clock, Date, Moment, Repeat, Series
from reminders.when.lexicon import Item

JOINING = {"COMMA", "DASH", "AT", "ON", "THE", "OF", "FOR", "IN", "DOT", "AND", "MARK"}


def united(items: list[Item]) -> tuple[list[Series], list[Item]]:
    """Return recurrences that stand side by side, and the items they were read from.

    Each needs weekdays and times of its own, and nothing but joining words between.
    """
    found: list[Series] = []
    used: list[Item] = []
    place = 0
    while place < len(items):
        days, after = _weekdays_at(items, place, first=not found)
        if days is not None:
            found.append(days)
            used.extend(items[place:after])
            place = after
        elif found and not items[place].values.keys() & JOINING:
            break
        else:
            used.extend(items[place : place + bool(found)])
            place += 1
    return (_same_times(found), used) if len(found) > 1 else ([], [])


def _weekdays_at(items: list[Item], place: int, *, first: bool) -> tuple[Series | None, int]:
    """Return the weekly recurrence with its times that begins at `place`, and where it ends."""
    series: Series | None = items[place].values.get("REPEAT")
    if series is None and not first:
        series = _as_series(items[place].values.get("MOMENT"))
    if series is None or series.after_done or not _only_weekdays(series.repeat):
        return None, place
    clocks = series.clocks
    after = place + 1
    beside = items[after].values.get("MOMENT") if after < len(items) else None
    if isinstance(beside, Moment) and not clocks and beside == Moment(clocks=beside.clocks):
        clocks, after = beside.clocks, after + 1
    return (replace(series, clocks=clocks), after) if clocks else (None, place)


def _as_series(moment: Moment | None) -> Series | None:
    """Return the "thursday at 17" that follows "mondays at 9" as a recurrence."""
    day = moment.date.weekday if moment and moment.date else None
    if moment is None or day is None or day > 6 or moment.date != Date(weekday=day):
        return None
    return Series(Repeat(unit="week", weekdays=(day,)), moment.clocks)


def _only_weekdays(repeat: Repeat) -> bool:
    return bool(repeat.weekdays) and repeat == Repeat(unit="week", weekdays=repeat.weekdays)


def _same_times(pairs: list[Series]) -> list[Series]:
    """Return the recurrences, those at the same times as one."""
    joined: dict[tuple[Clock, ...], tuple[int, ...]] = {}
    for series in pairs:
        days = series.repeat.weekdays or ()
        joined[series.clocks] = tuple(sorted({*joined.get(series.clocks, ()), *days}))
    return [Series(Repeat(unit="week", weekdays=days), clocks) for clocks, days in joined.items()]
