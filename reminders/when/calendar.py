"""Calendar truth: durations, default hours, and wall-clock times as instants."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reminders.when.fields import Clock, Duration

PART_HOURS = {
    "dawn": 5, "morning": 9, "noon": 12, "afternoon": 12, "evening": 19, "tonight": 20,
    "night": 22, "midnight": 0, "lunch": 12, "breakfast": 8, "dinner": 19, "eod": 17,
}  # fmt: skip
PART_ENDS = {
    "dawn": 8, "morning": 12, "noon": 14, "afternoon": 18, "evening": 23, "tonight": 24,
    "night": 24, "lunch": 14,
    "breakfast": 10, "dinner": 22, "eod": 24,
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

    now: datetime  # naive wall clock; its fold tells the second pass of an hour
    zone: ZoneInfo
    day_first: bool

    @property
    def day(self) -> date:
        return self.now.date()


def aware(naive: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall-clock time, moved forward in a gap; `fold` tells passes."""
    return naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def is_ahead(naive: datetime, today: Today) -> bool:
    """Whether a wall-clock time is still to come, the passes of a repeated hour told apart."""
    return aware(naive, today.zone).astimezone(UTC) > aware(today.now, today.zone).astimezone(UTC)


def coming(naive: datetime, today: Today) -> datetime:
    """Return a wall-clock time in the pass that is ahead: the second if only that one is."""
    again = naive.replace(fold=1)
    return again if not is_ahead(naive, today) and is_ahead(again, today) else naive


def ahead(naive: datetime, today: Today) -> datetime:
    """Return the instant of a wall-clock time, in an hour's second pass if the first is over."""
    if naive > today.now and not is_ahead(naive, today):
        naive = naive.replace(fold=1)
    return aware(naive, today.zone)


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
        moved = naive
        if length.months or length.days:
            moved = naive.replace(year=year, month=month + 1, day=day) + timedelta(days=length.days)
        if length.workdays:  # adding even nothing would forget which pass of an hour it is
            moved = _add_workdays(moved, length.workdays)
        if length.seconds:
            instant = moved.replace(tzinfo=zone).astimezone(UTC) + timedelta(seconds=length.seconds)
            moved = instant.astimezone(zone).replace(tzinfo=None)
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
