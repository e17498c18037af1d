"""Change a reminder: every change is one conditional UPDATE of its row, a line of history, and a nudge."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from reminders.arming import arm
from reminders.localise import write_local
from reminders.models import Delivery, Reminder, next_number
from reminders.schedule import fields_after_pause, first_fields

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


@transaction.atomic
def reschedule(reminder: Reminder, due: datetime, *, actor: str, **details: Any) -> bool:
    """Move the next occurrence to `due` (aware); what has ended waits again, a series keeps its rule.

    False if it was cancelled or has changed since it was read.
    """
    now = timezone.now()
    before = reminder.due_at
    fields = first_fields(reminder, due.astimezone(UTC), now)
    if not reminder.rules:
        fields["start_local"] = write_local(due.astimezone(reminder.zone))
    elif reminder.state in ALIVE:
        fields["moved_from"] = reminder.moved_from or before
    states = (*ALIVE, Reminder.State.FINISHED, Reminder.State.FAILED)
    fields |= {"state": Reminder.State.ACTIVE, "paused_until": None, "ended_at": None}
    fields["frozen"] = False
    if not reminder.change(*states, **fields):
        return False
    moved: dict[str, Any] = {
        "before": before.isoformat() if before else None,
        "due": due.isoformat(),
    }
    reminder.note("rescheduled", actor=actor, **moved, **details)
    arm(reminder)
    return True


@transaction.atomic
def pause(reminder: Reminder, until: datetime | None = None, *, actor: str, **details: Any) -> bool:
    """Hold it back until a moment or until it is resumed; False if it is not waiting."""
    state = Reminder.State
    if not reminder.change(state.ACTIVE, state.PAUSED, state=state.PAUSED, paused_until=until):
        return False
    reminder.note("paused", actor=actor, until=until.isoformat() if until else None, **details)
    arm(reminder)
    return True


@transaction.atomic
def resume(reminder: Reminder, *, actor: str, **details: Any) -> bool:
    """Let a paused one go on; what should have been said once meanwhile is said now, late."""
    fields = fields_after_pause(reminder, timezone.now())
    if not reminder.change(Reminder.State.PAUSED, paused_until=None, frozen=False, **fields):
        return False
    reminder.note("resumed", actor=actor, **details)
    arm(reminder)
    return True


@transaction.atomic
def edit_text(reminder: Reminder, text: str, *, actor: str, **details: Any) -> bool:
    """Say something else when it is due; False if nothing is left to say or it has changed."""
    before = reminder.text
    if not reminder.change(*ALIVE, text=text):
        return False
    reminder.note("edited", actor=actor, text_before=before, **details)
    arm(reminder)
    return True


@transaction.atomic
def retry(reminder: Reminder, *, actor: str, **details: Any) -> bool:
    """Say again at once what failed or may not have arrived; False if the last time went well."""
    last = reminder.deliveries.order_by("-claimed_at", "-pk").first()
    if last is None or last.state not in (Delivery.State.FAILED, Delivery.State.UNKNOWN):
        return False
    now, state = timezone.now(), Reminder.State
    again = {"fire_at": now, "due_at": now, "fire_kind": Reminder.Fire.DUE, "ended_at": None}
    if not reminder.change(state.ACTIVE, state.FAILED, state.FINISHED, state=state.ACTIVE, **again):
        return False
    reminder.note("retried", actor=actor, **details)
    arm(reminder)
    return True


@transaction.atomic
def duplicate(
    reminder: Reminder, due: datetime | None = None, *, actor: str, **details: Any
) -> Reminder | None:
    """Make another one like it, due at `due` or when it is due itself; None if that has passed."""
    due = due or reminder.due_at
    if due is None or due <= timezone.now():
        return None
    copy = Reminder.objects.get(pk=reminder.pk)
    copy.pk, copy.number, copy.request_id = None, next_number(reminder.chat), ""
    copy.state, copy.revision, copy.armed_revision = Reminder.State.ACTIVE, 1, 0
    copy.moved_from = reminder.moved_from if due == reminder.due_at else None
    copy.paused_until = copy.ended_at = copy.held_since = None
    copy.frozen, copy.unanswered = False, 0
    copy.created_at = timezone.now()
    if not copy.rules:
        copy.start_local = write_local(due.astimezone(copy.zone))
    for name, value in first_fields(copy, due.astimezone(UTC), copy.created_at).items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    copy.note("created", actor=actor, due=due.isoformat(), copy_of=reminder.pk, **details)
    arm(copy)
    return copy
