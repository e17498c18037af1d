"""When a reminder fires next: its alerts, its time, its nags, and then the next occurrence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reminders.models import Reminder
from reminders.recurrence import Schedule, first_after, missed_between

DEFAULT_NAGS = 6  # how often an unanswered reminder is asked again, unless it says otherwise


@dataclass(frozen=True)
class Firing:
    """Something to send for one occurrence: when (UTC), what kind, and which of its kind."""

    at: datetime
    kind: str
    number: int = 0


def schedule_of(reminder: Reminder) -> Schedule:
    """Return the recurrence of a reminder's row."""
    return Schedule(
        tuple(reminder.rules), datetime.fromisoformat(reminder.start_local), reminder.timezone
    )


def first_fields(reminder: Reminder, due: datetime, now: datetime) -> dict[str, Any]:
    """Return the columns of an occurrence that nothing has been sent for yet."""
    ahead = (
        firing
        for firing in _firings(reminder, due, None, after=now)
        if firing.kind != Reminder.Fire.NAG
    )
    firing = next(ahead, Firing(due, Reminder.Fire.DUE))
    return {"due_at": due, "fire_at": firing.at, "fire_kind": firing.kind, "nag_count": 0}


def fields_after(reminder: Reminder, now: datetime) -> dict[str, Any]:
    """Return the columns after the current firing was claimed at `now`: what comes next, or the end."""
    due, upcoming = reminder.due_at, _next_due(reminder, now)
    if due is None:
        raise ValueError("a reminder without an occurrence cannot fire")
    following = _following(reminder, due, upcoming, now)
    if following is not None:
        nags = reminder.nag_count + (following.kind == Reminder.Fire.NAG)
        return {"fire_at": following.at, "fire_kind": following.kind, "nag_count": nags}
    return fields_after_occurrence(reminder, now)


def fields_after_occurrence(reminder: Reminder, now: datetime) -> dict[str, Any]:
    """Return the columns once the current occurrence is over: skipped, done or asked often enough."""
    upcoming = _next_due(reminder, now)
    if upcoming is not None:
        return first_fields(reminder, upcoming, now)
    if reminder.after_done is not None:
        return {"fire_at": None, "nag_count": 0}
    return {"fire_at": None, "state": Reminder.State.FINISHED, "ended_at": now, "nag_count": 0}


def missed(reminder: Reminder, now: datetime) -> int:
    """Return how many further occurrences have passed since the one that is due."""
    if not reminder.rules or reminder.due_at is None:
        return 0
    return missed_between(schedule_of(reminder), reminder.due_at, now)


def _next_due(reminder: Reminder, now: datetime) -> datetime | None:
    if not reminder.rules or reminder.due_at is None:
        return None
    found = first_after(schedule_of(reminder), max(now, reminder.due_at))
    return found.due if found else None


def _following(
    reminder: Reminder, due: datetime, upcoming: datetime | None, now: datetime
) -> Firing | None:
    """Return what the same occurrence still sends after its current firing."""
    for firing in _firings(reminder, due, upcoming, after=now):
        is_nag = firing.kind == Reminder.Fire.NAG
        if reminder.fire_kind == Reminder.Fire.ALERT or is_nag:
            return firing
    return None


def _firings(
    reminder: Reminder, due: datetime, upcoming: datetime | None, *, after: datetime
) -> Iterator[Firing]:
    """Yield what one occurrence sends after a moment: alerts, the occurrence itself, nags."""
    for number, seconds in enumerate(sorted(reminder.alerts, reverse=True)):
        at = due - timedelta(seconds=seconds)
        if at > after:
            yield Firing(at, Reminder.Fire.ALERT, number)
    if due > after or reminder.fire_kind == Reminder.Fire.ALERT:
        yield Firing(due, Reminder.Fire.DUE)
    if not reminder.nag_every:
        return
    times = DEFAULT_NAGS if reminder.nag_times is None else reminder.nag_times
    at = max(after, due) + timedelta(seconds=reminder.nag_every)
    if reminder.nag_count < times and (upcoming is None or at < upcoming):
        yield Firing(at, Reminder.Fire.NAG, reminder.nag_count + 1)
