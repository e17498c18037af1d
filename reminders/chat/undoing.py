"""Take back the last action: for ten minutes every change can be undone by a button."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from conversations.models import Chat
from conversations.replies import Button, Change, Reply, Toast, toast
from conversations.router import Incoming
from reminders import changing
from reminders.arming import arm
from reminders.chat import labels
from reminders.chat.exchange import Card, actor, key_of, show
from reminders.chat.models import UNDO_LIFE, Undo
from reminders.models import Delivery, Reminder

KEPT = (
    "state", "text", "due_at", "moved_from", "fire_at", "fire_kind", "nag_count", "held_since", "unanswered",
    "timezone", "start_local", "rules", "after_done", "nag_every", "nag_times", "alerts", "urgent",
    "useless_after", "paused_until", "ended_at",
)  # fmt: skip
MOMENTS = ("due_at", "moved_from", "fire_at", "held_since", "paused_until", "ended_at")


def snapshot(reminder: Reminder) -> dict[str, Any]:
    """Return the columns a change may touch, as JSON."""
    values = {name: getattr(reminder, name) for name in KEPT}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def restoring(reminder: Reminder, before: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the step that gives a reminder, changed just now, its earlier columns again."""
    return {"reminder": reminder.pk, "revision": reminder.revision, "before": before, **more}


def cancelling(reminder: Reminder) -> dict[str, Any]:
    """Return the step that takes back a creation."""
    return {"reminder": reminder.pk}


def offer(chat: Chat, user_id: int, steps: list[dict[str, Any]]) -> Button:
    """Return the button that takes these steps back."""
    expires = timezone.now() + UNDO_LIFE
    undo = Undo.objects.create(chat=chat, user_id=user_id, steps=steps, expires_at=expires)
    return Button(labels.undo(), f"u1:{undo.pk}")


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer a press of an Undo button."""
    pk = incoming.said.callback_data.partition(":")[2]
    undo = Undo.objects.filter(chat=chat, pk=key_of(pk)).first()
    if undo is None or undo.user_id not in {0, incoming.said.sender.id}:
        return toast("reminders/toast_not_yours")
    if undo.used_at:
        return toast("reminders/toast_undone")
    if undo.expires_at < timezone.now() or not undo.use():
        return Reply([Toast("reminders/toast_undo_late"), Change(incoming.said.message_id)])
    done = [step for step in undo.steps if _take_back(chat, step, actor(incoming))]
    found = {r.pk: r for r in Reminder.objects.filter(pk__in=[s["reminder"] for s in undo.steps])}
    back = [(found[s["reminder"]], "before" in s) for s in done if s["reminder"] in found]
    card = Card(
        "reminders/undone", {"chat": chat, "back": back, "missed": len(undo.steps) - len(done)}
    )
    return Reply([*show(incoming, card)])


@transaction.atomic
def _take_back(chat: Chat, step: dict[str, Any], who: str) -> bool:
    reminder = Reminder.objects.filter(chat=chat, pk=step["reminder"]).first()
    if reminder is None:
        return False
    if "before" not in step:
        return changing.cancel(reminder, actor=who, undo=True)
    if reminder.revision != step["revision"]:
        return False
    if not reminder.change(**_read(step["before"])):
        return False
    if "delivery" in step:
        answered = Delivery.objects.filter(pk=step["delivery"], reminder=reminder)
        Delivery.objects.filter(reminder=reminder, due_at__in=answered.values("due_at")).update(
            done_at=None, done_by="", snoozed_until=None
        )
    reminder.note("undone", actor=who)
    arm(reminder)
    return True


def _read(before: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if value and name in MOMENTS else value
        for name, value in before.items()
        if name in KEPT
    }
