"""Know who administers a group: a short-lived copy of Telegram's list, asked for outside of handlers.

Handlers are synchronous and never talk to Telegram, so they read the copy on the chat's row. What
happens in a group asks for a new one when it is older than an hour; until it has come, nobody but
Telegram knows, and the answer is "press again in a moment". A lost call costs one more press.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from bots.database import in_database
from bots.errors import CallError
from bots.link import link
from bots.telegram import lines
from conversations.models import Chat
from conversations.replies import Reply, say, toast
from conversations.router import Handler, Incoming

logger = logging.getLogger(__name__)

FRESH = timedelta(hours=1)
# Who speaks for an administrator that stays anonymous (the Bot API's GroupAnonymousBot).
ANONYMOUS_ADMIN = 1087968824


def is_admin(chat: Chat, user_id: int) -> bool | None:
    """Whether the person administers the group; None while that is not known."""
    if user_id in {ANONYMOUS_ADMIN, chat.chat_id}:
        return True
    if not _is_fresh(chat):
        return None
    return user_id in chat.admins


def _is_fresh(chat: Chat) -> bool:
    return chat.admins_at is not None and timezone.now() - chat.admins_at < FRESH


def keep_fresh(chat: Chat, incoming: Incoming) -> None:
    """Ask for the list when something happens in a group that may need it."""
    said = incoming.said
    needed = said.event in {"callback", "edit"} or incoming.command or said.reply_to_own
    changed = said.event == "member" and chat.state == Chat.State.ACTIVE
    if not chat.is_private and (changed or (needed and not _is_fresh(chat))):
        ask(chat)


def ask(chat: Chat) -> None:
    """Have Telegram asked once the transaction has committed."""
    pk, bot_id, chat_id = chat.pk, chat.bot_id, chat.chat_id
    transaction.on_commit(lambda: link.nudge(lambda _client: fetch(pk, bot_id, chat_id)))


async def fetch(pk: int, bot_id: int, chat_id: int) -> None:
    """Ask Telegram for the administrators and note them."""
    try:
        found = await lines.of(bot_id).call("getChatAdministrators", {"chat_id": chat_id})
    except (CallError, KeyError) as error:
        logger.info("administrators unknown", extra={"chat": pk, "error": type(error).__name__})
        return
    await in_database(note, pk, [member["user"]["id"] for member in found])


def note(pk: int, user_ids: list[int]) -> None:
    """Store the list."""
    Chat.objects.filter(pk=pk).update(admins=user_ids, admins_at=timezone.now())


def only(
    handler: Handler, when: Callable[[Chat, Incoming], Any] = lambda chat, incoming: True
) -> Handler:
    """Return the handler, kept for administrators in groups (where `when` holds)."""

    def guarded(chat: Chat, incoming: Incoming) -> Reply:
        if chat.is_private or not when(chat, incoming):
            return handler(chat, incoming)
        allowed = is_admin(chat, incoming.said.sender.id)
        if allowed:
            return handler(chat, incoming)
        template = "checking_admins" if allowed is None else "admins_only"
        return toast(template) if incoming.said.event == "callback" else say(template)

    return guarded
