"""What came due while the bot was blocked: kept, counted, and offered on the return."""

from django.db import transaction
from django.utils import timezone

from conversations import outbox
from conversations.models import Chat
from conversations.replies import Button, Reply, Toast
from conversations.router import Incoming
from reminders import changing, schedule
from reminders.arming import arm
from reminders.chat import labels
from reminders.chat.exchange import Card, actor, show
from reminders.locking import hold
from reminders.models import Reminder

MOST = 200


def greet(chat: Chat, incoming: Incoming) -> None:
    """Tell somebody who is back what came due meanwhile."""
    said = incoming.said
    is_back = incoming.command == "start" or (
        said.event == "member" and chat.state == Chat.State.ACTIVE
    )
    if not is_back:
        return
    count = Reminder.objects.filter(chat=chat, state=Reminder.State.PAUSED, frozen=True).count()
    if count:
        buttons = [[Button(labels.show(), "b1:show"), Button(labels.drop(), "b1:drop")]]
        card = Card("reminders/while_away", {"chat": chat, "count": count}, buttons)
        outbox.post(chat, [card.say()], f"back:{incoming.request_id}")


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer the buttons: say everything now, or drop it. What repeats goes on either way."""
    drop = incoming.said.callback_data.endswith(":drop")
    frozen = Reminder.objects.filter(chat=chat, state=Reminder.State.PAUSED, frozen=True)
    count = sum(
        _thaw(reminder, actor(incoming), drop=drop) for reminder in frozen.order_by("due_at")[:MOST]
    )
    card = Card("reminders/back", {"chat": chat, "count": count, "dropped": drop})
    return Reply([Toast(), *show(incoming, card)])


@transaction.atomic
def _thaw(reminder: Reminder, who: str, *, drop: bool) -> bool:
    hold(reminder)
    if reminder.state != Reminder.State.PAUSED or not reminder.frozen:
        return False
    if drop and not reminder.is_series:
        return changing.cancel(reminder, actor=who)
    fields = schedule.fields_after_pause(reminder, timezone.now())
    if not reminder.change(frozen=False, paused_until=None, **fields):
        return False
    reminder.note("resumed", actor=who)
    arm(reminder)
    return True
