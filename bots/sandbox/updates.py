"""Queue updates for bots, and tell the page what changed."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from bots.sandbox import present
from bots.sandbox.models import Change, Chat, Member, Message, PendingUpdate, Person, SandboxBot
from bots.sandbox.rows import count_up
from bots.sandbox.waiting import FEED, wake_on_commit

# Telegram keeps an unconfirmed update for a day.
KEEP = timedelta(hours=24)
# What a bot gets only when it asks for it by name.
ONLY_ON_DEMAND = {"chat_member", "message_reaction", "message_reaction_count"}


def wants(bot: SandboxBot, kind: str) -> bool:
    """Say whether the bot asked for this kind of update."""
    return kind in bot.allowed_updates if bot.allowed_updates else kind not in ONLY_ON_DEMAND


def queue_update(bot: SandboxBot, kind: str, content: dict[str, Any]) -> None:
    """Queue one update for the bot, if it wants that kind."""
    if not wants(bot, kind):
        return
    update_id = count_up(bot, "last_update_id")
    payload = {"update_id": update_id, kind: content}
    PendingUpdate.objects.create(bot=bot, update_id=update_id, payload=payload)
    wake_on_commit(bot_key(bot))


def bot_key(bot: SandboxBot) -> str:
    """Return the key a bot's own long poll waits for."""
    return f"bot{bot.pk}"


def queue_message(message: Message, kind: str = "message") -> None:
    """Queue a person's message for every bot in the chat that may see it."""
    chat = message.chat
    if chat.kind == Chat.Kind.CHANNEL:
        kind = {"message": "channel_post", "edited_message": "edited_channel_post"}.get(kind, kind)
    shown: dict[str, Any] | None = None
    if chat.kind == Chat.Kind.PRIVATE and chat.bot is not None:
        queue_update(chat.bot, kind, present.message(message))
        return
    for membership in chat.members.filter(bot__isnull=False).select_related("bot"):
        bot = membership.bot
        if bot is None or not membership.present or not sees(bot, membership, message):
            continue
        shown = shown or present.message(message)
        queue_update(bot, kind, shown)


def sees(bot: SandboxBot, membership: Member, message: Message) -> bool:
    """Say whether the bot's privacy mode lets this group message through."""
    chat = message.chat
    if chat.kind in {Chat.Kind.PRIVATE, Chat.Kind.CHANNEL} or not bot.privacy:
        return True
    if membership.status == "administrator" or is_service(message):
        return True
    if message.reply_to and chat.messages.filter(message_id=message.reply_to, bot=bot).exists():
        return True
    text = str(message.content.get("text", "")).lower()
    name = f"@{bot.username}".lower()
    if text.startswith("/"):
        command = text.split(maxsplit=1)[0]
        return "@" not in command or command.endswith(name)
    return name in text


def is_service(message: Message) -> bool:
    """Say whether the message is a service message."""
    return any(
        name.startswith(
            ("new_chat_", "left_chat_", "migrate_", "pinned_", "forum_topic_", "group_")
        )
        for name in message.content
    )


def note_change(
    kind: str,
    chat: Chat | None = None,
    message: Message | None = None,
    person: Person | None = None,
    **data: Any,
) -> None:
    """Write down what the page should show anew."""
    Change.objects.create(kind=kind, chat=chat, message=message, person=person, data=data)
    wake_on_commit(FEED)


def prune() -> None:
    """Drop updates and changes older than a day."""
    limit = timezone.now() - KEEP
    PendingUpdate.objects.filter(created_at__lt=limit).delete()
    Change.objects.filter(at__lt=limit).delete()
