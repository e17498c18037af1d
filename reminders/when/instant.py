"""One moment from a partial one: default hours, next occurrence, readings of an open hour."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, product

from reminders.when.calendar import (
    PART_ENDS,
    Today,
    add,
    at,
    hour_of,
    is_ahead,
)
from reminders.when.days import Resolver
from reminders.when.fields import Clock, Date, Duration, Moment, duration

WAKING = range(7, 23)  # hours in which people mean to be reminded
_CURRENT = (Date(offset=0), Date(weeks=0), Date(months=0), Date(years=0))
_EARLIEST = 6  # the first hour of which "half past" may be in the morning
_AWAKE = range(7, 24)  # those of a list ("7 and 11pm")
_NAP = timedelta(hours=4)
_MOST_IN_ORDER = 8  # of more times of day not every way is tried
_DEFAULT = Clock(9, meridiem="24")


@dataclass(frozen=True, slots=True)
class Instant:
    """What a moment may mean: one or more naive local times, and how they were come by."""

    times: tuple[datetime, ...]
    past: bool = False
    time_given: bool = True
    bare: bool = False
    absolute: bool = True


def clock_choices(clock: Clock, mode: int | None) -> tuple[Clock, ...]:
    """Return the clocks an open hour can be: itself on a 24 h profile, else morning and evening."""
    if not clock.open or clock.part:
        return (clock,)
    if clock.spoken and mode == 24 and (clock.hour or 0) < _EARLIEST and not clock.waking:
        return (replace(clock, hour=(clock.hour or 0) + 12, meridiem="24"),)
    if mode == 24 or clock.waking:
        return (replace(clock, meridiem="24"),)
    hour = clock.hour or 0
    return tuple(replace(clock, hour=h, meridiem="24") for h in (hour % 12, hour % 12 + 12))


def in_order(clocks: tuple[Clock, ...], mode: int | None) -> tuple[Clock, ...]:
    """Return times of day said together, their open hours such that each comes after the one before.

    "9 and 5" are 9:00 and 17:00, "3 and 5pm" 15:00 and 17:00, "8 and 8" morning and evening. Where
    that leaves no way or several, open hours are as written beside a sure one, and else left open.
    """
    if len(clocks) < 2 or mode == 24 or any(clock.hour is None for clock in clocks):
        return clocks
    sure = [clock for clock in clocks if clock.meridiem or clock.part]
    in_24 = any(clock.meridiem == "24" and (clock.hour or 0) > 12 for clock in sure)
    if not in_24 and len(clocks) <= _MOST_IN_ORDER:
        choices = [clock_choices(clock, None) for clock in clocks]
        ways = [way for way in product(*choices) if _ascends(way)]
        awake = [way for way in ways if all(hour_of(clock)[1] in _AWAKE for clock in way)]
        if len(awake) == 1 or (len(ways) == 1 and not awake):
            return (awake or ways)[0]
    return tuple(clock_choices(clock, 24)[0] for clock in clocks) if sure else clocks


def _ascends(clocks: tuple[Clock, ...]) -> bool:
    return all(at(date.min, one) < at(date.min, two) for one, two in pairwise(clocks))


def as_now(clock: Clock, today: Today) -> Clock:
    """Return the clock, "this time" being the time it is."""
    if clock.part != "same":
        return clock
    return Clock(today.now.hour, today.now.minute, meridiem="24")


_WHOLE_PERIODS = (("weeks", "week"), ("months", "month"), ("years", "year"))


def _same_day(moment: Moment) -> Moment:
    """Return "this time next week" as this time a week from today."""
    if not moment.clocks or moment.clocks[0].part != "same" or moment.date is None:
        return moment
    for field, unit in _WHOLE_PERIODS:
        count = getattr(moment.date, field)
        if count and moment.date == Date(**{field: count}):
            return replace(moment, date=Date(offset=0, shift=duration(count, unit)))
    return moment


def resolve(moment: Moment, today: Today, mode: int | None) -> Instant:
    """Return the instants that `moment` can mean, seen from today."""
    moment = _same_day(moment)
    if moment.offset is not None:
        return _from_now(moment, moment.offset, today)
    if not moment.clocks and moment.date is None:
        return Instant((today.now,), absolute=False)
    clock = as_now(moment.clocks[0], today) if moment.clocks else None
    if clock is not None and clock.utc is not None:
        return _in_zone(moment, clock, today)
    if clock is None or clock.hour is None:
        return _by_part(
            moment.date or Date(offset=0), clock, today, anchored=moment.date is not None
        )
    return _by_clock(moment, clock, today, mode)


def _from_now(moment: Moment, offset: Duration, today: Today) -> Instant:
    due = add(today.now, offset, today.zone)
    if moment.clocks:
        due = at(due.date(), as_now(moment.clocks[0], today))
    past = not is_ahead(due, today)
    return Instant((due,), past=past, time_given=bool(moment.clocks or offset.seconds),
                   absolute=bool(moment.clocks))  # fmt: skip


def _in_zone(moment: Moment, clock: Clock, today: Today) -> Instant:
    """Resolve a clock in a named zone: its wall clock is moved into the sender's."""
    utc = clock.utc or 0
    away = timedelta(minutes=utc)
    here = today.now.replace(tzinfo=today.zone).astimezone(UTC).replace(tzinfo=None)
    there = replace(today, now=here + away)
    plain = replace(moment, clocks=(replace(clock, utc=None),))
    found = resolve(plain, there, 24)
    instants = [(t - away).replace(tzinfo=UTC) for t in found.times]
    back = tuple(t.astimezone(today.zone).replace(tzinfo=None) for t in instants)
    return replace(found, times=back)


