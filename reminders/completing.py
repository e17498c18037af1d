"""What an answer to a reminder does: done, put off, asked no more, the next one skipped."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from reminders import schedule
from reminders.arming import arm
from reminders.localise import write_local
from reminders.locking import hold
from reminders.models import Delivery, Reminder, next_number

ALIVE = (Reminder.State.ACTIVE, Reminder.State.PAUSED)


def _answered(delivery: Delivery, **fields: Any) -> bool:
    """Note the answer once for the whole occurrence, however often it was asked again.

    The reminder's row is held, so the first of two presses wins; the second learns how it ended.
    """
    occurrence = Delivery.objects.filter(reminder=delivery.reminder_id, due_at=delivery.due_at)
    if delivery.kind == Reminder.Fire.ALERT:  # what is only announced is still to come
        occurrence = occurrence.filter(pk=delivery.pk)
    else:
        occurrence = occurrence.exclude(kind=Reminder.Fire.ALERT)
    before = occurrence.exclude(done_at=None, snoozed_until=None).first()
    if before is None:
        occurrence.update(**fields)
    for name in ("done_at", "done_by", "snoozed_until"):
        setattr(
            delivery,
            name,
            getattr(before, name) if before else fields.get(name, getattr(delivery, name)),
        )
    return before is None


def _change(reminder: Reminder, *states: Reminder.State, **fields: Any) -> None:
    """Change the row that is held; anything else than success is a fault of the caller."""
    chat = reminder.chat
    if fields and not reminder.change(*states, **fields):
        raise RuntimeError("a reminder that is held cannot have changed")
    reminder.chat = chat


@transaction.atomic
def done(delivery: Delivery, *, by: str, actor: str) -> bool:
    """Mark an occurrence done; False if it was answered before."""
    now, reminder = timezone.now(), delivery.reminder
    hold(reminder)
    if not _answered(delivery, done_at=now, done_by=by[:255]):
        return False
    fields = schedule.fields_after_done(reminder, delivery.due_at, now)
    _change(reminder, *Reminder.State, **fields, unanswered=0)
    reminder.note("done", actor=actor, delivery=delivery.pk)
    arm(reminder)
    return True


@transaction.atomic
def snooze(
    delivery: Delivery, until: datetime, *, by: str, actor: str, text: str = ""
) -> Reminder | None:
    """Say it again at `until` (aware): what comes once is moved, a series stays and gets a child.

    `text` are its words then, if they change. Returns the reminder that will say it; None if the
    occurrence was answered before.
    """
    now, reminder = timezone.now(), delivery.reminder
    hold(reminder)
    if not _answered(delivery, snoozed_until=until):
        return None
    if reminder.is_series or delivery.kind == Reminder.Fire.ALERT:
        child = _child(reminder, until.astimezone(UTC), now, text or reminder.text)
        ended = (
            schedule.fields_after_occurrence(reminder, now)
            if _asks_still(reminder, delivery)
            else {}
        )
        _change(reminder, *Reminder.State, **ended, unanswered=0)
    else:
        child = reminder
        active = {
            "state": Reminder.State.ACTIVE,
            "paused_until": None,
            "ended_at": None,
            "unanswered": 0,
        }
        fields = schedule.first_fields(reminder, until.astimezone(UTC), now)
        local = until.astimezone(reminder.zone)
        words = {"text": text} if text else {}
        alone = {"start_local": write_local(local), "alerts": [], **words}
        _change(
            reminder, *Reminder.State, **{**active, **fields, **alone, "fire_at": fields["due_at"]}
        )
    reminder.note(
        "snoozed", actor=actor, delivery=delivery.pk, until=until.isoformat(), child=child.number
    )
    arm(reminder)
    return child


def _asks_still(reminder: Reminder, delivery: Delivery) -> bool:
    same = reminder.due_at == delivery.due_at
    return bool(same and reminder.fire_kind == Reminder.Fire.NAG and reminder.fire_at)


def _child(series: Reminder, due: datetime, now: datetime, text: str) -> Reminder:
    child = Reminder(
        chat=series.chat,
        number=next_number(series.chat),
        parent=series,
        origin=Reminder.Origin.SNOOZE,
        start_local=write_local(due.astimezone(series.zone)),
        text=text,
        **{name: getattr(series, name) for name in _INHERITED},
    )
    for name, value in schedule.first_fields(child, due, now).items():
        setattr(child, name, value)
    child.save(force_insert=True)
    child.note("created", actor="bot", due=due.isoformat(), snoozed_from=series.number)
    arm(child)
    return child


_INHERITED = (
    "creator_id", "creator_name", "thread_id", "source_message_id", "answers_source",
    "attachment", "timezone", "nag_every", "nag_times", "urgent", "late_after", "useless_after",
)  # fmt: skip


@transaction.atomic
def stop_asking(delivery: Delivery, *, actor: str) -> bool:
    """Ask no more about this occurrence; False if it is not being asked about."""
    reminder, now = delivery.reminder, timezone.now()
    hold(reminder)
    if not _asks_still(reminder, delivery):
        return False
    _change(reminder, *ALIVE, **schedule.fields_after_occurrence(reminder, now))
    reminder.note("asked no more", actor=actor, delivery=delivery.pk)
    arm(reminder)
    return True


@transaction.atomic
def skip_next(reminder: Reminder, *, actor: str) -> datetime | None:
    """Leave out the next occurrence of a series; return it, or None if there is none to leave out."""
    hold(reminder)
    now, skipped = timezone.now(), reminder.due_at
    if not reminder.rules or skipped is None or reminder.state != Reminder.State.ACTIVE:
        return None
    if skipped <= now:  # being asked about: the next one is the one after
        fields = schedule.fields_after_occurrence(reminder, now)
        if fields.get("fire_at") is None:
            return None
        skipped = fields["due_at"]
    _change(reminder, Reminder.State.ACTIVE, **schedule.fields_after_occurrence(reminder, skipped))
    reminder.note("skipped next", actor=actor, due=skipped.isoformat())
    arm(reminder)
    return skipped


@transaction.atomic
def set_urgent(reminder: Reminder, *, actor: str) -> bool:
    """Let it ring through quiet hours; False if it does already or has ended."""
    hold(reminder)
    if reminder.urgent or reminder.state not in ALIVE:
        return False
    fields: dict[str, Any] = {"urgent": True}
    if reminder.held_since:
        fields |= {"fire_at": max(reminder.held_since, timezone.now()), "held_since": None}
    _change(reminder, *ALIVE, **fields)
    reminder.note("made urgent", actor=actor)
    arm(reminder)
    return True


@transaction.atomic
def set_nagging(reminder: Reminder, every: int | None, times: int | None, *, actor: str) -> bool:
    """Ask again every so many seconds until done, or (None) only once."""
    hold(reminder)
    if reminder.state not in ALIVE or reminder.nag_every == every:
        return False
    _change(reminder, *ALIVE, nag_every=every, nag_times=times)
    reminder.note("asks until done" if every else "asks once", actor=actor, every=every)
    arm(reminder)
    return True


@transaction.atomic
def set_useless_after(reminder: Reminder, seconds: int | None, *, actor: str) -> bool:
    """Skip it when it would come later than this many seconds; None: never too late."""
    hold(reminder)
    if reminder.state not in ALIVE:
        return False
    _change(reminder, *ALIVE, useless_after=seconds)
    reminder.note("useless after", actor=actor, seconds=seconds)
    arm(reminder)
    return True


@transaction.atomic
def keep(reminder: Reminder, *, actor: str) -> bool:
    """Note that a series is still wanted."""
    hold(reminder)
    if reminder.state not in ALIVE:
        return False
    _change(reminder, *ALIVE, unanswered=0)
    reminder.note("kept", actor=actor)
    return True
