"""A recurrence from its phrases: RFC 5545 rules, the first occurrence, bounds and refusals."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from reminders.localise import localise
from reminders.rules import read_rule
from reminders.walk import walk
from reminders.when.calendar import DEFAULT_HOUR, NoSuchDateError, Today, add, at, coming, is_ahead
from reminders.when.fields import Clock, Duration, Repeat, duration
from reminders.when.instant import WAKING, clock_choices, in_order
from reminders.when.meaning import Details
from reminders.when.plan import SECONDS, Plan
from reminders.when.rules import DAYS, FREQUENCIES, day_rule


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Rules with their first occurrence (naive local time)."""

    first: datetime
    rules: tuple[str, ...]
    clamped: bool = False
    time_given: bool = True
    bare: bool = False
    problem: str = ""
    details: Details = ()


def build(made: Plan, today: Today, mode: int | None) -> list[Recurrence]:
    """Return the recurrence, or its two readings where the hour is open."""
    spread = _spread(made)
    if spread.repeat.unit in SECONDS and not spread.window:
        return [_by_interval(spread, today)]
    times = _times(spread, mode)
    if spread.repeat.unit in SECONDS:
        unit = "week" if spread.repeat.weekdays else "day"
        spread = replace(spread, repeat=replace(spread.repeat, unit=unit, every=None))
    found = [_by_days(spread, each, today) for each in times]
    bare = any(c.open and c.bare and not c.part for c in spread.clocks)
    return [replace(one, bare=bare) for one in found]


def united(one: list[Recurrence], two: list[Recurrence]) -> list[Recurrence]:
    """Return two recurrences as one, reading by reading; where one has fewer, its last is used."""
    return [
        replace(
            a := one[min(n, len(one) - 1)],
            first=min(a.first, (b := two[min(n, len(two) - 1)]).first),
            rules=(*_timed(a), *_timed(b)),
        )
        for n in range(max(len(one), len(two)))
    ]


def _timed(made: Recurrence) -> Iterable[str]:
    """Return the rules, each naming its time of day."""
    for rule in made.rules:
        named = "BYHOUR" in rule
        yield rule if named else f"{rule};{_time_rules((made.first.time(),))[0]}"


def _times(made: Plan, mode: int | None) -> list[tuple[time, ...]]:
    """Return the times of day; two choices where a lone hour is open."""
    if made.window:
        return [_window_times(made, *made.window)]
    clocks = in_order(made.clocks, mode) or (Clock(DEFAULT_HOUR, meridiem="24"),)
    choices = [clock_choices(clock, mode) for clock in clocks]
    readings = max(len(c) for c in choices)
    picked = [[c[min(n, len(c) - 1)] for c in choices] for n in range(readings)]
    readings_of = [tuple(sorted({_time(c) for c in one})) for one in picked]
    waking = [one for one in readings_of if all(t.hour in WAKING for t in one)]
    return waking if len(waking) == 1 else readings_of


def _time(clock: Clock) -> time:
    return at(date(2000, 1, 1), clock).time()


