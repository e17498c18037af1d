"""Turn rows into the objects of the Bot API."""

from typing import Any

from bots.sandbox.models import Chat, Message, Person, SandboxBot

Object = dict[str, Any]


def user(person: Person) -> Object:
    """Return a person as a User."""
    found: Object = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    for name in ("last_name", "username", "language_code"):
        if value := getattr(person, name):
            found[name] = value
    return found


def bot_user(bot: SandboxBot) -> Object:
    """Return a bot as a User."""
    return {
        "id": bot.id,
        "is_bot": True,
        "first_name": bot.first_name,
        "username": bot.username,
    }


def me(bot: SandboxBot) -> Object:
    """Return a bot as getMe describes it."""
    return bot_user(bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not bot.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def chat(row: Chat) -> Object:
    """Return a chat as a Chat."""
    if row.kind == Chat.Kind.PRIVATE and row.person is not None:
        found = user(row.person) | {"type": "private"}
        del found["is_bot"]
        found.pop("language_code", None)
        return found
    found = {"id": row.number, "type": row.kind, "title": row.title}
    if row.username:
        found["username"] = row.username
    if row.forum:
        found["is_forum"] = True
    return found


def author(message: Message) -> Object:
    """Return the fields that say who wrote a message."""
    if message.chat.kind == Chat.Kind.CHANNEL:
        return {"sender_chat": chat(message.chat)}
    if message.person is not None:
        return {"from": user(message.person)}
    return {"from": bot_user(message.bot)} if message.bot is not None else {}


def message(row: Message, *, with_reply: bool = True) -> Object:
    """Return a message as a Message, with the message it replies to."""
    found: Object = {"message_id": row.message_id, **author(row), "chat": chat(row.chat)}
    found["date"] = int(row.sent_at.timestamp())
    if row.edited_at:
        found["edit_date"] = int(row.edited_at.timestamp())
    if row.thread_id:
        found["message_thread_id"] = row.thread_id
        found["is_topic_message"] = True
    if with_reply and row.reply_to:
        replied = row.chat.messages.filter(message_id=row.reply_to, deleted_at=None)
        if original := replied.select_related("chat__person", "person", "bot").first():
            found["reply_to_message"] = message(original, with_reply=False)
    found |= row.content
    if row.markup and "inline_keyboard" in row.markup:
        found["reply_markup"] = row.markup
    return found
