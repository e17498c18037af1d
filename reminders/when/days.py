"""The day of a partial date, seen from today: "next friday", "the 31st", "easter"."""

import calendar
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from reminders.when.calendar import NoSuchDateError, Today, add
from reminders.when.fields import ANY_DAY, WEEKDAY, WEEKEND, Date


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

    def __init__(self, today: Today, *, passed: bool) -> None:
        self.today = today.day
        self._zone = today.zone
        self._day_first = today.day_first
        self._first = today.day + timedelta(days=1) if passed else today.day

    def resolve(self, wanted: Date) -> date:
        """Return the day; NoSuchDateError where the calendar has none."""
        wanted = self._ordered(wanted)
        day = self._base(wanted)
        if wanted.shift is not None:
            day = add(datetime.combine(day, time(12)), wanted.shift, self._zone).date()
        return day if wanted.near is None else self._near(day, *wanted.near)

    def _near(self, day: date, weekday: int, nth: int) -> date:
        """Return the n-th such weekday after a day, or before it for negative n."""
        if nth > 0:
            return self._from(day, (weekday - day.weekday() - 1) % 7 + 1 + 7 * (nth - 1))
        return self._from(day, -((day.weekday() - weekday - 1) % 7 + 1) + 7 * (nth + 1))

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
        return self._from(self.today, days)

    @staticmethod
    def _from(day: date, days: int) -> date:
        try:
            return day + timedelta(days=days)
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
            return self._next_of(
                lambda year: _known(nth_weekday(year, month, nth, weekday)), wanted
            )
        if wanted.months is not None:
            year, month = _month_shift(self.today, wanted.months)
            return _known(nth_weekday(year, month, nth, weekday))
        for months in range(13):
            found = nth_weekday(*_month_shift(self.today, months), nth, weekday)
            if found and found >= self._first:
                return found
        raise NoSuchDateError

    def _day(self, wanted: Date, day: int) -> date:
        if not 1 <= day <= 31:
            raise NoSuchDateError
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
            return (
                self._first
                if wanted.months == 0
                else _make(*_month_shift(self.today, wanted.months), 1)
            )
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