def _window_times(made: Plan, first: Clock, last: Clock) -> tuple[time, ...]:
    """Return the times within the daily window, from its start in steps of the interval."""
    start, end = _minutes(first), _minutes(last)
    if last.open and not first.meridiem and end <= start and (last.hour or 0) <= 12:
        end += 720
    step = (made.repeat.every or 1) * SECONDS.get(made.repeat.unit or "", 86400) // 60
    if end <= start or step < 1:
        return (_time(first),)
    return tuple(time(m // 60, m % 60) for m in range(start, min(end, 1439) + 1, step))


def _minutes(clock: Clock) -> int:
    moment = _time(clock)
    return moment.hour * 60 + moment.minute


def _spread(made: Plan) -> Plan:
    """Turn "three times a day" into times of day, "twice a week" into days."""
    repeat = made.repeat
    if repeat.except_:
        days = tuple(d for d in repeat.weekdays or range(7) if d not in repeat.except_)
        repeat = replace(repeat, unit="week", weekdays=days, except_=None)
    per, unit = repeat.per, repeat.unit
    if per and unit == "day":
        hours = [9 + (12 * n) // (per - 1) for n in range(per)] if per <= 13 else range(24)
        clocks = (
            made.clocks if len(made.clocks) > 1 else tuple(Clock(h, meridiem="24") for h in hours)
        )
        return replace(made, repeat=replace(repeat, per=None), clocks=clocks)
    if per and unit == "week" and not repeat.weekdays:
        days = tuple(sorted({(7 * n) // min(per, 7) for n in range(min(per, 7))}))
        return replace(made, repeat=replace(repeat, per=None, weekdays=days))
    if per and unit == "month" and not repeat.monthdays:
        days = tuple(sorted({1 + (28 * n) // min(per, 28) for n in range(min(per, 28))}))
        return replace(made, repeat=replace(repeat, per=None, monthdays=days))
    if per and unit == "year":
        return replace(
            made, repeat=replace(repeat, per=None, unit="month", every=max(1, 12 // per))
        )
    if per and unit == "hour":
        return replace(made, repeat=Repeat(unit="minute", every=max(1, 60 // per)))
    return replace(made, repeat=repeat)


def _by_interval(made: Plan, today: Today) -> Recurrence:
    """Return a recurrence of minutes or hours, counted from now or from its start."""
    every, unit = made.repeat.every or 1, made.repeat.unit or "hour"
    step = duration(every, unit)
    later = first = add(today.now, step, today.zone)
    clock = made.start_clock or (made.clocks[0] if made.clocks else None)
    if made.start or clock:
        day = made.start or today.day
        first = at(day, clock) if clock else max(datetime.combine(day, time(DEFAULT_HOUR)), later)
        first = coming(first, today)
        if not is_ahead(first, today):
            first = later if made.start else first + timedelta(days=1)
    rule = f"FREQ={FREQUENCIES[unit]}" + (f";INTERVAL={every}" if every > 1 else "")
    if made.repeat.weekdays:
        rule += ";BYDAY=" + ",".join(DAYS[d] for d in made.repeat.weekdays)
        if first.weekday() not in made.repeat.weekdays:
            ahead = min((day - first.weekday()) % 7 for day in made.repeat.weekdays)
            first = datetime.combine(
                first.date() + timedelta(days=ahead), first.time() if clock else time()
            )
    return _bounded(_counted(made, first, step, today), [rule], first, today)


def _counted(made: Plan, first: datetime, step: Duration, today: Today) -> Plan:
    """Return the plan with a count where it ends in an hour's second pass: UNTIL names the first."""
    until = add(first, made.length, today.zone) if made.length else made.until
    if until is None or not until.fold or made.repeat.weekdays:
        return made
    length = localise(until, today.zone)[0] - localise(first, today.zone)[0]
    steps, rest = divmod(length, timedelta(seconds=step.seconds))
    count = steps + bool(rest or not made.length)  # a length leaves out its own end
    return replace(made, count=count, until=None, length=None)


def _by_days(made: Plan, times: tuple[time, ...], today: Today) -> Recurrence:
    """Return a recurrence of days, weeks, months or years at the given times of day."""
    rule, clamped = day_rule(made.repeat)
    first = _first(made, rule, times, today)
    made = replace(made, clamped=clamped)
    if len(times) == 1:
        return _bounded(made, [rule], first, today)
    if "BYSETPOS" in rule:  # positions are counted among days and times together
        return _bounded(
            made, [f"{rule};BYHOUR={t.hour};BYMINUTE={t.minute}" for t in times], first, today
        )
    return _bounded(made, [f"{rule};{part}" for part in _time_rules(times)], first, today)


def _time_rules(times: tuple[time, ...]) -> list[str]:
    """Return the fewest BYHOUR and BYMINUTE that make up the times, the fullest first."""
    by_minutes = _grouped((t.hour, t.minute) for t in times)
    by_hours = _grouped((t.minute, t.hour) for t in times)
    parts = [(hours, minutes) for minutes, hours in by_minutes.items()]
    if len(by_hours) < len(by_minutes):
        parts = list(by_hours.items())
    parts.sort(key=lambda part: -len(part[0]) * len(part[1]))
    return [f"BYHOUR={_joined(hours)};BYMINUTE={_joined(minutes)}" for hours, minutes in parts]


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, ...], tuple[int, ...]]:
    """Return which keys share the same values: {values: keys}."""
    values: dict[int, tuple[int, ...]] = {}
    for key, value in pairs:
        values[key] = (*values.get(key, ()), value)
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    for key, both in values.items():
        shared[both] = (*shared.get(both, ()), key)
    return shared


def _joined(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _first(made: Plan, rule: str, times: tuple[time, ...], today: Today) -> datetime:
    """Return the first occurrence after now, on or after the start."""
    repeat = made.repeat
    anchored = bool(repeat.weekdays or repeat.monthdays)
    every = repeat.every or 1
    start = datetime.combine(made.start or today.day, times[0])
    if not anchored and made.start is None:
        return _unanchored(repeat, every, times, today)
    plain = ";".join(p for p in rule.split(";") if not p.startswith("INTERVAL="))
    midnight = datetime.combine(start.date(), time())
    days = walk(read_rule(plain), midnight, midnight)
    if made.start is not None and every > 1:  # it counts from there, also where that has passed
        begun = next(days, None)
        days = iter(()) if begun is None else walk(read_rule(rule), begun, begun)
    for day in islice(days, 800):
        for each in times:
            due = datetime.combine(day.date(), each)
            if due > today.now and _in_quarter(repeat, due):
                return due
    raise NoSuchDateError


def _in_quarter(repeat: Repeat, due: datetime) -> bool:
    """Whether the first or last day of a month is that of a quarter, where it should be."""
    if not repeat.quarter or repeat.monthdays not in ((1,), (-1,)):
        return True
    return due.month % 3 == (1 if repeat.monthdays == (1,) else 0)


def _unanchored(repeat: Repeat, every: int, times: tuple[time, ...], today: Today) -> datetime:
    if repeat.unit == "day" and every == 1:
        ahead = [t for t in times if datetime.combine(today.day, t) > today.now]
        if ahead:
            return datetime.combine(today.day, ahead[0])
    later = add(today.now, duration(every, repeat.unit or "day"), today.zone)
    return datetime.combine(later.date(), times[0])


def _bounded(made: Plan, rules: list[str], first: datetime, today: Today) -> Recurrence:
    """Add COUNT or UNTIL; the same COUNT on several rules is that of their union."""
    first = first.replace(microsecond=0)
    until = made.until
    if made.length is not None:
        until = add(first, made.length, today.zone) - timedelta(seconds=1)
    if until is not None:
        rules = [f"{rule};UNTIL={until:%Y%m%dT%H%M%S}" for rule in rules]
    elif made.count:
        rules = [f"{rule};COUNT={made.count}" for rule in rules]
    return Recurrence(first, tuple(rules), made.clamped, made.time_given)
