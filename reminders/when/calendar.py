"""Calendar truth: partial dates and clocks to naive wall-clock moments, and those to instants."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reminders.when.fields import ANY_DAY, WEEKDAY, WEEKEND, Clock, Date, Duration

PART_HOURS = {
    "dawn": 5, "morning": 9, "noon": 12, "afternoon": 12, "evening": 19, "tonight": 20,
    "night": 22, "midnight": 0, "lunch": 12, "breakfast": 8, "dinner": 19, "eod": 17,
}  # fmt: skip
PART_ENDS = {
    "dawn": 8, "morning": 12, "noon": 14, "afternoon": 18, "evening": 23, "tonight": 24, "night": 24,
    "lunch": 14, "breakfast": 10, "dinner": 22, "eod": 24,
}  # fmt: skip
_MORNING_PARTS = ("morning", "dawn", "breakfast")
_LATE_PARTS = ("night", "tonight")
DEFAULT_HOUR = 9
_CENTURIES = 300 * 366 * 86400


class NoSuchDateError(ValueError):
    """The calendar has no such day."""


class TooFarError(NoSuchDateError):
    """The day is beyond the years a calendar has."""


@dataclass(frozen=True, slots=True)
class Today:
    """Now in the sender's zone, and how the sender writes numeric dates."""

    now: datetime  # naive wall clock
    zone: ZoneInfo
    day_first: bool

    @property
    def day(self) -> date:
        return self.now.date()


