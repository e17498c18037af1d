"""Claim a firing, and record how it ended. One conditional UPDATE decides between sent and cancelled."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from conversations import outbox
from conversations.models import Chat, Message
from reminders import schedule
from reminders.arming import arm
from reminders.chat.due import delivery_card, without_buttons
from reminders.contracts import Claim, Claimed, Plan, Recorded
from reminders.locking import lock_chat_of
from reminders.models import Delivery, Reminder
from reminders.together import copies

logger = logging.getLogger(__name__)


def plan(reminder_id: int) -> Plan:
    """Return when the reminder fires next, and note that its workflow knows this revision."""
    reminder = Reminder.objects.filter(pk=reminder_id).first()
    if reminder is None:
        return Plan()
    if reminder.armed_revision != reminder.revision:
        Reminder.objects.filter(pk=reminder_id).update(armed_revision=reminder.revision)
    if (claimed := _unfinished(reminder_id)) is not None:
        return Plan(claimed.claimed_at, reminder.revision, waits=True)
    if reminder.state == Reminder.State.PAUSED:
        return Plan(reminder.paused_until, reminder.revision, waits=True)
    if reminder.state != Reminder.State.ACTIVE:
        return Plan()
    return Plan(reminder.fire_at, reminder.revision, waits=True)


def _unfinished(reminder_id: int) -> Delivery | None:
    """Return what was claimed without its workflow hearing of it: the process died or froze right then."""
    return Delivery.objects.filter(reminder=reminder_id, state=Delivery.State.CLAIMED).first()


@transaction.atomic
def claim(order: Claim) -> Claimed:
    """Take the firing if the row still says so, write its delivery and its outbox row.

    A row that has changed, a chat that is closed or a time that has not come gives an empty claim.
    """
    now = timezone.now()
    if (claimed := _unfinished(order.reminder_id)) is not None:
        return Claimed(claimed.pk, claimed.message_id or 0)
    lock_chat_of(order.reminder_id)
    reminder = Reminder.objects.select_related("chat").filter(pk=order.reminder_id).first()
    if reminder is None or reminder.revision != order.revision:
        return Claimed()
    if reminder.state == Reminder.State.PAUSED:
        return _wake_up(reminder, now)
    if reminder.fire_at is None or reminder.due_at is None or reminder.fire_at > now:
        return Claimed()
    if reminder.chat.state != Chat.State.ACTIVE:
        return _freeze(reminder)
    return _take(reminder, reminder.due_at, reminder.fire_at, now)


def _take(reminder: Reminder, due: datetime, planned: datetime, now: datetime) -> Claimed:
    delivery = Delivery(
        reminder=reminder,
        due_at=due,
        kind=reminder.fire_kind,
        number=_number(reminder),
        planned_at=planned,
        held_since=reminder.held_since,
        missed=schedule.missed(reminder, now) if reminder.fire_kind != Reminder.Fire.ALERT else 0,
        claimed_at=now,
    )
    late = (now - delivery.planned_at).total_seconds()
    is_useless = reminder.useless_after is not None and late > reminder.useless_after
    repeats = _may_repeat(reminder)
    fields = schedule.fields_after(reminder, now)
    if delivery.kind == Reminder.Fire.DUE:
        fields["unanswered"] = reminder.unanswered + 1
    if not reminder.change(Reminder.State.ACTIVE, **fields):
        return Claimed()
    delivery.save()
    delivery.message = _write_message(reminder, delivery, useless=is_useless, repeats=repeats)
    if is_useless:
        delivery.reason = "too late to be of use"
    delivery.save()
    return Claimed(delivery.pk, delivery.message.pk)


def _number(reminder: Reminder) -> int:
    if reminder.fire_kind == Reminder.Fire.NAG:
        return reminder.nag_count
    if reminder.fire_kind == Reminder.Fire.ALERT and reminder.due_at and reminder.fire_at:
        return int((reminder.due_at - reminder.fire_at).total_seconds())
    return 0


def _may_repeat(reminder: Reminder) -> bool:
    """Whether an operator wants it said again, though nobody knows if the last one arrived."""
    last = reminder.deliveries.order_by("-claimed_at", "-pk").first()
    if last is None or last.state != Delivery.State.UNKNOWN:
        return False
    return reminder.events.filter(verb="retried", at__gte=last.claimed_at).exists()


def _write_message(
    reminder: Reminder, delivery: Delivery, *, useless: bool, repeats: bool
) -> Message:
    with translation.override(reminder.chat.language or "en"):
        if delivery.kind == Reminder.Fire.NAG:
            _silence_earlier(reminder, delivery)
        card = delivery_card(reminder, delivery, useless=useless)
        rows = outbox.write(
            reminder.chat, [card], f"delivery:{delivery.pk}", thread_id=reminder.thread_id,
            possible_repeat=repeats,
        )  # fmt: skip
    if not useless:
        copies.tell(reminder, delivery)
    return rows[-1]


def _silence_earlier(reminder: Reminder, delivery: Delivery) -> None:
    """Take the buttons off the message that this one asks again."""
    earlier = (
        Delivery.objects.filter(reminder=reminder, due_at=delivery.due_at, state="sent")
        .exclude(pk=delivery.pk)
        .exclude(kind=Reminder.Fire.ALERT)
        .select_related("message")
        .order_by("-pk")
        .first()
    )
    if earlier and earlier.message and earlier.message.message_id:
        effect = without_buttons(earlier.message.message_id)
        outbox.post(reminder.chat, [effect], f"silence:{delivery.pk}")


def _wake_up(reminder: Reminder, now: datetime) -> Claimed:
    """A pause has run out: go on with the next occurrence that lies ahead."""
    if reminder.paused_until is None or reminder.paused_until > now:
        return Claimed()
    fields = schedule.fields_after_pause(reminder, now)
    if reminder.change(Reminder.State.PAUSED, paused_until=None, **fields):
        reminder.note("resumed", actor="bot")
        arm(reminder)
    return Claimed()


def _freeze(reminder: Reminder) -> Claimed:
    """Nobody can be reached there: keep the reminder, send nothing, wait for a return."""
    if reminder.change(
        Reminder.State.ACTIVE, state=Reminder.State.PAUSED, paused_until=None, frozen=True
    ):
        reminder.note("frozen", actor="bot", chat=reminder.chat.state)
    return Claimed()


@transaction.atomic
def record(outcome: Recorded) -> Plan:
    """Write down how a delivery ended; a repeat changes nothing. Returns when the reminder fires next."""
    rows = Delivery.objects.select_related("reminder", "message")
    if (delivery := rows.filter(pk=outcome.delivery_id).first()) is None:
        return Plan()  # forgotten meanwhile
    if delivery.state == Delivery.State.CLAIMED:
        _write_down(delivery, outcome)
    return plan(delivery.reminder_id)


def _write_down(delivery: Delivery, outcome: Recorded) -> None:
    delivery.state = _state(delivery, outcome.state)
    if delivery.message and delivery.message.sent_at:
        delivery.delivered_at = delivery.message.sent_at
        delivery.lateness = (delivery.delivered_at - delivery.planned_at).total_seconds()
    delivery.reason = delivery.reason or outcome.error[:200]
    delivery.save()
    reminder = delivery.reminder
    reminder.note(
        delivery.state,
        actor="bot",
        delivery=delivery.pk,
        kind=delivery.kind,
        late=delivery.lateness,
    )
    if delivery.state == Delivery.State.FAILED and not reminder.is_series:
        reminder.change(state=Reminder.State.FAILED, fire_at=None, ended_at=timezone.now())
    logger.info(
        "delivery",
        extra={"reminder": reminder.pk, "state": delivery.state, "late": delivery.lateness},
    )


def _state(delivery: Delivery, state: str) -> str:
    if delivery.reason or state == Message.State.WITHDRAWN:
        return Delivery.State.SKIPPED
    return state if state in Delivery.State.values else Delivery.State.UNKNOWN
