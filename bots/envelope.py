"""An update in the product's own words: what the chat's workflow is told."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

# The kinds of Bot API updates that carry a message (https://core.telegram.org/bots/api#update).
_MESSAGES = ("message", "channel_post", "business_message")
_EDITS = ("edited_message", "edited_channel_post", "edited_business_message")
_MEMBERS = ("my_chat_member", "chat_member", "chat_join_request")
_ATTACHMENTS = (
    "photo", "video", "animation", "audio", "document", "voice", "video_note", "sticker", "contact",
    "location", "venue", "poll", "dice", "story", "game", "invoice", "paid_media", "checklist",
)  # fmt: skip

# Characters of JSON. Temporal refuses payloads above 2 MiB (limit.blobSize.error), and would for ever.
LARGEST = 512 * 1024
# Characters, as many as the columns take; the Bot API's own names are shorter.
LONGEST_NAME = 255
LONGEST_TYPE = 12


# The event of a message that was left in its row: many long ones are too much to carry along.
STORED = "stored"


@dataclass(frozen=True)
class Sender:
    """Who wrote or pressed: a person, or a group or channel speaking as itself."""

    id: int = 0
    first_name: str = ""
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False


@dataclass(frozen=True)
class IncomingMessage:
    """One thing that happened in a chat. `event` says what; unused fields keep their defaults."""

    event: str = "text"  # text, edit, callback, media, location, member, migrated, service, stored
    chat_type: str = "private"
    chat_title: str = ""
    chat_username: str = ""
    sender: Sender = field(default_factory=Sender)
    message_id: int = 0
    thread_id: int = 0
    date: int = 0  # Unix seconds, UTC
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    attachment: str = ""  # the Bot API's field name: photo, voice, document ...
    file_id: str = ""
    file_name: str = ""
    file_size: int = 0
    media_group_id: str = ""
    forwarded: bool = False
    reply_to_message_id: int = 0
    reply_to_own: bool = False  # the message replied to is this bot's
    callback_id: str = ""
    callback_data: str = ""
    latitude: float | None = None
    longitude: float | None = None
    member_status: str = ""  # of the bot itself, after a my_chat_member update
    member_before: str = ""  # what the bot was before that update
    new_chat_id: int = 0  # a group became this supergroup
    own_message_text: str = ""  # of the message a button belongs to


@dataclass(frozen=True)
class Envelope:
    """The signal of the way in; `request_id` is the idempotency key of all it causes."""

    bot_id: int
    update_id: int
    chat_id: int
    sequence: int
    request_id: str
    message: IncomingMessage


class UnreadableUpdateError(ValueError):
    """The update has no chat or not the shape the Bot API documents."""


def kind_of(update: dict[str, Any]) -> str:
    """Return the update's kind: the one field beside `update_id`."""
    return next((str(key) for key in update if key != "update_id"), "empty")[:40]


def chat_id_of(update: dict[str, Any]) -> int | None:
    """Return the chat an update belongs to, or None for those without one (polls, inline queries)."""
    body = update.get(kind_of(update))
    if not isinstance(body, dict):
        return None
    holder = body.get("message", body) if "data" in body or "game_short_name" in body else body
    chat = holder.get("chat") if isinstance(holder, dict) else None
    identity = chat.get("id") if isinstance(chat, dict) else None
    if isinstance(identity, int) and abs(identity) < 2**63:
        return identity
    return None


def read_message(update: dict[str, Any], bot_id: int) -> IncomingMessage:
    """Return what happened; raises UnreadableUpdateError if the update has not the documented shape."""
    kind = kind_of(update)
    body = update.get(kind)
    if not isinstance(body, dict):
        raise UnreadableUpdateError(f"{kind} is not an object")
    try:
        return _bounded(_read(kind, body, bot_id))
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise UnreadableUpdateError(f"{kind}: {type(error).__name__}") from error


def _read(kind: str, body: dict[str, Any], bot_id: int) -> IncomingMessage:
    if kind == "callback_query":
        return _callback(body)
    if kind in _MEMBERS:
        return _member(body, kind)
    if kind in _MESSAGES or kind in _EDITS:
        return _message(body, bot_id, edited=kind in _EDITS)
    return IncomingMessage(event="service", **_chat(body))


def _bounded(said: IncomingMessage) -> IncomingMessage:
    """Refuse what no signal and no database column holds; the Bot API's numbers have at most 52 bits."""
    if len(json.dumps(asdict(said))) > LARGEST:
        raise ValueError("too large for a signal")
    numbers = (
        said.message_id, said.thread_id, said.date, said.sender.id, said.file_size,
        said.reply_to_message_id, said.new_chat_id,
    )  # fmt: skip
    if any(abs(number) >= 2**63 for number in numbers):
        raise ValueError("a number out of range")
    return said


