"""Write a message into a chat: its number, its row, and what everybody is told about it."""

from typing import Any

from bots.sandbox.models import AcceptedCall, Chat, Message, Person, SandboxBot
from bots.sandbox.params import Params
from bots.sandbox.rows import count_up
from bots.sandbox.updates import note_change, queue_message


def write_message(
    chat: Chat,
    content: dict[str, Any],
    *,
    person: Person | None = None,
    bot: SandboxBot | None = None,
    **fields: Any,
) -> Message:
    """Add a message to the chat under the next number of its counter, and show it on the page."""
    owner = chat if chat.has_own_counter else chat.bot
    if owner is None:
        raise ValueError(f"chat {chat.pk} has no counter")
    number = count_up(owner, "last_message_id")
    message = Message.objects.create(
        chat=chat, message_id=number, content=content, person=person, bot=bot, **fields
    )
    note_change("message", chat, message)
    return message


def write_and_tell(chat: Chat, content: dict[str, Any], **fields: Any) -> Message:
    """Add a person's or a service message and queue it for the bots in the chat."""
    message = write_message(chat, content, **fields)
    queue_message(message)
    return message


def find_message(chat: Chat, number: int) -> Message | None:
    """Return a message of the chat that is still there."""
    found = chat.messages.filter(message_id=number, deleted_at=None)
    return found.select_related("chat__person", "chat__bot", "person", "bot").first()


def readable_text(content: dict[str, Any]) -> str:
    """Return the text or caption of a message's content."""
    return str(content.get("text", content.get("caption", "")))


def record_call(bot: SandboxBot, params: Params, chat: Chat, message: Message | None) -> None:
    """Add an accepted call to the log the tests compare with."""
    AcceptedCall.objects.create(
        bot=bot,
        method=params.method,
        chat_number=chat.number,
        message_id=message.message_id if message else params.integer("message_id") or None,
        text=readable_text(message.content) if message else "",
        payload=params.for_the_log(),
    )
