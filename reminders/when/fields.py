"""The values that phrases carry between grammar and calendar: partial dates, clocks, durations."""

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

ANY_DAY, WEEKDAY, WEEKEND = 7, 8, 9  # "weekday" values beyond Monday=0 .. Sunday=6
WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND_DAYS = (5, 6)

_Fields = TypeVar("_Fields", "Date", "Repeat")


@dataclass(frozen=True, slots=True)
class Duration:
    """A calendar duration: months, days and seconds are kept apart, as their lengths differ."""

    months: int = 0
    days: int = 0
    seconds: int = 0
    workdays: int = 0

    def __add__(self, other: "Duration") -> "Duration":
        return Duration(
            self.months + other.months,
            self.days + other.days,
            self.seconds + other.seconds,
            self.workdays + other.workdays,
        )

    def __neg__(self) -> "Duration":
        return Duration(-self.months, -self.days, -self.seconds, -self.workdays)

    @property
    def approximate_seconds(self) -> int:
        """Length in seconds with months of 30 days, for comparisons."""
        return self.seconds + 86400 * (self.days + self.workdays + 30 * self.months)


_UNITS = {
    "second": Duration(seconds=1),
    "minute": Duration(seconds=60),
    "hour": Duration(seconds=3600),
    "day": Duration(days=1),
    "workday": Duration(workdays=1),
    "weekend": Duration(days=7),
    "week": Duration(days=7),
    "fortnight": Duration(days=14),
    "month": Duration(months=1),
    "quarter": Duration(months=3),
    "halfyear": Duration(months=6),
    "year": Duration(months=12),
    "decade": Duration(months=120),
    "century": Duration(months=1200),
}


def duration(count: float, unit: str) -> Duration:
    """Return `count` units; a fraction of a month or day is carried into days or seconds."""
    one = _UNITS[unit]
    months = count * one.months
    days = count * one.days + (months - int(months)) * 30
    seconds = count * one.seconds + (days - int(days)) * 86400
    return Duration(int(months), int(days), round(seconds), int(count * one.workdays))


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: its hour of 24 where `meridiem` (am, pm or 24, as it was written) is not empty.

    `part` is a part of day; `hour` is None when only that was named.
    """

    hour: int | None = None
    minute: int = 0
    second: int = 0
    meridiem: str = ""
    part: str = ""
    bare: bool = False  # written as an hour alone
    spoken: bool = False  # as nobody writes a 24-hour clock ("half past two")
    hours: bool = False  # written as a number of hours ("2h", "1h30")
    waking: bool = False  # of what is done in the morning: an open hour is before noon
    utc: int | None = None  # minutes east of UTC, where a zone was named

    @property
    def open(self) -> bool:
        """Whether the hour could be read as morning or as afternoon."""
        return self.hour is not None and not self.meridiem and 1 <= self.hour <= 12


@dataclass(frozen=True, slots=True)
class Date:
    """A partial date: whatever was said, to be resolved against today."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    offset: int | None = None  # days from today
    weekday: int | None = None
    nth: int | None = None  # n-th weekday of the month (or year), -1 the last
    weeks: int | None = None  # calendar weeks from this one
    months: int | None = None
    years: int | None = None
    which: str | None = None  # "this" or "next" before a weekday or a month
    shift: Duration | None = None  # added at the end
    easter: int | None = None  # days from Easter Sunday
    near: tuple[int, int] | None = None  # a weekday and the how-manieth after (-1: before) the day
    numeric: tuple[int, int] | None = None  # 3/4: the order is the reader's


@dataclass(frozen=True, slots=True)
class Repeat:
    """A partial recurrence, merged from its phrases."""

    unit: str | None = None  # second .. year
    every: int | None = None
    weekdays: tuple[int, ...] | None = None
    nths: tuple[int, ...] | None = None  # with weekdays: the n-th of the month
    monthdays: tuple[int, ...] | None = None
    month: int | None = None
    per: int | None = None  # so many times in each unit
    except_: tuple[int, ...] | None = None
    quarter: bool | None = None  # in quarters of the calendar year


def merge(one: _Fields, two: _Fields) -> _Fields | None:
    """Return both sets of fields as one, or None where they contradict each other."""
    changes: dict[str, Any] = {}
    for field in fields(one):
        mine, theirs = getattr(one, field.name), getattr(two, field.name)
        if theirs is None or mine == theirs:
            continue
        if mine is not None:
            return None
        changes[field.name] = theirs
    return replace(one, **changes)


@dataclass(frozen=True, slots=True)
class Moment:
    """A partial moment: a date, one or more clocks, an offset from now; any may be missing."""

    date: Date | None = None
    clocks: tuple[Clock, ...] = ()
    offset: Duration | None = None
    weak: bool = False  # needs another phrase or an otherwise empty text to count
    now: bool = False
    choice: bool = False  # one of its clocks is meant ("at 9 or 10"), not all ("at 9 and 10")


def merge_clock(one: Clock, two: Clock) -> Clock | None:
    """Return an hour and a part of day as one clock ("7" and "evening")."""
    if one.hour is None and two.hour is not None:
        one, two = two, one
    if two.hour is not None or (one.hour is None and one.part != two.part):
        return None
    if one.hour is not None and one.meridiem and two.hour is None:
        return one  # "midnight" says more than "tonight"
    if one.part and one.part != two.part:
        return None
    return replace(one, part=two.part)


def merge_moments(one: Moment, two: Moment) -> Moment | None:
    """Return two partial moments as one, or None where they contradict each other."""
    date = one.date or two.date
    if one.date and two.date:
        date = merge(one.date, two.date)
        if date is None:
            return None
    clocks = one.clocks or two.clocks
    if one.clocks and two.clocks:
        if len(one.clocks) > 1 or len(two.clocks) > 1:
            return None
        clock = merge_clock(one.clocks[0], two.clocks[0])
        if clock is None:
            return None
        clocks = (clock,)
    if one.offset and two.offset:
        return None
    offset = one.offset or two.offset
    if offset and (date or (offset.seconds and clocks)):
        return None
    weak, now, choice = one.weak and two.weak, one.now or two.now, one.choice or two.choice
    return Moment(date, clocks, offset, weak, now, choice)


@dataclass(frozen=True, slots=True)
class Series:
    """A recurrence as written: the repeat with the times and parts of day said inside it."""

    repeat: Repeat
    clocks: tuple[Clock, ...] = ()
    after_done: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit of a recurrence: from, until, a number of times or a length."""

    start: Moment | None = None
    end: Moment | None = None
    count: int | None = None
    length: Duration | None = None
    window: tuple[Clock, Clock] | None = None
