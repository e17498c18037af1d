"""Let only invited people use a private bot: strangers get one polite line a day and leave no words."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone, translation

from bots.envelope import Envelope
from bots.models import Bot, Update
from conversations import outbox
from conversations.guests import INVITE_LIFE, Guest, Invite, Stranger
from conversations.models import Chat, Message
from conversations.replies import Reply, Say, say
from conversations.router import Incoming, split_command
from conversations.transcript import language_of

TOLD_EVERY = timedelta(days=1)
INVITE = "invite"


def admits(envelope: Envelope) -> bool:
    """Whether this may be recorded and answered."""
    if not settings.ALLOWED_USERS:
        return True
    said = envelope.message
    if said.event in {"member", "migrated"}:  # nobody's words: what became of a chat that is known
        return Chat.objects.filter(bot=envelope.bot_id, chat_id=envelope.chat_id).exists()
    return is_allowed(envelope.bot_id, said.sender.id) or _redeem(envelope)


def is_allowed(bot_id: int, user_id: int) -> bool:
    """Whether somebody is on the list or came by an invitation."""
    listed = user_id in settings.ALLOWED_USERS
    return listed or Guest.objects.filter(bot=bot_id, user_id=user_id).exists()


def digest_of(token: str) -> str:
    """Return what is kept of a token that a link carries."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def new_token() -> str:
    """Return a token that fits into a deep link (64 characters of A-Z, a-z, 0-9, _ and -)."""
    return secrets.token_urlsafe(16)


def _redeem(envelope: Envelope) -> bool:
    """Let somebody in whose message is a good invitation."""
    said = envelope.message
    command, arguments = split_command(said.text, "")
    if said.event != "text" or command != "start" or not arguments.startswith(f"{INVITE}_"):
        return False
    digest = digest_of(arguments.removeprefix(f"{INVITE}_"))
    invite = Invite.objects.filter(bot=envelope.bot_id, digest=digest).first()
    if invite is None or not invite.use():
        return False
    Guest.objects.get_or_create(
        bot_id=envelope.bot_id, user_id=said.sender.id, defaults={"invited_by": invite.creator_id}
    )
    Stranger.objects.filter(bot=envelope.bot_id, user_id=said.sender.id).delete()
    return True


def turn_away(envelope: Envelope) -> list[Message]:
    """Count a stranger's message, keep nothing of it, and say once a day that the bot is private."""
    now, said = timezone.now(), envelope.message
    Bot.objects.get_or_create(pk=envelope.bot_id)
    Update.objects.filter(bot=envelope.bot_id, update_id=envelope.update_id).update(
        state=Update.State.IGNORED, payload={}, error="not on the list", answered_at=now
    )
    earlier = list(Message.objects.filter(key=f"{envelope.request_id}/0"))
    if earlier:
        return earlier
    stranger, _ = Stranger.objects.get_or_create(bot_id=envelope.bot_id, user_id=said.sender.id)
    Stranger.objects.filter(pk=stranger.pk).update(messages=F("messages") + 1)
    told_lately = stranger.told_at is not None and now - stranger.told_at < TOLD_EVERY
    if said.chat_type != "private" or said.event == "callback" or told_lately:
        return []
    Stranger.objects.filter(pk=stranger.pk).update(told_at=now)
    language = language_of(said)
    chat, _ = Chat.objects.get_or_create(
        bot_id=envelope.bot_id, chat_id=envelope.chat_id, defaults={"language": language}
    )
    with translation.override(language):
        return outbox.write(chat, [Say("private_bot")], envelope.request_id)


def invite(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /invite, for those on the list: a link that lets one person in."""
    user_id = incoming.said.sender.id
    if user_id not in settings.ALLOWED_USERS or not chat.is_private:
        return say("unknown", command="invite")
    token = new_token()
    Invite.objects.create(
        bot=chat.bot, digest=digest_of(token), creator_id=user_id,
        expires_at=incoming.now + INVITE_LIFE,
    )  # fmt: skip
    return say("invite", link=deep_link(chat, f"{INVITE}_{token}"), days=INVITE_LIFE.days)


def deep_link(chat: Chat, payload: str) -> str:
    """Return the address that opens the bot and sends `/start payload`."""
    return f"https://t.me/{chat.bot.username}?start={payload}"