def _chat(body: dict[str, Any]) -> dict[str, Any]:
    chat = body.get("chat") or {}
    name = " ".join(str(chat[key]) for key in ("first_name", "last_name") if chat.get(key))
    return {
        "chat_type": str(chat.get("type", "private"))[:LONGEST_TYPE],
        "chat_title": str(chat.get("title") or name)[:LONGEST_NAME],
        "chat_username": str(chat.get("username") or "")[:LONGEST_NAME],
    }


def _sender(body: dict[str, Any]) -> Sender:
    person = body.get("from") or {}
    if not person and (speaker := body.get("sender_chat")):
        name = str(speaker.get("title", ""))[:LONGEST_NAME]
        return Sender(id=int(speaker["id"]), first_name=name)
    return Sender(
        id=int(person.get("id", 0)),
        first_name=str(person.get("first_name") or "")[:LONGEST_NAME],
        last_name=str(person.get("last_name") or "")[:LONGEST_NAME],
        username=str(person.get("username") or "")[:LONGEST_NAME],
        language_code=str(person.get("language_code") or "")[:LONGEST_NAME],
        is_bot=bool(person.get("is_bot")),
    )


def _callback(body: dict[str, Any]) -> IncomingMessage:
    message = body["message"]
    return IncomingMessage(
        event="callback",
        **_chat(message),
        sender=_sender(body),
        message_id=int(message["message_id"]),
        thread_id=int(message.get("message_thread_id") or 0),
        date=int(message.get("date") or 0),
        callback_id=str(body["id"]),
        callback_data=str(body.get("data") or ""),
        own_message_text=str(message.get("text") or message.get("caption") or ""),
    )


def _member(body: dict[str, Any], kind: str) -> IncomingMessage:
    status = (
        (body.get("new_chat_member") or {}).get("status", "") if kind == "my_chat_member" else ""
    )
    return IncomingMessage(
        event="member" if status else "service",
        **_chat(body),
        sender=_sender(body),
        date=int(body.get("date") or 0),
        member_status=str(status),
        member_before=str((body.get("old_chat_member") or {}).get("status", "")) if status else "",
    )


def _message(body: dict[str, Any], bot_id: int, *, edited: bool) -> IncomingMessage:
    replied = body.get("reply_to_message") or {}
    caption = "caption" if "text" not in body else "text"
    attachment = next((name for name in _ATTACHMENTS if name in body), "")
    return IncomingMessage(
        event="edit" if edited else _event(body, attachment),
        **_chat(body),
        sender=_sender(body),
        message_id=int(body["message_id"]),
        thread_id=int(body.get("message_thread_id") or 0) if body.get("is_topic_message") else 0,
        date=int(body.get("edit_date") or body.get("date") or 0),
        text=str(body.get(caption) or ""),
        entities=_entities(body, "entities" if caption == "text" else "caption_entities"),
        attachment=attachment,
        **_file(body, attachment),
        media_group_id=str(body.get("media_group_id") or ""),
        forwarded="forward_origin" in body,
        reply_to_message_id=int(replied.get("message_id") or 0),
        reply_to_own=(replied.get("from") or {}).get("id") == bot_id,
        new_chat_id=int(body.get("migrate_to_chat_id") or 0),
    )


def _entities(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the entities; others than objects would make the signal one that no workflow can read."""
    found = body.get(name) or []
    if not isinstance(found, list) or not all(isinstance(entity, dict) for entity in found):
        raise TypeError("entities are objects in a list")
    return found


def _event(body: dict[str, Any], attachment: str) -> str:
    if "migrate_to_chat_id" in body:
        return "migrated"
    if attachment in {"location", "venue"}:
        return "location"
    if attachment:
        return "media"
    return "text" if "text" in body else "service"


def _file(body: dict[str, Any], attachment: str) -> dict[str, Any]:
    if attachment == "location":
        place = body["location"]
        return {"latitude": float(place["latitude"]), "longitude": float(place["longitude"])}
    found = body.get(attachment)
    if isinstance(found, list):  # photo: one entry a size, the largest last
        found = found[-1] if found else None
    if not isinstance(found, dict):
        return {}
    return {
        "file_id": str(found.get("file_id") or ""),
        "file_name": str(found.get("file_name") or ""),
        "file_size": int(found.get("file_size") or 0),
    }
