"""What people do in chats: write, edit, forward, press, react, pin."""

import base64
import binascii
from typing import Any

from django.utils import timezone

from bots.sandbox.ask import Ask
from bots.sandbox.editing import remove
from bots.sandbox.entities import check_given, trim, with_detected
from bots.sandbox.errors import bad_request
from bots.sandbox.feed import shown
from bots.sandbox.files import as_content, store
from bots.sandbox.messages import write_and_tell
from bots.sandbox.models import Chat, Member, Message, Person
from bots.sandbox.params import Upload
from bots.sandbox.rows import fetch
from bots.sandbox.sending import forwarded
from bots.sandbox.updates import note_change, queue_message

MEDIA = ("photo", "document", "voice", "audio", "video", "sticker")


def send(ask: Ask) -> Any:
    """Write a message as a person."""
    return shown(post(ask, ask.chat()))


def post(ask: Ask, chat: Chat) -> Message:
    """Write what a call describes into the chat."""
    person = ask.person()
    enter(chat, person)
    return write_and_tell(
        chat,
        read_content(ask),
        person=person,
        reply_to=ask.integer("reply_to") or None,
        thread_id=ask.integer("thread_id") or None,
        silent=bool(ask.value("silent")),
    )


def enter(chat: Chat, person: Person) -> None:
    """Check that the person may write; the first message opens a private chat to the bot."""
    if chat.kind == Chat.Kind.PRIVATE:
        if chat.person_id != person.pk:
            raise bad_request("this is somebody else's private chat")
        member = fetch(Member, chat_id=chat.pk, bot_id=chat.bot_id)
        if member is None:
            Member.objects.create(chat=chat, bot=chat.bot)
            note_change("chat", chat)
        elif not member.present:
            raise bad_request("unblock the bot first")
        return
    if chat.migrated_to is not None:
        raise bad_request("the group was upgraded: write to the new one")
    found = fetch(Member, chat_id=chat.pk, person_id=person.pk)
    if found is None or not found.present:
        raise bad_request("the person is not in this chat")
    if not found.can_send:
        raise bad_request("the person may not write here")


def read_content(ask: Ask) -> dict[str, Any]:
    """Return the content of a message from the fields of a call."""
    for kind in MEDIA:
        if kind in ask.body:
            return as_content(kind, store(read_upload(ask.body[kind]))) | captioned(ask)
    for kind in ("location", "contact"):
        if kind in ask.body:
            return {kind: ask.body[kind]}
    text, entities = with_entities(ask, "text")
    if not text:
        raise bad_request("message text is empty")
    return {"text": text} | ({"entities": entities} if entities else {})


def captioned(ask: Ask) -> dict[str, Any]:
    """Return the caption, if there is one."""
    text, entities = with_entities(ask, "caption")
    found: dict[str, Any] = {"caption": text} if text else {}
    return found | ({"caption_entities": entities} if text and entities else {})


def with_entities(ask: Ask, name: str) -> tuple[str, list[dict[str, Any]]]:
    """Return a text with the given and the found entities."""
    # A browser may cut an emoji in half; the half that is left cannot be stored.
    text = str(ask.value(name, "")).encode("utf-8", "replace").decode()
    text, entities = trim(text, check_given(text, ask.value("entities")))
    return text, with_detected(text, entities)


def read_upload(given: Any) -> Upload:
    """Return a file that came as base64."""
    try:
        data = base64.b64decode(given["data"], validate=True)
        name, mime_type = given.get("name", "file"), given.get("mime_type", "")
    except (TypeError, KeyError, AttributeError, binascii.Error):
        raise bad_request("a file is {name, mime_type, data} with data in base64") from None
    return Upload(str(name), str(mime_type) or "application/octet-stream", data)


def enqueue(ask: Ask) -> Any:
    """Write many messages at once, in order."""
    written = []
    for body in ask.value("messages", []):
        one = Ask(body)
        written.append(post(one, one.chat(one.integer("chat"))))
    return {"message_ids": [message.message_id for message in written]}


def edit(ask: Ask) -> Any:
    """Change a person's own text."""
    message = ask.message(ask.chat())
    if message.person_id != ask.person().pk or "text" not in message.content:
        raise bad_request("only an own text can be edited")
    text, entities = with_entities(ask, "text")
    message.content = {"text": text} | ({"entities": entities} if entities else {})
    message.edited_at = timezone.now()
    message.save(update_fields=["content", "edited_at"])
    note_change("message", message.chat, message)
    queue_message(message, "edited_message")
    return shown(message)


def forward(ask: Ask) -> Any:
    """Write a copy of a message with its origin."""
    chat, person = ask.chat(), ask.person()
    enter(chat, person)
    original = ask.message(ask.chat(ask.integer("from")))
    return shown(write_and_tell(chat, forwarded(original), person=person))


def delete(ask: Ask) -> Any:
    """Delete a message for everybody; bots are not told."""
    message = ask.message(ask.chat())
    remove(message, cached=bool(ask.value("cached")))
    return shown(message)
