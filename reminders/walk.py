"""Walk the dates of one calendar rule in bounded steps, which dateutil's iterator cannot promise.

A rule that never matches keeps `dateutil.rrule` busy until the year 9999 (3 s of CPU for a daily
rule on 30 February, UNTIL or not), and it cannot be interrupted. Here every period is looked at
once, the walk starts near the moment asked for, and it ends after a stretch without a match.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count

from reminders.rules import LAST_YEAR, Rule, month_length

# 29 February on one given weekday comes every 28 years, or 40 where a century year is no leap year.
HORIZON = timedelta(days=41 * 366)
_DAY = timedelta(days=1)


def walk(rule: Rule, start: datetime, begin: datetime) -> Iterator[datetime]:
    """Yield the naive wall-clock moments of a calendar rule, ascending, from ``begin`` on.

    ``start`` is the naive DTSTART: it fills the parts not given, and nothing comes before it.
    """
    filled = _fill(rule, start)
    times = _times(filled, start)
    begin = max(begin, start)
    latest = begin
    for first, days in _periods(filled, start.date(), begin.date()):
        if _is_past(rule, first, latest):
            return
        chosen = [datetime.combine(d, t) for d in days if day_matches(filled, d) for t in times]
        for moment in _positions(filled, chosen):
            if moment >= begin:
                latest = moment
                yield moment


def _is_past(rule: Rule, first: date, latest: datetime) -> bool:
    if first.year > LAST_YEAR or first > (latest + HORIZON).date():
        return True
    # One spare day, because a limit in UTC may lie on another date than the wall clock.
    return rule.until is not None and first > (rule.until + _DAY).date()


def _fill(rule: Rule, start: datetime) -> Rule:
    if rule.monthdays or rule.weekdays or rule.freq == "DAILY":
        return rule
    changes = dict(vars(rule))
    if rule.freq == "WEEKLY":
        changes["weekdays"] = ((0, start.weekday()),)
    else:
        changes["monthdays"] = (start.day,)
    if rule.freq == "YEARLY" and not rule.months:
        changes["months"] = (start.month,)
    return Rule(**changes)


def _times(rule: Rule, start: datetime) -> list[time]:
    hours, minutes = rule.hours or (start.hour,), rule.minutes or (start.minute,)
    return [time(hour, minute, start.second) for hour in hours for minute in minutes]


def _periods(rule: Rule, start: date, begin: date) -> Iterator[tuple[date, Iterable[date]]]:
    """Yield the first day and the days of each period, beginning shortly before ``begin``."""
    step = rule.interval
    if rule.freq == "YEARLY":
        for year in count(start.year + _jump(begin.year - start.year, step), step):
            if year > LAST_YEAR + 1:
                return
            yield date(year, 1, 1), _days_of_months(year, rule.months or range(1, 13))
    elif rule.freq == "MONTHLY":
        origin = start.year * 12 + start.month - 1
        for index in count(origin + _jump(begin.year * 12 + begin.month - 1 - origin, step), step):
            year, month = index // 12, index % 12 + 1
            yield date(year, month, 1), _days_of_months(year, (month,))
    else:
        length = 7 if rule.freq == "WEEKLY" else 1
        back = (start.weekday() - rule.week_start) % 7 if length > 1 else 0
        origin = start.toordinal() - back
        step *= length
        for ordinal in count(origin + _jump(begin.toordinal() - origin, step), step):
            yield (
                date.fromordinal(ordinal),
                [date.fromordinal(ordinal + n) for n in range(length)],
            )


def _jump(distance: int, step: int) -> int:
    """Return the largest whole number of steps that stays within ``distance``, never negative."""
    return max(0, distance // step * step)


def _days_of_months(year: int, months: Iterable[int]) -> Iterator[date]:
    return (date(year, m, d) for m in months for d in range(1, month_length(year, m) + 1))


def day_matches(rule: Rule, day: date) -> bool:
    """Whether the rule's month, day and weekday parts allow this date."""
    if rule.months and day.month not in rule.months:
        return False
    if rule.monthdays:
        from_end = day.day - month_length(day.year, day.month) - 1
        if day.day not in rule.monthdays and from_end not in rule.monthdays:
            return False
    return not rule.weekdays or _weekday_matches(rule, day)


def _weekday_matches(rule: Rule, day: date) -> bool:
    weekday = day.weekday()
    return any(
        wanted == weekday and (nth == 0 or nth in _ranks(rule, day))
        for nth, wanted in rule.weekdays
    )


def _ranks(rule: Rule, day: date) -> tuple[int, int]:
    """Return which one of its weekday a date is in its month or year, from either end."""
    if rule.freq == "MONTHLY" or rule.months:
        place, length = day.day, month_length(day.year, day.month)
    else:
        place = day.timetuple().tm_yday
        length = date(day.year, 12, 31).timetuple().tm_yday
    return (place - 1) // 7 + 1, -((length - place) // 7 + 1)


def _positions(rule: Rule, chosen: list[datetime]) -> list[datetime]:
    if not rule.positions:
        return chosen
    size = len(chosen)
    indexes = {p - 1 if p > 0 else size + p for p in rule.positions}
    return [chosen[index] for index in sorted(indexes) if 0 <= index < size]
