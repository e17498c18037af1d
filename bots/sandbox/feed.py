"""What the page and the tests read: the state, a chat's messages, changes, accepted calls."""

import time
from typing import Any

from django.db.models import Q

from bots.sandbox import bridge, present
from bots.sandbox.ask import Ask
from bots.sandbox.errors import unknown_method
from bots.sandbox.models import (
    AcceptedCall,
    Change,
    Chat,
    Message,
    PendingUpdate,
    Person,
    SandboxBot,
    StoredFile,
)
from bots.sandbox.waiting import FEED, Sleeper

PAGE = 100
LONGEST_POLL = 50.0
# Pictures may be shown; anything else is only ever downloaded.
SHOWN_TYPES = {"image/png", "image/jpeg", "image/webp", "image/gif"}


def shown(message: Message) -> dict[str, Any]:
    """Return a message for the page: the Bot API's object and what only people see."""
    return present.message(message) | {
        "id": message.pk,
        "chat_row": message.chat_id,
        "deleted": message.deleted_at is not None,
        "markup": message.markup,
        "reactions": message.reactions,
        "silent": message.silent,
    }


def version() -> int:
    """Return the newest version there is."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def state(ask: Ask) -> Any:
    """Return everything but the messages; the chats are those the person is in."""
    people = list(Person.objects.order_by("pk"))
    number = ask.integer("person") or (people[0].pk if people else 0)
    mine = Q(person=number) | Q(members__person=number)
    chats = Chat.objects.filter(mine).select_related("person", "bot", "migrated_to").distinct()
    return {
        "version": version(),
        "person": number,
        "people": [present.user(person) for person in people],
        "bots": [
            present.me(bot) | {"profile": bot.profile} for bot in SandboxBot.objects.order_by("pk")
        ],
        "chats": [chat_summary(chat) for chat in chats],
    }


def chat_summary(chat: Chat) -> dict[str, Any]:
    """Return a chat for the list on the page."""
    last = chat.messages.filter(deleted_at=None).select_related("chat__person", "person", "bot")
    newest = last.order_by("-message_id").first()
    members = list(chat.members.select_related("person", "bot"))
    return {
        "id": chat.pk,
        "chat_id": chat.number,
        "kind": chat.kind,
        "title": chat.title,
        "bot": chat.bot_id,
        "person": chat.person_id,
        "forum": chat.forum,
        "topics": chat.topics,
        "pinned": chat.pinned,
        "migrated_to": chat.migrated_to.pk if chat.migrated_to else None,
        "members": [
            {"person": member.person_id, "bot": member.bot_id, "status": member.status}
            for member in members
        ],
        "last": shown(newest) if newest else None,
    }


def messages(ask: Ask) -> Any:
    """Return a page of a chat's messages, oldest first."""
    chat = ask.chat()
    rows = chat.messages.select_related("chat__person", "person", "bot")
    if before := ask.integer("before"):
        rows = rows.filter(message_id__lt=before)
    if after := ask.integer("after"):
        rows = rows.filter(message_id__gt=after)
    if not ask.value("deleted"):
        rows = rows.filter(deleted_at=None)
    found = list(rows.order_by("-message_id")[: ask.integer("limit", PAGE)])
    return {
        "version": version(),
        "chat": chat_summary(chat),
        "messages": [shown(message) for message in reversed(found)],
    }


async def changes(ask: Ask) -> Any:
    """Return what changed since a version, waiting for the first change."""
    until = time.monotonic() + min(ask.integer("timeout"), LONGEST_POLL)
    with Sleeper(FEED) as sleeper:
        while not (found := await bridge.run(changes_after, ask.integer("after"))):
            left = until - time.monotonic()
            if left <= 0 or sleeper.dismissed or ask.gone.is_set():
                break
            await sleeper.sleep(left)
    newest = found[-1]["version"] if found else ask.integer("after")
    return {"version": newest, "changes": found}


def changes_after(after: int) -> list[dict[str, Any]]:
    """Return the changes after a version, at most 200."""
    rows = list(Change.objects.filter(pk__gt=after).order_by("pk")[:200])
    wanted = {row.message_id for row in rows if row.message_id}
    found = Message.objects.select_related("chat__person", "person", "bot").in_bulk(wanted)
    return [
        {
            "version": row.pk,
            "kind": row.kind,
            "chat": row.chat_id,
            "person": row.person_id,
            "message": shown(found[row.message_id]) if row.message_id else None,
            "data": row.data,
        }
        for row in rows
    ]


async def sends(ask: Ask) -> Any:
    """Return the accepted calls after a number, waiting for the first."""
    until = time.monotonic() + min(ask.integer("timeout"), LONGEST_POLL)
    with Sleeper(FEED) as sleeper:
        while not (found := await bridge.run(sends_after, ask)):
            left = until - time.monotonic()
            if left <= 0 or sleeper.dismissed or ask.gone.is_set():
                break
            await sleeper.sleep(left)
    return {"sends": found, "after": found[-1]["id"] if found else ask.integer("after")}


def sends_after(ask: Ask) -> list[dict[str, Any]]:
    """Return the accepted calls after a number, oldest first."""
    rows = AcceptedCall.objects.filter(pk__gt=ask.integer("after")).order_by("pk")
    if bot := ask.integer("bot"):
        rows = rows.filter(bot=bot)
    if chat_id := ask.integer("chat_id"):
        rows = rows.filter(chat_number=chat_id)
    return [
        {
            "id": row.pk,
            "at": row.accepted_at.timestamp(),
            "bot": row.bot_id,
            "method": row.method,
            "chat_id": row.chat_number,
            "message_id": row.message_id,
            "text": row.text,
            "payload": row.payload,
        }
        for row in rows[: ask.integer("limit", 1000)]
    ]


def pending_updates(ask: Ask) -> Any:
    """Return the updates a bot has not confirmed."""
    rows = PendingUpdate.objects.filter(bot=ask.bot()).order_by("pk")
    return {"updates": [row.payload for row in rows]}


def file_bytes(file_id: str) -> tuple[bytes, str]:
    """Return a file for the page."""
    stored = StoredFile.objects.filter(file_id=file_id).first()
    if stored is None:
        raise unknown_method()
    known = stored.mime_type in SHOWN_TYPES
    return bytes(stored.data), stored.mime_type if known else "application/octet-stream"
