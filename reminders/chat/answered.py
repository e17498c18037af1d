"""What a reminder that came looks like once it has been answered, and what an old copy is told."""

from typing import Any

from conversations.models import Chat
from conversations.replies import Button, Change, Reply, Toast, say
from conversations.router import Incoming
from reminders.chat import undoing
from reminders.chat.due import delivery_card
from reminders.models import Delivery


def answered_before(chat: Chat, incoming: Incoming, delivery: Delivery) -> Reply:
    """Say how it was answered before, and take the buttons off an old copy."""
    zone = delivery.reminder.zone
    done = delivery.done_at.astimezone(zone) if delivery.done_at else None
    until = delivery.snoozed_until.astimezone(zone) if delivery.snoozed_until else None
    context: dict[str, Any] = {"chat": chat, "done": done, "until": until}
    if incoming.said.event != "callback":
        return say("reminders/toast_answered", **context)
    return Reply(
        [Toast("reminders/toast_answered", context), *undoing.without_old_buttons(chat, incoming)]
    )


def undo_button(
    chat: Chat, incoming: Incoming, delivery: Delivery, before: dict[str, object]
) -> Button:
    """Return the button that takes the answer back."""
    step = undoing.restoring(delivery.reminder, before, delivery=delivery.pk)
    return undoing.offer(chat, incoming.said.sender.id, [step])


def shown(chat: Chat, incoming: Incoming, delivery: Delivery, status: str, undo: Button) -> Change:
    """Return the delivered message with what became of it."""
    card = delivery_card(delivery.reminder, delivery, status=status)
    zone = delivery.reminder.zone
    answered = {
        "done": delivery.done_at.astimezone(zone) if delivery.done_at else None,
        "until": delivery.snoozed_until.astimezone(zone) if delivery.snoozed_until else None,
    }
    return Change(incoming.said.message_id, card.template, {**card.context, **answered}, [[undo]])