def _by_part(wanted: Date, clock: Clock | None, today: Today, *, anchored: bool) -> Instant:
    """Resolve a date with no hour: the default hour of the part of day, or of the day."""
    usual = clock or _DEFAULT
    day = Resolver(today, passed=False).resolve(wanted)
    due = at(day, usual)
    if due > today.now:
        return Instant((due,), time_given=clock is not None)
    if anchored and wanted in _CURRENT:
        later = _later_today(today, clock)
        if later is not None:
            return Instant((later,), time_given=clock is not None)
        return Instant((due,), past=True, time_given=clock is not None)
    return _next(wanted if anchored else Date(offset=1), usual, today, given=clock is not None)


def _next(wanted: Date, clock: Clock, today: Today, *, given: bool) -> Instant:
    due = at(Resolver(today, passed=True).resolve(wanted), clock)
    return Instant((due,), past=due <= today.now, time_given=given)


def _later_today(today: Today, clock: Clock | None) -> datetime | None:
    """Return a full hour later in the same part of today, None where it is over."""
    end = PART_ENDS.get(clock.part, 24) if clock else 24
    midnight = datetime.combine(today.day, time())
    limit = midnight + timedelta(hours=end)
    hour = today.now.replace(minute=0, second=0, microsecond=0)
    due = hour + timedelta(hours=1 if today.now - hour <= timedelta(minutes=30) else 2)
    due = min(due, limit - timedelta(minutes=1))
    return due if due > today.now else None


def _by_clock(moment: Moment, clock: Clock, today: Today, mode: int | None) -> Instant:
    may_nap = _may_nap(moment, clock, today, mode)
    if may_nap:
        clock = replace(clock, waking=False)
    choices = clock_choices(clock, mode)
    times = [t for c in choices if (t := _once(moment.date, c, today)) is not None]
    bare = clock.open and clock.bare and not clock.part
    ahead = [t for t in times if t > today.now]
    if not ahead:
        return Instant((max(times),), past=True, bare=bare)
    if len(ahead) > 1 and not may_nap:
        ahead = _likely(sorted(ahead), moment.date, today)
    return Instant(tuple(sorted(ahead)), bare=bare)


def _may_nap(moment: Moment, clock: Clock, today: Today, mode: int | None) -> bool:
    """Whether "wake me at 4", said after lunch, may mean this afternoon."""
    if not clock.waking or moment.date is not None or mode == 24:
        return False
    later = at(today.day, replace(clock, hour=(clock.hour or 0) % 12 + 12, meridiem="pm"))
    return timedelta() < later - today.now <= _NAP


def _likely(times: list[datetime], wanted: Date | None, today: Today) -> list[datetime]:
    """Drop readings outside waking hours; without a date, prefer the one still ahead today."""
    if wanted is None:
        same_day = [t for t in times if t.date() == today.day]
        if len(same_day) == 1:
            return same_day
    waking = [t for t in times if t.hour in WAKING or (t.hour == 23 and t.minute == 0)]
    return waking if len(waking) == 1 else times


def _once(wanted: Date | None, clock: Clock, today: Today) -> datetime | None:
    day: date
    if wanted is None:
        due = at(today.day, clock)
        if hour_of(clock)[0] and due - timedelta(days=1) > today.now:
            return due - timedelta(days=1)
        return due if due > today.now else at(today.day + timedelta(days=1), clock)
    day = Resolver(today, passed=False).resolve(wanted)
    due = at(day, clock)
    if due <= today.now:
        day = Resolver(today, passed=True).resolve(wanted)
        due = at(day, clock)
    return due
