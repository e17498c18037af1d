"""Walk rules of every so many minutes or hours, which run in elapsed time and not by the clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reminders.localise import localise
from reminders.rules import LAST_YEAR, Rule
from reminders.walk import day_matches

# Steps in a row without a match before a rule counts as ended; 29 February needs 2,922.
_FRUITLESS_STEPS = 8_000
_HOUR = timedelta(hours=1)


def walk_elapsed(
    rule: Rule, start: datetime, zone: ZoneInfo, begin: datetime
) -> Iterator[datetime]:
    """Yield the UTC instants of a HOURLY or MINUTELY rule, from about ``begin`` (UTC) on.

    The steps are counted from the first instant, so "every 90 minutes" stays 90 minutes across a
    clock change; the other parts of the rule let through what the wall clock of the zone allows.
    """
    first, _ = localise(start, zone)
    step = (_HOUR if rule.freq == "HOURLY" else timedelta(minutes=1)) * rule.interval
    offsets = _offsets(rule, start)
    index = max(0, (begin - first) // step - 1)
    fruitless = 0
    while fruitless < _FRUITLESS_STEPS:
        base = first + index * step
        local = base.astimezone(zone)
        if local.year > LAST_YEAR:
            return
        wait = _wait(rule, base, local)
        index += max(1, wait // step)
        fruitless += 1
        if wait:
            continue
        for due in (base + offset for offset in offsets):
            if _minute_matches(rule, due, zone):
                fruitless = 0
                yield due


def _offsets(rule: Rule, start: datetime) -> list[timedelta]:
    """Return the distances from each step at which an hourly rule with BYMINUTE falls."""
    if rule.freq == "HOURLY" and rule.minutes:
        return [timedelta(minutes=minute - start.minute) for minute in rule.minutes]
    return [timedelta(0)]


def _wait(rule: Rule, base: datetime, local: datetime) -> timedelta:
    """Return how long nothing can match from here on; zero where this step may match."""
    if not day_matches(rule, local.date()):
        midnight = datetime.combine(local.date() + timedelta(days=1), time())
        return midnight.replace(tzinfo=local.tzinfo).astimezone(UTC) - base
    if rule.hours and local.hour not in rule.hours:
        return timedelta.resolution
    return timedelta(0)


def _minute_matches(rule: Rule, due: datetime, zone: ZoneInfo) -> bool:
    if rule.freq == "HOURLY" or not rule.minutes:
        return True
    return due.astimezone(zone).minute in rule.minutes
