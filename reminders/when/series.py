"""A recurrence from its phrases: RFC 5545 rules, the first occurrence, bounds and refusals."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from reminders.when.calendar import DEFAULT_HOUR, NoSuchDateError, Resolver, Today, add, at
from reminders.when.fields import ANY_DAY, WEEKDAY, WEEKEND, Bound, Clock, Date, Moment, Repeat, Series, duration
from reminders.when.instant import as_now, clock_choices
from reminders.when.meaning import Details

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQ = {
    "second": "SECONDLY", "minute": "MINUTELY", "hour": "HOURLY",
    "day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY",
}  # fmt: skip
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
    count: int | None = None
    window: tuple[Clock, Clock] | None = None
    clamped: bool = False
    time_given: bool = True
    parts: dict[str, str] = field(default_factory=dict)


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
    if when.numeric or (when.month and when.day and when.year is None and repeat.unit == "year"):
        day = Resolver(today, passed=False).resolve(when)
        made.repeat = replace(repeat, month=day.month, monthdays=(day.day,))
        return
    named = _named_days(when, repeat)
    if named is not None:
        made.repeat = named
    else:
        made.start = Resolver(today, passed=False).resolve(when)


def _named_days(when: Date, repeat: Repeat) -> Repeat | None:
    unit = repeat.unit
    if when.nth is not None and when.weekday is not None and unit in ("month", "year"):
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
    origin = datetime.combine(made.start, time()) if made.start else today.now
    if bound.length is not None:
        made.until = add(origin, bound.length, today.zone)
        if made.repeat.unit not in SECONDS:
            made.until = datetime.combine(made.until.date(), time(23, 59, 59))
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
    if end.date is None:
        clock = end.clocks[0]
        due = at(today.day, clock)
        return due if due > today.now else due + timedelta(days=1)
    day = Resolver(today, passed=False).resolve(end.date)
    return at(day, end.clocks[0]) if end.clocks else datetime.combine(day, time(23, 59, 59))


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
    bare = any(c.open and not c.part for c in spread.clocks)
    return [replace(one, bare=bare) for one in found]


def _times(made: Plan, mode: int | None) -> list[tuple[time, ...]]:
    """Return the times of day; two choices where a lone hour is open."""
    if made.window:
        return [_window_times(made)]
    clocks = made.clocks or (Clock(DEFAULT_HOUR, meridiem="24"),)
    sure = any(c.meridiem or c.part for c in clocks)
    if len(clocks) > 1 and sure:
        mode = 24
    choices = [clock_choices(clock, mode) for clock in clocks]
    readings = max(len(c) for c in choices)
    picked = [[c[min(n, len(c) - 1)] for c in choices] for n in range(readings)]
    return [tuple(sorted({_time(c) for c in one})) for one in picked]


def _time(clock: Clock) -> time:
    return at(date(2000, 1, 1), clock).time()


def _window_times(made: Plan) -> tuple[time, ...]:
    """Return the times within the daily window, from its start in steps of the interval."""
    assert made.window is not None
    start, end = (_minutes(clock) for clock in made.window)
    first, last = made.window
    if last.open and not first.meridiem and end <= start and (last.hour or 0) <= 12:
        end += 720
    step = (made.repeat.every or 1) * SECONDS.get(made.repeat.unit or "", 86400) // 60
    if end <= start or step < 1:
        return (_time(made.window[0]),)
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
        clocks = made.clocks if len(made.clocks) > 1 else tuple(Clock(h, meridiem="24") for h in hours)
        return replace(made, repeat=replace(repeat, per=None), clocks=clocks)
    if per and unit == "week" and not repeat.weekdays:
        days = tuple(sorted({(7 * n) // min(per, 7) for n in range(min(per, 7))}))
        return replace(made, repeat=replace(repeat, per=None, weekdays=days))
    if per and unit == "month" and not repeat.monthdays:
        days = tuple(sorted({1 + (28 * n) // min(per, 28) for n in range(min(per, 28))}))
        return replace(made, repeat=replace(repeat, per=None, monthdays=days))
    if per and unit == "year":
        return replace(made, repeat=replace(repeat, per=None, unit="month", every=max(1, 12 // per)))
    if per and unit == "hour":
        return replace(made, repeat=Repeat(unit="minute", every=max(1, 60 // per)))
    return replace(made, repeat=repeat)


def _by_interval(made: Plan, today: Today) -> Recurrence:
    """Return a recurrence of minutes or hours, counted from now or from its start."""
    every, unit = made.repeat.every or 1, made.repeat.unit or "hour"
    step = timedelta(seconds=every * SECONDS[unit])
    first = today.now + step
    clock = made.start_clock or (made.clocks[0] if made.clocks else None)
    if made.start or clock:
        day = made.start or today.day
        first = at(day, clock) if clock else max(datetime.combine(day, time(DEFAULT_HOUR)), first)
        if first <= today.now:
            first = first + timedelta(days=1) if not made.start else today.now + step
    rule = f"FREQ={_FREQ[unit]}" + (f";INTERVAL={every}" if every > 1 else "")
    if made.repeat.weekdays:
        rule += ";BYDAY=" + ",".join(DAYS[d] for d in made.repeat.weekdays)
    return _bounded(made, [rule], first, today)


def day_rule(repeat: Repeat) -> tuple[str, bool]:
    """Return the rule of the days alone, and whether short months clamp it."""
    unit = repeat.unit or "week"
    parts = [f"FREQ={_FREQ[unit]}"]
    if (repeat.every or 1) > 1:
        parts.append(f"INTERVAL={repeat.every}")
    if repeat.month:
        parts.append(f"BYMONTH={repeat.month}")
    clamped = False
    if repeat.weekdays:
        parts.extend(_by_day(repeat))
    elif repeat.monthdays:
        text, clamped = _by_month_day(repeat.monthdays, repeat.month)
        parts.append(text)
    return ";".join(parts), clamped


def _by_day(repeat: Repeat) -> list[str]:
    days = [DAYS[d] for d in repeat.weekdays or ()]
    if not repeat.nths:
        return ["BYDAY=" + ",".join(days)]
    if len(days) == 1:
        return ["BYDAY=" + ",".join(f"{nth}{days[0]}" for nth in repeat.nths)]
    return ["BYDAY=" + ",".join(days), "BYSETPOS=" + ",".join(map(str, repeat.nths))]


def _by_month_day(days: tuple[int, ...], month: int | None) -> tuple[str, bool]:
    """Return BYMONTHDAY; a day that short months lack becomes their last one."""
    longest = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month or 2, 31)
    if len(days) == 1 and days[0] > longest:
        span = ",".join(str(d) for d in range(28, days[0] + 1))
        return f"BYMONTHDAY={span};BYSETPOS=-1", True
    return "BYMONTHDAY=" + ",".join(map(str, days)), False


def _by_days(made: Plan, times: tuple[time, ...], today: Today) -> Recurrence:
    """Return a recurrence of days, weeks, months or years at the given times of day."""
    rule, clamped = day_rule(made.repeat)
    first = _first(made, rule, times, today)
    made = replace(made, clamped=clamped)
    if len(times) == 1:
        return _bounded(made, [rule], first, today)
    by_minute: dict[int, list[int]] = {}
    for each in times:
        by_minute.setdefault(each.minute, []).append(each.hour)
    if len({tuple(hours) for hours in by_minute.values()}) == 1:
        hours = ",".join(map(str, next(iter(by_minute.values()))))
        minutes = ",".join(map(str, by_minute))
        return _bounded(made, [f"{rule};BYHOUR={hours};BYMINUTE={minutes}"], first, today)
    rules = [f"{rule};BYHOUR={','.join(map(str, hours))};BYMINUTE={minute}"
             for minute, hours in by_minute.items()]  # fmt: skip
    return _bounded(made, rules, first, today)


def _first(made: Plan, rule: str, times: tuple[time, ...], today: Today) -> datetime:
    """Return the first occurrence after now, on or after the start."""
    repeat = made.repeat
    anchored = bool(repeat.weekdays or repeat.monthdays)
    every = repeat.every or 1
    start = datetime.combine(made.start or today.day, times[0])
    if not anchored and made.start is None:
        return _unanchored(repeat, every, times, today)
    plain = ";".join(p for p in rule.split(";") if not p.startswith("INTERVAL="))
    days = rrulestr(plain, dtstart=datetime.combine(start.date(), time()))
    for count, day in enumerate(days):
        for each in times:
            due = datetime.combine(day.date(), each)
            if due > today.now:
                return due
        if count > 800:
            break
    raise NoSuchDateError


def _unanchored(repeat: Repeat, every: int, times: tuple[time, ...], today: Today) -> datetime:
    if repeat.unit == "day" and every == 1:
        ahead = [t for t in times if datetime.combine(today.day, t) > today.now]
        if ahead:
            return datetime.combine(today.day, ahead[0])
    later = add(today.now, duration(every, repeat.unit or "day"), today.zone)
    return datetime.combine(later.date(), times[0])


def _bounded(made: Plan, rules: list[str], first: datetime, today: Today) -> Recurrence:
    """Add COUNT or UNTIL; a count over several rules becomes the moment of the last one."""
    first = first.replace(microsecond=0)
    if made.until is not None:
        rules = [f"{rule};UNTIL={made.until:%Y%m%dT%H%M%S}" for rule in rules]
    elif made.count and len(rules) == 1:
        rules = [f"{rules[0]};COUNT={made.count}"]
    elif made.count:
        due = sorted(d for rule in rules for d in _take(rule, first, made.count))
        rules = [f"{rule};UNTIL={due[made.count - 1]:%Y%m%dT%H%M%S}" for rule in rules]
    return Recurrence(first, tuple(rules), made.clamped, made.time_given)


def _take(rule: str, first: datetime, count: int) -> list[datetime]:
    return list(rrulestr(f"{rule};COUNT={min(count, 4096)}", dtstart=first))
