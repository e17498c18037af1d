"""Change a reminder: every change is one conditional UPDATE of its row, a line of history, and a nudge."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from reminders.arming import arm
from reminders.models import Reminder

ALIVE = (Reminder.State.ACTIVE, Reminder.State.PAUSED)


@transaction.atomic
def cancel(reminder: Reminder, *, actor: str, **details: Any) -> bool:
    """End it unsent; False if there is nothing left to cancel or its last firing has been claimed."""
    now = timezone.now()
    for _ in range(3):  # a revision that moved on is no refusal: what counts is the state
        if reminder.change(*ALIVE, state=Reminder.State.CANCELLED, fire_at=None, ended_at=now):
            reminder.note("cancelled", actor=actor, **details)
            arm(reminder)
            return True
        reminder.refresh_from_db()
        if reminder.state not in ALIVE:
            return False
    return False


@transaction.atomic
def send_now(reminder: Reminder, *, actor: str, **details: Any) -> bool:
    """Let it fire at once; False if it is not waiting."""
    now = timezone.now()
    due = reminder.due_at if reminder.rules else now
    if not reminder.change(
        Reminder.State.ACTIVE, fire_at=now, due_at=due, fire_kind=Reminder.Fire.DUE
    ):
        return False
    reminder.note("sent now", actor=actor, **details)
    arm(reminder)
    return True
