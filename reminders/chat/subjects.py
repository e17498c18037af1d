"""What may be kept of people's words: visible, not too long, and turning nothing around."""

import re

from bots.text import cut_utf16, utf16_length, without_turns
from conversations.models import Chat, Message
from conversations.router import split_command
from reminders.models import Reminder

LONGEST_SUBJECT = 3000  # UTF-16 units: a card has room for it in one message

_ME = re.compile(r"(?:me|us)(?:\s+|$)", re.IGNORECASE)


def shortened(text: str) -> str:
    """Return as much of the words as a card has room for."""
    return cut_utf16(without_turns(text), LONGEST_SUBJECT).strip()


def joined(text: str, words: str) -> str:
    """Return the text with more words behind it; where there is too little room, they are kept whole."""
    words = shortened(words)
    room = LONGEST_SUBJECT - utf16_length(words) - 2
    text = cut_utf16(text, max(0, room)).rstrip(" .,;")
    return f"{text}, {words}" if text else words


def without_me(words: str) -> str:
    """Return what follows "/remind me": the command says the rest of that already."""
    return words[match.end() :] if (match := _ME.match(words)) else words


def original_words(chat: Chat, reminder: Reminder) -> str:
    """Return the words of the message a reminder was made from, as they are now."""
    row = Message.objects.filter(
        chat=chat, message_id=reminder.source_message_id, direction=Message.Direction.IN
    ).exclude(kind__in=("edit", "callback")).first()  # fmt: skip
    if row is None:
        return ""
    command, words = split_command(row.text, chat.bot.username)
    return without_me(words) if command else words
