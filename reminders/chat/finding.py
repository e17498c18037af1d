"""Find the reminder that a message, a number or a button is about."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from conversations.models import Chat, Message
from conversations.router import Incoming
from reminders import changing
from reminders.chat.exchange import key_of, numbers_in
from reminders.models import Delivery, Reminder

LAST_OPEN = timedelta(days=1)
MOST = 500  # of one chat that are looked through


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


def last_that_came(chat: Chat, *conditions: Q, **mine: Any) -> Delivery | None:
    """Return the last delivery, of those these conditions hold for, that somebody may have seen."""
    states = [Delivery.State.SENT, Delivery.State.UNKNOWN, Delivery.State.CLAIMED]
    found = Delivery.objects.filter(*conditions, reminder__chat=chat, state__in=states, **mine)
    delivery = found.select_related("reminder", "message").order_by("-pk").first()
    if delivery is not None:
        delivery.reminder.chat = chat
    return delivery


def last_open(chat: Chat, now: datetime) -> Delivery | None:
    """Return what came last within a day and is neither done nor put off."""
    seen = ~Q(kind=Reminder.Fire.ALERT), ~Q(reminder__state=Reminder.State.CANCELLED)
    since = now - LAST_OPEN
    return last_that_came(chat, *seen, done_at=None, snoozed_until=None, claimed_at__gt=since)


def by_words(chat: Chat, words: str) -> list[Reminder]:
    """Return what is still to come and has all these words; only those of just these words, if any."""
    wanted = words.casefold().split()
    alive = Reminder.objects.filter(chat=chat, state__in=changing.ALIVE).order_by(
        "due_at", "number"
    )[:MOST]
    found = [one for one in alive if wanted and _has_words(one.text, wanted)]
    for reminder in found:
        reminder.chat = chat
    return [one for one in found if one.text.casefold().split() == wanted] or found


def _has_words(text: str, wanted: list[str]) -> bool:
    has = re.findall(r"\w+", text.casefold())
    return all(set(re.findall(r"\w+", word)) <= set(has) for word in wanted)


def due_at(chat: Chat, due: datetime | None) -> list[Reminder]:
    """Return what comes next at this moment."""
    if due is None:
        return []
    found = list(Reminder.objects.filter(chat=chat, state__in=changing.ALIVE, due_at=due)[:MOST])
    for reminder in found:
        reminder.chat = chat
    return found


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
