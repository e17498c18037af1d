"""The methods that change or remove a message."""

from typing import Any

from django.utils import timezone

from bots.sandbox import present
from bots.sandbox.access import editable_chat
from bots.sandbox.errors import EDIT_NOT_FOUND, EDIT_REFUSED, NOT_MODIFIED, ApiError, bad_request
from bots.sandbox.formatting import read_caption, read_text
from bots.sandbox.keyboards import read_markup
from bots.sandbox.messages import find_message, record_call
from bots.sandbox.models import Chat, Member, Message, SandboxBot
from bots.sandbox.params import Params
from bots.sandbox.rows import fetch
from bots.sandbox.updates import is_service, note_change

MEDIA = ("photo", "document", "voice", "audio", "video", "animation")
# Own messages of these kinds look like somebody else's to an edit.
UNEDITABLE = ("sticker", "dice", "contact")


def edit_text(bot: SandboxBot, params: Params) -> Any:
    """Change a message's text and keyboard."""
    content = read_text(params)
    message = own_message(bot, params)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return change(bot, params, message, content, ("text", "entities"))


def edit_caption(bot: SandboxBot, params: Params) -> Any:
    """Change a message's caption and keyboard."""
    content = read_caption(params)
    message = own_message(bot, params)
    if not any(name in message.content for name in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return change(bot, params, message, content, ("caption", "caption_entities"))


def edit_markup(bot: SandboxBot, params: Params) -> Any:
    """Change a message's keyboard only."""
    return change(bot, params, own_message(bot, params), {}, ())


def own_message(bot: SandboxBot, params: Params) -> Message:
    """Return the bot's own message a call means, or refuse it."""
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = editable_chat(bot, params)
    message = findable_message(chat, params.message_id())
    if message is None:
        raise bad_request(EDIT_NOT_FOUND)
    if not editable(bot, message):
        raise bad_request(EDIT_REFUSED)
    if message.deleted_at:
        raise bad_request("MESSAGE_ID_INVALID")
    return message


def findable_message(chat: Chat, number: int) -> Message | None:
    """Return a message that is there, or deleted but still remembered by the server."""
    message = chat.messages.filter(message_id=number).select_related("chat__person", "bot").first()
    if message is None or (message.deleted_at and not message.cached):
        return None
    return message


def editable(bot: SandboxBot, message: Message) -> bool:
    """Say whether the message counts as the bot's own to edit."""
    content, markup = message.content, message.markup or {}
    if is_service(message) or "forward_origin" in content:
        return False
    if message.bot_id != bot.pk and not edits_others(bot, message.chat):
        return False
    if markup and "inline_keyboard" not in markup:
        return False
    if "location" in content:
        return "live_period" in content["location"]
    return not any(name in content for name in UNEDITABLE)


def edits_others(bot: SandboxBot, chat: Chat) -> bool:
    """Say whether the bot may edit everybody's posts, as an administrator of a channel can."""
    if chat.kind != Chat.Kind.CHANNEL:
        return False
    member = fetch(Member, chat_id=chat.pk, bot_id=bot.pk)
    return member is not None and bool(member.rights.get("can_edit_messages"))


def change(
    bot: SandboxBot, params: Params, message: Message, content: dict[str, Any], old: tuple[str, ...]
) -> Any:
    """Store the new content and keyboard; refuse when nothing would change."""
    rest = {name: value for name, value in message.content.items() if name not in old}
    renewed = rest | content
    markup = read_markup(params)
    if renewed == message.content and (markup or None) == (message.markup or None):
        raise bad_request(NOT_MODIFIED)
    message.content, message.markup, message.edited_at = renewed, markup, timezone.now()
    message.save(update_fields=["content", "markup", "edited_at"])
    note_change("message", message.chat, message)
    record_call(bot, params, message.chat, message)
    return present.message(message)


def delete_message(bot: SandboxBot, params: Params) -> Any:
    """Delete one message."""
    chat = editable_chat(bot, params)
    message = find_message(chat, params.message_id())
    if message is None:
        raise bad_request("message to delete not found")
    if not deletable(bot, message):
        raise bad_request("message can't be deleted for everyone")
    remove(message)
    record_call(bot, params, chat, message)
    return True


def delete_messages(bot: SandboxBot, params: Params) -> Any:
    """Delete several messages; those that are not there are skipped."""
    chat = editable_chat(bot, params)
    for number in params.structure("message_ids") or []:
        message = find_message(chat, int(number))
        if message is not None and deletable(bot, message):
            remove(message)
    record_call(bot, params, chat, None)
    return True


def deletable(bot: SandboxBot, message: Message) -> bool:
    """Say whether the bot may delete the message."""
    if message.bot_id == bot.pk or message.chat.kind == Chat.Kind.PRIVATE:
        return True
    member = Member.objects.filter(chat=message.chat, bot=bot).first()
    return member is not None and member.status == "administrator"


def remove(message: Message, *, cached: bool = False) -> None:
    """Take a message away; with `cached` the server still remembers that it was there."""
    message.deleted_at, message.cached = timezone.now(), cached
    message.save(update_fields=["deleted_at", "cached"])
    note_change("message", message.chat, message)


def edit_or_stop_live_location(bot: SandboxBot, params: Params) -> Any:
    """Move or stop a live location; for anything else the refusal says what the message is.

    The order of the checks is Telegram's: found, editable, and only then the kind of content.
    """
    chat = editable_chat(bot, params)
    message = findable_message(chat, params.message_id())
    if message is None:
        raise bad_request(EDIT_NOT_FOUND)
    if not editable(bot, message):
        raise bad_request(EDIT_REFUSED)
    if "live_period" not in message.content.get("location", {}):
        raise no_live_location()
    place = dict(message.content["location"])
    if params.method == "stopMessageLiveLocation":
        del place["live_period"]
    else:
        place |= {name: float(params.text(name)) for name in ("latitude", "longitude")}
    return change(bot, params, message, {"location": place}, ("location",))


def no_live_location() -> ApiError:
    """Return the refusal that tells: this message is there, and the bot's own."""
    return bad_request("there is no live location in the message to edit")
