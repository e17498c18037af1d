"""When a reminder fires next: its alerts, its time, its nags, and then the next occurrence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from reminders.chat.models import Preferences, preferences_of
from reminders.localise import localise, read_local
from reminders.models import Reminder
from reminders.recurrence import Schedule, first_after, missed_between

DEFAULT_NAGS = 6  # how often an unanswered reminder is asked again, unless it says otherwise


@dataclass(frozen=True)
class Firing:
    """Something to send for one occurrence: when (UTC), what kind, and which of its kind."""

    at: datetime
    kind: str
    number: int = 0
    held_since: datetime | None = None


def schedule_of(reminder: Reminder) -> Schedule:
    """Return the recurrence of a reminder's row."""
    return Schedule(tuple(reminder.rules), read_local(reminder.start_local), reminder.timezone)


def first_fields(reminder: Reminder, due: datetime, now: datetime) -> dict[str, Any]:
    """Return the columns of an occurrence that nothing has been sent for yet."""
    reminder.nag_count = 0
    ahead = (
        firing
        for firing in _firings(reminder, due, None, after=now)
        if firing.kind != Reminder.Fire.NAG
    )
    firing = next(ahead, None) or _held(reminder, Firing(due, Reminder.Fire.DUE))
    return {"due_at": due, **_columns(firing), "nag_count": 0}


def fields_after(reminder: Reminder, now: datetime) -> dict[str, Any]:
    """Return the columns after the current firing was claimed at `now`: what comes next, or the end."""
    due, upcoming = reminder.due_at, _next_due(reminder, now)
    if due is None:
        raise ValueError("a reminder without an occurrence cannot fire")
    following = _following(reminder, due, upcoming, now)
    if following is not None:
        nags = reminder.nag_count + (following.kind == Reminder.Fire.NAG)
        return {**_columns(following), "nag_count": nags}
    return fields_after_occurrence(reminder, now)


def fields_after_occurrence(reminder: Reminder, now: datetime) -> dict[str, Any]:
    """Return the columns once the current occurrence is over: skipped, done or asked often enough."""
    upcoming = _next_due(reminder, now)
    if upcoming is not None:
        return {**first_fields(reminder, upcoming, now), "moved_from": None}
    rest = {"fire_at": None, "nag_count": 0, "held_since": None}
    if reminder.after_done is not None:
        return rest
    return {**rest, "state": Reminder.State.FINISHED, "ended_at": now}


def fields_after_done(reminder: Reminder, occurrence: datetime, now: datetime) -> dict[str, Any]:
    """Return the columns once somebody has done an occurrence; empty if that changes nothing.

    Asking again ends; what repeats after completion gets its next occurrence.
    """
    if reminder.due_at != occurrence:
        return {}
    if reminder.after_done is None:
        return fields_after_occurrence(reminder, now) if reminder.fire_at else {}
    every, unit = reminder.after_done
    done = now.astimezone(reminder.zone).replace(tzinfo=None, microsecond=0)
    if unit in _ELAPSED:
        due = now + every * _ELAPSED[unit]
    else:
        start = read_local(reminder.start_local).time().replace(fold=0)
        wall = datetime.combine(done + relativedelta(**_calendar(unit, int(every))), start)
        due, _ = localise(wall, reminder.zone)
    return {**first_fields(reminder, due, now), "state": Reminder.State.ACTIVE, "ended_at": None}


def fields_after_pause(reminder: Reminder, now: datetime) -> dict[str, Any]:
    """Return the columns with which a pause ends: what comes once is never lost to a pause."""
    active = {"state": Reminder.State.ACTIVE}
    if reminder.fire_at is None or reminder.due_at is None:
        return active
    if reminder.due_at > now:
        return {**active, **first_fields(reminder, reminder.due_at, now)}
    if reminder.rules:
        return {**active, **fields_after_occurrence(reminder, now)}
    held = reminder.held_since or reminder.fire_at
    if reminder.fire_kind == Reminder.Fire.NAG:
        return {**active, "fire_at": now, "held_since": held}
    return {**active, "fire_at": now, "fire_kind": Reminder.Fire.DUE, "held_since": reminder.due_at}


_ELAPSED = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}


def _calendar(unit: str, every: int) -> dict[str, Any]:
    """Return the arguments of a relativedelta of so many calendar units."""
    several = {"fortnight": ("weeks", 2), "quarter": ("months", 3), "halfyear": ("months", 6)}
    name, times = several.get(unit, (f"{unit}s", 1))
    return {name if name in {"weeks", "months", "years"} else "days": every * times}


def missed(reminder: Reminder, now: datetime) -> int:
    """Return how many further occurrences have passed since the one that is due."""
    if not reminder.rules or reminder.due_at is None:
        return 0
    return missed_between(schedule_of(reminder), place_of(reminder, reminder.due_at), now)


def place_of(reminder: Reminder, due: datetime) -> datetime:
    """Return up to when the occurrence due now stands for the rules: a moved one replaces what it was."""
    return max(due, reminder.moved_from or due)


def _next_due(reminder: Reminder, now: datetime) -> datetime | None:
    if not reminder.rules or reminder.due_at is None:
        return None
    found = first_after(schedule_of(reminder), max(now, place_of(reminder, reminder.due_at)))
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
        yield _held(reminder, Firing(due, Reminder.Fire.DUE))
    if not reminder.nag_every or reminder.nag_count >= nags_of(reminder):
        return
    at = max(after, due) + timedelta(seconds=reminder.nag_every)
    firing = _held(reminder, Firing(at, Reminder.Fire.NAG, reminder.nag_count + 1))
    if upcoming is None or firing.at < upcoming:
        yield firing


def nags_of(reminder: Reminder) -> int:
    """Return how often an occurrence is asked again at most."""
    return DEFAULT_NAGS if reminder.nag_times is None else reminder.nag_times


def _held(reminder: Reminder, firing: Firing) -> Firing:
    """Return the firing, moved to the end of the chat's quiet hours where they hold it."""
    if reminder.urgent or not (reminder.chat.timezone or reminder.timezone != "UTC"):
        return firing  # without a zone nobody knows when the night is
    habits = preferences_of(reminder.chat_id)
    holds = {Preferences.Quiet.ALL: True, Preferences.Quiet.NOTHING: False}
    if not holds.get(Preferences.Quiet(habits.quiet), firing.kind == Reminder.Fire.NAG):
        return firing
    end = habits.quiet_end(firing.at.astimezone(reminder.zone))
    if end is None:
        return firing
    return Firing(end.astimezone(UTC), firing.kind, firing.number, held_since=firing.at)


def _columns(firing: Firing) -> dict[str, Any]:
    return {"fire_at": firing.at, "fire_kind": firing.kind, "held_since": firing.held_since}
