"""Give a reminder another time, other words or both, in one step of its history."""

from copy import copy
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from reminders import schedule
from reminders.arming import arm
from reminders.localise import localise, read_local, write_local
from reminders.locking import hold
from reminders.models import Reminder
from reminders.recurrence import first_after
from reminders.when.meaning import Meaning

ALIVE = (Reminder.State.ACTIVE, Reminder.State.PAUSED)
CHANGEABLE = (*ALIVE, Reminder.State.FINISHED, Reminder.State.FAILED)


def is_time_only(meaning: Meaning) -> bool:
    """Whether the words say a time of day and no day: it moves within its day, or the whole series."""
    roles = {span.role for span in meaning.spans}
    return "time" in roles and roles <= {"time", "joint"} and not meaning.rules


def at_time_of(reminder: Reminder, meaning: Meaning, now: datetime) -> datetime | None:
    """Return the reminder's own day at the time that was said, if that is still ahead."""
    due = reminder.local_due
    if due is None or meaning.due is None:
        return None
    wall = datetime.combine(due.date(), meaning.due.time())
    moved = localise(wall.replace(microsecond=0), reminder.zone)[0]
    return moved if moved > now else None


@transaction.atomic
def retime(
    reminder: Reminder,
    *,
    meaning: Meaning | None = None,
    text: str | None = None,
    whole: bool = False,
    actor: str,
) -> bool:
    """Change time, words or both; False if it was cancelled or has changed since it was read.

    `whole`: the meaning is all there is to know, so that what it leaves out is dropped as well.
    """
    hold(reminder)
    now = timezone.now()
    before: dict[str, Any] = {
        "due_before": reminder.due_at.isoformat() if reminder.due_at else None
    }
    fields: dict[str, Any] = {}
    if text is not None and text != reminder.text:
        before["text_before"] = reminder.text
        fields["text"] = text
    if meaning is not None and meaning.due is not None:
        was = copy(reminder)
        timing = _timing(reminder, meaning, now, whole=whole)
        fields |= {name: value for name, value in timing.items() if getattr(was, name) != value}
    if not fields or not reminder.change(*CHANGEABLE, **fields):
        return False
    due = reminder.due_at.isoformat() if reminder.due_at else None
    reminder.note("edited", actor=actor, due=due, **before)
    arm(reminder)
    return True


def _timing(reminder: Reminder, meaning: Meaning, now: datetime, *, whole: bool) -> dict[str, Any]:
    due = meaning.due
    if due is None:
        return {}
    fields: dict[str, Any] = {
        "state": Reminder.State.ACTIVE,
        "paused_until": None,
        "ended_at": None,
        "moved_from": None,
    }
    if reminder.chat.timezone and (whole or meaning.rules):
        fields["timezone"] = reminder.timezone = reminder.chat.timezone
    fields |= _extras(meaning) if whole else {}
    local = due.astimezone(reminder.zone)
    if meaning.rules and not meaning.after_done:
        fields |= {"rules": list(meaning.rules), "start_local": write_local(local)}
    elif whole or not reminder.rules:
        fields |= {"rules": [], "start_local": write_local(local)}
    elif is_time_only(meaning):
        day = read_local(reminder.start_local).date()
        start = datetime.combine(day, local.time(), reminder.zone)
        fields["start_local"] = reminder.start_local = write_local(start)
        found = first_after(schedule.schedule_of(reminder), now)
        due = found.due if found else due
    elif reminder.state in ALIVE and due.astimezone(UTC) != reminder.due_at:
        fields["moved_from"] = reminder.moved_from or reminder.due_at
    for name in ("alerts", "nag_every", "nag_times", "urgent"):
        setattr(reminder, name, fields.get(name, getattr(reminder, name)))
    return {**fields, **schedule.first_fields(reminder, due.astimezone(UTC), now)}


def _extras(meaning: Meaning) -> dict[str, Any]:
    return {
        "after_done": list(meaning.after_done) if meaning.after_done else None,
        "nag_every": meaning.nag.every if meaning.nag else None,
        "nag_times": meaning.nag.times if meaning.nag else None,
        "alerts": list(meaning.alerts),
        "urgent": meaning.urgent,
    }
