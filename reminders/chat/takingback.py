"""Answer the Undo button: what was changed is as it was, and what had come is asked about again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from conversations.models import Chat
from conversations.replies import Change, Effect, Reply, Toast, say, toast
from conversations.router import Incoming
from reminders import changing
from reminders.arming import arm
from reminders.chat import finding
from reminders.chat.cards import basics
from reminders.chat.due import delivery_card
from reminders.chat.exchange import Card, actor, key_of, show
from reminders.chat.models import Undo
from reminders.chat.undoing import KEPT, MOMENTS
from reminders.models import Delivery, Reminder


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer a press of an Undo button."""
    pk = incoming.said.callback_data.partition(":")[2]
    undo = Undo.objects.filter(chat=chat, pk=key_of(pk)).first()
    if undo is None or undo.user_id not in {0, incoming.said.sender.id}:
        return toast("reminders/toast_not_your_undo")
    if undo.used_at:
        return toast("reminders/toast_undone")
    if undo.expires_at < timezone.now() or not undo.use():
        return Reply([Toast("reminders/toast_undo_late"), Change(incoming.said.message_id)])
    return _taken_back(chat, incoming, undo)


def last(chat: Chat, incoming: Incoming) -> Reply:
    """Answer "undo": take back what the person did last."""
    mine = Undo.objects.filter(chat=chat, user_id__in=(0, incoming.said.sender.id), used_at=None)
    undo = mine.filter(expires_at__gt=timezone.now()).order_by("-pk").first()
    if undo is None or not undo.use():
        return say("reminders/undo_nothing")
    return _taken_back(chat, incoming, undo)


def _taken_back(chat: Chat, incoming: Incoming, undo: Undo) -> Reply:
    done = [step for step in undo.steps if _take_back(chat, step, actor(incoming))]
    answered = next((step["delivery"] for step in done if "delivery" in step), None)
    delivery = finding.delivery_by_pk(chat, str(answered)) if answered else None
    card = _card(chat, done, missed=len(undo.steps) - len(done))
    if delivery is None:
        return Reply([*show(incoming, card)])
    return Reply(_asked_again(incoming, delivery, card))


def _card(chat: Chat, done: list[dict[str, Any]], *, missed: int) -> Card:
    """Return what was taken back; the number of what was put off was never shown to anybody."""
    found = Reminder.objects.select_related("chat").in_bulk([step["reminder"] for step in done])
    pairs = [(found[s["reminder"]], "before" in s) for s in done if s["reminder"] in found]
    back = [
        (reminder, restored)
        for reminder, restored in pairs
        if restored or reminder.origin != Reminder.Origin.SNOOZE
    ]
    context: dict[str, Any] = {"chat": chat, "back": back, "missed": missed}
    if len(back) == 1 and back[0][1] and back[0][0].state == Reminder.State.ACTIVE:
        context |= basics(chat, back[0][0], only=back[0][0])
    return Card("reminders/undone", context)


def _asked_again(incoming: Incoming, delivery: Delivery, card: Card) -> list[Effect]:
    """Return the reminder as it came, with its buttons; words that put it off say so below it."""
    asked = delivery_card(delivery.reminder, delivery)
    pressed = incoming.said.message_id
    sent = delivery.message.message_id if delivery.message else None
    if sent and sent != pressed:
        return [*show(incoming, card), Change(sent, asked.template, asked.context, asked.buttons)]
    return [
        Toast("reminders/toast_taken_back"),
        Change(pressed, asked.template, asked.context, asked.buttons),
    ]


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
