"""Find the days on which a repeating reminder will not be quite where people expect it."""

from datetime import datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from reminders.localise import changes_offset, zone_named
from reminders.recurrence import Occurrence, Schedule, occurrences
from reminders.rules import read_rule

_DAY = timedelta(days=1)
# More occurrences than a year of a clamped rule at each quarter of an hour has.
_MOST_LOOKED_AT = 5_000


def describe_oddities(
    schedule: Schedule, after: datetime, horizon_days: int = 366
) -> list[Occurrence]:
    """Return the occurrences after an aware moment that are moved, doubled or clamped."""
    zone = zone_named(schedule.zone)
    end = after + timedelta(days=horizon_days)
    if any(read_rule(rule).clamped_day for rule in schedule.rules):
        windows = [(after, end)]
    else:
        windows = _clock_changes(zone, after, end)
    odd = {found.due: found for window in windows for found in _odd_within(schedule, *window)}
    return [odd[due] for due in sorted(odd)]


def _odd_within(schedule: Schedule, begin: datetime, end: datetime) -> list[Occurrence]:
    looked_at = islice(occurrences(schedule, begin), _MOST_LOOKED_AT)
    return [found for found in takewhile(lambda found: found.due <= end, looked_at) if found.oddity]


def _clock_changes(
    zone: ZoneInfo, after: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """Return a window around each change of the zone's distance from UTC, within (after, end]."""
    midnight = after.astimezone(zone).replace(
        hour=0, minute=0, second=0, microsecond=0, tzinfo=None
    )
    windows = []
    for index in range((end - after).days + 2):
        day = midnight + index * _DAY
        if changes_offset(day, zone):
            begins = (day - _DAY).replace(tzinfo=zone)
            windows.append((max(after, begins), min(end, begins + 3 * _DAY)))
    return windows
