"""Create a reminder from a message in plain words, or say kindly why not."""

from django.conf import settings

from conversations.models import Chat
from conversations.replies import Reply, say
from conversations.router import Incoming
from reminders.chat.cards import set_card
from reminders.creating import Wish, create
from reminders.when.meaning import Kind, Meaning
from reminders.when.parse import parse


def read(chat: Chat, incoming: Incoming, text: str) -> Meaning:
    """Return what the text means for this chat now."""
    return parse(
        text,
        now=incoming.now,
        tz=chat.timezone or settings.TIME_ZONE,
        locale=chat.language or "en",
        clock=chat.clock,
        day_first=chat.day_first,
    )


def take_text(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take any text of a private chat as a reminder; in groups only commands are for the bot."""
    if incoming.command or not chat.is_private:
        return None
    return make(chat, incoming, incoming.arguments)


def remind(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /remind."""
    if not incoming.arguments:
        return say("reminders/how")
    return make(chat, incoming, incoming.arguments)


def make(chat: Chat, incoming: Incoming, text: str) -> Reply:
    """Create the reminder the text asks for, or answer what is missing."""
    meaning = read(chat, incoming, text)
    if meaning.kind not in {Kind.INSTANT, Kind.RECURRENCE}:
        return say("reminders/not_understood", meaning=meaning, kind=str(meaning.kind))
    if meaning.needs_zone and not chat.timezone:
        return say("reminders/zone_needed", meaning=meaning)
    said = incoming.said
    wish = Wish(
        text=meaning.subject or text,
        creator_id=said.sender.id,
        creator_name=said.sender.first_name,
        request_id=incoming.request_id,
        thread_id=said.thread_id,
        source_message_id=said.message_id,
    )
    return Reply([set_card(create(chat, wish, meaning))])
