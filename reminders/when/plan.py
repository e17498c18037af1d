"""A recurrence from its phrases: the repeat, its times of day, start, end and count."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from reminders.rules import month_length
from reminders.when.calendar import Today, add, at, coming, is_ahead
from reminders.when.days import Resolver
from reminders.when.fields import (
    ANY_DAY,
    WEEKDAY,
    WEEKEND,
    Bound,
    Clock,
    Date,
    Duration,
    Moment,
    Repeat,
    Series,
)
from reminders.when.instant import as_now

SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_SETS = {ANY_DAY: tuple(range(7)), WEEKDAY: tuple(range(5)), WEEKEND: (5, 6)}


@dataclass(slots=True)
class Plan:
    """A recurrence on its way to rules."""

    repeat: Repeat
    clocks: tuple[Clock, ...] = ()
    start: date | None = None
    start_clock: Clock | None = None
    until: datetime | None = None
    length: Duration | None = None  # how long it goes on, from its first occurrence
    count: int | None = None
    window: tuple[Clock, Clock] | None = None
    clamped: bool = False
    time_given: bool = True


def plan(series: Series, moment: Moment | None, bounds: list[Bound], today: Today) -> Plan:
    """Return the plan that a series, the moment beside it and its bounds make."""
    made = Plan(series.repeat, series.clocks)
    if moment is not None:
        made.clocks = _join_clocks(made.clocks, tuple(as_now(c, today) for c in moment.clocks))
        _take_date(made, moment, today)
    for bound in bounds:
        _take_bound(made, bound, today)
    made.time_given = bool(made.clocks or made.window) or made.repeat.unit in SECONDS
    return made


def _join_clocks(own: tuple[Clock, ...], said: tuple[Clock, ...]) -> tuple[Clock, ...]:
    if own and said and own[0].hour is None:
        return tuple(replace(c, part=c.part or own[0].part) for c in said)
    if own and said and said[0].hour is None:
        return tuple(replace(c, part=c.part or said[0].part) for c in own)
    return said or own


def _take_date(made: Plan, moment: Moment, today: Today) -> None:
    """Let a date beside the repeat say its day ("every month on the 4th") or its start."""
    when, repeat = moment.date, made.repeat
    if moment.offset is not None:
        due = add(today.now, moment.offset, today.zone)
        made.start = due.date()
        made.clocks = made.clocks or (Clock(due.hour, due.minute, due.second, "24"),)
        return
    if when is None:
        return
    dated = when.numeric or (when.month and when.day and when.year is None)
    if dated and repeat.unit == "year":
        day = Resolver(today, passed=False).resolve(when)
        made.repeat = replace(repeat, month=day.month, monthdays=(day.day,))
        return
    named = _named_days(when, repeat)
    if named is not None:
        made.repeat = named
        return
    made.start = Resolver(today, passed=False).resolve(when)
    _take_span(made, when, today)


def _take_span(made: Plan, when: Date, today: Today) -> None:
    """Let "every hour today", "every day this week" and "saturdays in december" end with it."""
    unit, day, last = made.repeat.unit, made.start or today.day, None
    if when == Date(offset=when.offset) and unit in SECONDS:
        last = day
    elif when == Date(weeks=when.weeks) and unit in (*SECONDS, "day", "week"):
        monday = today.day - timedelta(days=today.day.weekday() - 7 * (when.weeks or 0))
        made.start, last = max(today.day, monday), monday + timedelta(days=6)
    elif when in (Date(months=when.months), Date(month=when.month)) and unit not in (
        "month",
        "year",
    ):
        if when.months == 0:
            made.start = day = today.day
        last = day.replace(day=month_length(day.year, day.month))
    if last is not None:
        made.until = datetime.combine(last, time(23, 59, 59))


def _named_days(when: Date, repeat: Repeat) -> Repeat | None:
    unit = repeat.unit
    if when.nth is not None and when.weekday is not None and unit in ("month", "year"):
        if when.weekday == ANY_DAY and unit == "month":
            return replace(repeat, monthdays=(when.nth,))
        days = _SETS.get(when.weekday, (when.weekday,))
        return replace(repeat, weekdays=days, nths=(when.nth,), month=when.month)
    if when.weekday is not None and when.which is None and unit in ("week", "day"):
        days = _SETS.get(when.weekday, (when.weekday,))
        return replace(repeat, unit="week", weekdays=days)
    if when.day is not None and when.month is None and unit == "month":
        return replace(repeat, monthdays=(when.day,))
    return None


def _take_bound(made: Plan, bound: Bound, today: Today) -> None:
    made.count = bound.count or made.count
    made.window = bound.window or made.window
    if bound.start is not None:
        _take_start(made, bound.start, today)
    made.length = bound.length or made.length
    origin = datetime.combine(made.start, time()) if made.start else today.now
    if bound.end is not None:
        made.until = _end_of(bound.end, replace(today, now=origin), made)


def _take_start(made: Plan, start: Moment, today: Today) -> None:
    if start.offset is not None:
        due = add(today.now, start.offset, today.zone)
        made.start = due.date()
        made.start_clock = Clock(due.hour, due.minute, due.second, "24")
    elif start.date is not None:
        made.start = Resolver(today, passed=False).resolve(start.date)
    if start.clocks:
        made.start_clock = start.clocks[0]
        if made.repeat.unit not in SECONDS and not made.clocks:
            made.clocks = start.clocks


def _end_of(end: Moment, today: Today, made: Plan) -> datetime:
    if end.offset is not None:
        return add(today.now, end.offset, today.zone)
    if end.date is None and not end.clocks:
        return today.now
    if end.date is None:
        clock = end.clocks[0]
        due = coming(at(today.day, clock), today)
        return due if is_ahead(due, today) else due + timedelta(days=1)
    day = Resolver(today, passed=False).resolve(end.date)
    return at(day, end.clocks[0]) if end.clocks else datetime.combine(day, time(23, 59, 59))
