"""What a repeating reminder will do: its next times, with the odd days marked and explained."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile

from django.utils import timezone

from reminders import schedule
from reminders.chat.models import Preferences, preferences_of
from reminders.localise import CLAMPED, GAP, OVERLAP
from reminders.models import Reminder
from reminders.oddities import describe_oddities
from reminders.recurrence import Occurrence, occurrences, upcoming
from reminders.rules import ELAPSED, read_rule

SHOWN = 3
MOST_A_DAY = 300  # one every five minutes


@dataclass(frozen=True)
class OddDay:
    """A day on which the clocks change under a reminder."""

    local: datetime
    wanted: str
    oddity: str


@dataclass(frozen=True)
class NightRest:
    """Where asking again meets the quiet hours."""

    begins: datetime
    last: datetime
    until: datetime


def next_times(reminder: Reminder, count: int = SHOWN) -> list[Occurrence]:
    """Return the next occurrences, the one that is due first."""
    if not reminder.rules or reminder.due_at is None:
        return []
    rules = schedule.schedule_of(reminder)
    if reminder.moved_from is None:
        return upcoming(rules, reminder.due_at - timedelta(microseconds=1), count)
    moved = Occurrence(reminder.due_at, reminder.due_at.astimezone(reminder.zone), "")
    place = schedule.place_of(reminder, reminder.due_at)
    return [moved, *upcoming(rules, place, count - 1)]


def between(reminder: Reminder, begin: datetime, end: datetime) -> list[Occurrence]:
    """Return the occurrences from one moment on and before another (aware), from the next one on."""
    due = reminder.due_at
    if due is None or due >= end:
        return []
    found = [Occurrence(due, due.astimezone(reminder.zone))] if due >= begin else []
    if reminder.rules:
        after = max(schedule.place_of(reminder, due), begin - timedelta(microseconds=1))
        coming = occurrences(schedule.schedule_of(reminder), after)
        found += takewhile(lambda one: one.due < end, islice(coming, MOST_A_DAY))
    return found


def shapes(found: list[Occurrence]) -> list[tuple[Occurrence, str]]:
    """Return each time with how much of it has to be shown: the day, the time of a day, or both."""
    days = [one.local.date() for one in found]
    clocks = {one.local.time() for one in found}
    if len(set(days)) == len(days):
        alike = len(clocks) == 1 < len(found)  # at the time that the rule says
        return [(one, "day" if alike else "") for one in found]
    return [
        (one, "time" if number and days[number - 1] == days[number] else "")
        for number, one in enumerate(found)
    ]


def odd_days(reminder: Reminder) -> list[OddDay]:
    """Return the days within a year on which a clock change touches the reminder."""
    if not reminder.rules or all(read_rule(rule).freq in ELAPSED for rule in reminder.rules):
        return []
    found = describe_oddities(schedule.schedule_of(reminder), timezone.now())
    return [_odd(one) for one in found if one.oddity in {GAP, OVERLAP}][:4]


def _odd(found: Occurrence) -> OddDay:
    if found.oddity == OVERLAP:
        return OddDay(found.local, f"{found.local:%H:%M}", OVERLAP)
    before = (found.due - timedelta(hours=3)).astimezone(found.local.tzinfo).utcoffset()
    after = found.local.utcoffset()
    gap = (after - before) if before is not None and after is not None else timedelta()
    return OddDay(found.local, f"{found.local.replace(tzinfo=None) - gap:%H:%M}", GAP)


def is_clamped(found: Occurrence) -> bool:
    """Whether the month is too short for the wanted day."""
    return found.oddity == CLAMPED


def night_rest(reminder: Reminder) -> NightRest | None:
    """Return where asking again will pause for the quiet hours, None if it does not."""
    if reminder.urgent or reminder.due_at is None or not reminder.chat.timezone:
        return None
    habits = preferences_of(reminder.chat_id)
    if habits.quiet == Preferences.Quiet.NOTHING:
        return None
    last = reminder.due_at
    for at in _nags(reminder, reminder.due_at):
        local = at.astimezone(reminder.zone)
        end = habits.quiet_end(local)
        if end is not None:
            begins = datetime.combine(local.date(), habits.quiet_from, reminder.zone)
            return NightRest(begins, last.astimezone(reminder.zone), end)
        last = at
    return None


def _nags(reminder: Reminder, due: datetime) -> Iterator[datetime]:
    every = timedelta(seconds=reminder.nag_every or 0)
    times = schedule.nags_of(reminder) if reminder.nag_every else 0
    return (due.astimezone(UTC) + every * number for number in range(1, times + 1))
