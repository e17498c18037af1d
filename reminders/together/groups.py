"""Tell in a group what is meant for the bot: commands, answers to it, and words that begin with its name."""

from conversations.models import Chat
from conversations.replies import Reply
from conversations.router import Incoming
from reminders.chat import create


def overhear(chat: Chat, incoming: Incoming) -> Reply | None:
    """Leave what people say to each other alone."""
    said = incoming.said
    if chat.is_private or incoming.command or said.reply_to_own:
        return None
    name = f"@{chat.bot.username}".lower()
    if chat.bot.username and said.text.lower().startswith(f"{name} "):
        return create.make(chat, incoming, said.text[len(name) :].strip())
    return Reply()
