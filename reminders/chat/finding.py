"""Find the reminder that a message, a number or a button is about."""

from conversations.models import Chat, Message
from conversations.router import Incoming
from reminders.chat.exchange import key_of, numbers_in
from reminders.models import Delivery, Reminder


def by_pk(chat: Chat, pk: str) -> Reminder | None:
    """Return the chat's reminder with this key, as buttons carry it."""
    reminder = Reminder.objects.filter(chat=chat, pk=key_of(pk)).first()
    return _with_chat(reminder, chat)


def by_number(chat: Chat, number: int) -> Reminder | None:
    """Return the chat's reminder with this number."""
    return _with_chat(Reminder.objects.filter(chat=chat, number=number).first(), chat)


def delivery_by_pk(chat: Chat, pk: str) -> Delivery | None:
    """Return the delivery with this key, if it was made in this chat."""
    found = Delivery.objects.filter(reminder__chat=chat, pk=key_of(pk)).select_related(
        "reminder", "message"
    )
    delivery = found.first()
    if delivery is not None:
        delivery.reminder.chat = chat
    return delivery


def delivery_answered(chat: Chat, incoming: Incoming) -> Delivery | None:
    """Return the delivery whose message this one answers."""
    if not (incoming.said.reply_to_own and incoming.said.reply_to_message_id):
        return None
    return delivery_in(chat, incoming.said.reply_to_message_id)


def delivery_in(chat: Chat, message_id: int) -> Delivery | None:
    """Return the delivery that a message of the bot is."""
    found = Delivery.objects.filter(message__chat=chat, message__message_id=message_id)
    delivery = found.select_related("reminder", "message").order_by("-pk").first()
    if delivery is not None:
        delivery.reminder.chat = chat
    return delivery


def about(chat: Chat, message_id: int) -> Reminder | None:
    """Return the reminder that a message is about: its source, its confirmation or its delivery."""
    made_from = (
        Reminder.objects.filter(chat=chat, source_message_id=message_id).order_by("-pk").first()
    )
    if made_from is not None:
        return _with_chat(made_from, chat)
    delivery = delivery_in(chat, message_id)
    if delivery is not None:
        return delivery.reminder
    row = Message.objects.filter(
        chat=chat, message_id=message_id, direction=Message.Direction.OUT
    ).first()
    kind, _, pk = str(row.params.get("tag", "")).partition(":") if row else ("", "", "")
    if kind == "draft":
        return _with_chat(Reminder.objects.filter(chat=chat, drafts__pk=pk).first(), chat)
    return by_pk(chat, pk) if kind == "reminder" else None


def meant(chat: Chat, incoming: Incoming) -> list[int]:
    """Return the numbers in a command's words or, without any, that of the reminder it answers."""
    numbers = list(dict.fromkeys(numbers_in(incoming.arguments)))
    if numbers or not incoming.said.reply_to_message_id:
        return numbers
    reminder = about(chat, incoming.said.reply_to_message_id)
    return [reminder.number] if reminder else []


def _with_chat(reminder: Reminder | None, chat: Chat) -> Reminder | None:
    if reminder is not None:
        reminder.chat = chat
    return reminder
