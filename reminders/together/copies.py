"""Tell those who said "me too" in their own chats: each gets a reminder of their own, to do or put off."""

from django.utils import translation

from conversations import outbox
from conversations.models import Chat
from conversations.replies import Change, Reply, Say, Toast
from conversations.router import Incoming
from reminders.chat import finding
from reminders.chat.due import delivery_buttons
from reminders.chat.exchange import key_of
from reminders.creating import Wish, create
from reminders.models import Delivery, Reminder
from reminders.together.joining import private_chat
from reminders.together.models import Joiner
from reminders.when.meaning import Kind, Meaning


def tell(reminder: Reminder, delivery: Delivery) -> None:
    """Tell those who joined, in the transaction that claims the delivery."""
    if reminder.chat.is_private or delivery.kind == Reminder.Fire.NAG:
        return
    found = [(private_chat(reminder, one.user_id), one) for one in reminder.joiners.all()]
    # Rows of chats are always locked in the same order.
    for chat, joiner in sorted(found, key=lambda one: one[0].pk if one[0] else 0):
        if chat is None:
            continue
        if delivery.kind == Reminder.Fire.ALERT:
            _announce(chat, reminder, delivery)
        else:
            _copy(chat, reminder, delivery, joiner)


def _announce(chat: Chat, reminder: Reminder, delivery: Delivery) -> None:
    due = delivery.due_at.astimezone(reminder.zone)
    early = round((delivery.due_at - delivery.claimed_at).total_seconds() / 60) * 60
    with translation.override(chat.language or "en"):
        context = {"chat": chat, "reminder": reminder, "due": due, "early": early}
        outbox.post(chat, [Say("together/soon", context)], f"joined:{delivery.pk}:{chat.pk}")


def _copy(chat: Chat, reminder: Reminder, delivery: Delivery, joiner: Joiner) -> None:
    zone = chat.timezone or reminder.timezone
    wish = Wish(reminder.text, joiner.user_id, joiner.name, f"joined:{delivery.pk}")
    meaning = Meaning(Kind.INSTANT, reminder.text, delivery.due_at, urgent=reminder.urgent)
    create(
        chat, wish, meaning, timezone=zone, parent=reminder, origin=Reminder.Origin.JOINED,
        useless_after=reminder.useless_after,
    )  # fmt: skip


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer "Not me any more" below a copy: its other buttons stay."""
    _prefix, pk, *_rest = f"{incoming.said.callback_data}:".split(":")
    delivery = finding.delivery_by_pk(chat, str(key_of(pk)))
    if delivery is None:
        return Reply([Toast("reminders/toast_gone")])
    copy = delivery.reminder
    Joiner.objects.filter(reminder=copy.parent_id, user_id=incoming.said.sender.id).delete()
    is_open = not (delivery.done_at or delivery.snoozed_until)
    buttons = delivery_buttons(copy, delivery) if is_open else []
    return Reply([Toast("together/out_again"), Change(incoming.said.message_id, buttons=buttons)])