def aware(naive: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall-clock time: shifted forward in a gap, the first in an overlap."""
    return naive.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def add(naive: datetime, length: Duration, zone: ZoneInfo) -> datetime:
    """Return a wall-clock time plus a duration: days on the calendar, seconds on the clock."""
    if abs(length.approximate_seconds) > _CENTURIES:
        raise TooFarError
    months = naive.year * 12 + naive.month - 1 + length.months
    year, month = divmod(months, 12)
    if not 1 <= year <= 9998:
        raise NoSuchDateError
    day = min(naive.day, calendar.monthrange(year, month + 1)[1])
    try:
        moved = naive.replace(year=year, month=month + 1, day=day) + timedelta(days=length.days)
        moved = _add_workdays(moved, length.workdays)
        if length.seconds:
            instant = moved.replace(tzinfo=zone).astimezone(UTC) + timedelta(seconds=length.seconds)
            moved = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    except OverflowError as error:
        raise NoSuchDateError from error
    return moved


def _add_workdays(moment: datetime, count: int) -> datetime:
    weeks, rest = divmod(abs(count), 5)
    step = timedelta(days=1 if count > 0 else -1)
    moment += step * 7 * weeks
    while rest:
        moment += step
        rest -= moment.weekday() < 5
    return moment


def hour_of(clock: Clock) -> tuple[int, int]:
    """Return the days to add and the hour of a clock, its part of day taken into account."""
    part, hour = clock.part, clock.hour
    if hour is None:
        return (1, 0) if part == "midnight" else (0, PART_HOURS.get(part, DEFAULT_HOUR))
    if clock.meridiem or not part:
        return (1 if part == "midnight" else 0), hour
    if part in _MORNING_PARTS:
        return 0, hour % 24 if hour < 12 else (0 if hour == 12 and part == "dawn" else hour)
    if part in _LATE_PARTS and (hour == 12 or hour < 5):
        return 1, hour % 12
    if hour >= 12 or (part in ("noon", "lunch") and hour > 9):
        return 0, hour
    return 0, hour + 12


def at(day: date, clock: Clock) -> datetime:
    """Return the wall-clock time of a clock on a day."""
    days, hour = hour_of(clock)
    return datetime.combine(day + timedelta(days=days), time(hour, clock.minute, clock.second))


def _month_shift(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def _make(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise NoSuchDateError from error


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """Return the n-th (or, for -1, the last) such day of a month, None where it has none."""
    days = [date(year, month, d) for d in range(1, calendar.monthrange(year, month)[1] + 1)]
    wanted = {ANY_DAY: range(7), WEEKDAY: range(5), WEEKEND: (5, 6)}.get(weekday, (weekday,))
    days = [d for d in days if d.weekday() in wanted]
    index = nth - 1 if nth > 0 else nth
    return days[index] if -len(days) <= index < len(days) else None


def easter(year: int) -> date:
    """Return Easter Sunday (Gregorian, anonymous algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


class Resolver:
    """Finds the day of a partial date, seen from today."""

    def __init__(self, today: Today, passed: bool) -> None:
        self.today = today.day
        self._zone = today.zone
        self._day_first = today.day_first
        self._first = today.day + timedelta(days=1) if passed else today.day

    def resolve(self, wanted: Date) -> date:
        """Return the day; NoSuchDateError where the calendar has none."""
        wanted = self._ordered(wanted)
        if wanted.shift is None:
            return self._base(wanted)
        base = datetime.combine(self._base(wanted), time(12))
        return add(base, wanted.shift, self._zone).date()

    def _ordered(self, wanted: Date) -> Date:
        if wanted.numeric is None:
            return wanted
        one, two = wanted.numeric
        day, month = (one, two) if self._day_first else (two, one)
        if month > 12 >= day:
            day, month = month, day
        return replace(wanted, numeric=None, day=day, month=month)

    def _base(self, wanted: Date) -> date:
        if wanted.offset is not None:
            return self._offset(wanted.offset)
        if wanted.easter is not None:
            return self._next_of(lambda y: easter(y) + timedelta(days=wanted.easter or 0), wanted)
        if wanted.nth is not None and wanted.weekday is not None:
            return self._nth(wanted, wanted.nth, wanted.weekday)
        if wanted.day is not None:
            return self._day(wanted, wanted.day)
        if wanted.weekday is not None:
            return self._weekday(wanted, wanted.weekday)
        return self._period(wanted)

    def _offset(self, days: int) -> date:
        try:
            return self.today + timedelta(days=days)
        except OverflowError as error:
            raise NoSuchDateError from error

    def _next_of(self, of_year: Callable[[int], date], wanted: Date) -> date:
        year = wanted.year
        if wanted.years is not None:
            year = self.today.year + wanted.years
        if year is not None:
            return of_year(year)
        day = of_year(self.today.year)
        return day if day >= self._first else of_year(self.today.year + 1)

    def _nth(self, wanted: Date, nth: int, weekday: int) -> date:
        if wanted.month is not None:
            month = wanted.month
            return self._next_of(lambda year: _known(nth_weekday(year, month, nth, weekday)), wanted)
        if wanted.months is not None:
            year, month = _month_shift(self.today, wanted.months)
            return _known(nth_weekday(year, month, nth, weekday))
        for months in range(13):
            found = nth_weekday(*_month_shift(self.today, months), nth, weekday)
            if found and found >= self._first:
                return found
        raise NoSuchDateError

    def _day(self, wanted: Date, day: int) -> date:
        if wanted.month is not None:
            return self._month_day(wanted, wanted.month, day)
        if wanted.months is not None:
            return _make(*_month_shift(self.today, wanted.months), day)
        for months in range(60):
            year, month = _month_shift(self.today, months)
            if day > calendar.monthrange(year, month)[1]:
                continue
            found = date(year, month, day)
            if found >= self._first and wanted.weekday in (None, found.weekday()):
                return found
        raise NoSuchDateError

    def _month_day(self, wanted: Date, month: int, day: int) -> date:
        year = wanted.year
        if wanted.years is not None:
            year = self.today.year + wanted.years
        if year is not None:
            return _make(year, month, day)
        _make(2024, month, day)  # a leap year: refuses 31 February in any year
        for year in range(self.today.year, self.today.year + 9):
            if day <= calendar.monthrange(year, month)[1]:
                found = date(year, month, day)
                if found >= self._first:
                    return found
        raise NoSuchDateError

    def _weekday(self, wanted: Date, weekday: int) -> date:
        if weekday in (WEEKDAY, WEEKEND):
            weekday = 5 if weekday == WEEKEND else self._next_workday()
        if wanted.weeks is not None:
            monday = self.today - timedelta(days=self.today.weekday())
            return self._offset((monday - self.today).days + 7 * wanted.weeks + weekday)
        if wanted.months is not None or wanted.month is not None:
            return self._nth(wanted, 1, weekday)
        start = self.today + timedelta(days=1) if wanted.which == "next" else self._first
        return start + timedelta(days=(weekday - start.weekday()) % 7)

    def _next_workday(self) -> int:
        return self._first.weekday() if self._first.weekday() < 5 else 0

    def _period(self, wanted: Date) -> date:
        if wanted.weeks is not None:
            if wanted.weeks == 0:
                return self._first
            return self._offset(7 * wanted.weeks - self.today.weekday())
        if wanted.month is not None:
            return self._month(wanted, wanted.month)
        if wanted.months is not None:
            return self._first if wanted.months == 0 else _make(*_month_shift(self.today, wanted.months), 1)
        year = wanted.year
        if wanted.years is not None:
            year = self.today.year + wanted.years
        if year is None:
            raise NoSuchDateError
        return self._first if year == self.today.year else _make(year, 1, 1)

    def _month(self, wanted: Date, month: int) -> date:
        year = wanted.year
        if wanted.years is not None:
            year = self.today.year + wanted.years
        if year is None:
            year = self.today.year + (month < self.today.month)
            if month == self.today.month:
                if wanted.which != "next":
                    return self._first
                year += 1
        return _make(year, month, 1)


def _known(day: date | None) -> date:
    if day is None:
        raise NoSuchDateError
    return day
