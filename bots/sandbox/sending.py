"""The methods that put a new message into a chat."""

from typing import Any

from bots.sandbox import present
from bots.sandbox.access import writable_chat
from bots.sandbox.errors import bad_request
from bots.sandbox.formatting import read_text
from bots.sandbox.keyboards import read_markup
from bots.sandbox.messages import find_message, record_call, write_message
from bots.sandbox.models import Chat, Message, SandboxBot
from bots.sandbox.params import Params


def send_message(bot: SandboxBot, params: Params) -> Any:
    """Send a text."""
    return send(bot, params, read_text(params))


def send_location(bot: SandboxBot, params: Params) -> Any:
    """Send a place, live for `live_period` seconds if given."""
    place: dict[str, Any] = {
        "latitude": float(params.text("latitude", "0")),
        "longitude": float(params.text("longitude", "0")),
    }
    if period := params.integer("live_period"):
        place["live_period"] = period
    return send(bot, params, {"location": place})


def send_contact(bot: SandboxBot, params: Params) -> Any:
    """Send a telephone contact."""
    names = ("phone_number", "first_name", "last_name")
    contact = {name: params.text(name) for name in names if params.text(name)}
    return send(bot, params, {"contact": contact})


def send_dice(bot: SandboxBot, params: Params) -> Any:
    """Send a die, which always shows four here so that tests can rely on it."""
    return send(bot, params, {"dice": {"emoji": params.text("emoji", "🎲"), "value": 4}})


def send(bot: SandboxBot, params: Params, content: dict[str, Any]) -> Any:
    """Write a bot's message into the chat it names, and return it."""
    chat = writable_chat(bot, params)
    markup = read_markup(params)
    if params.flag("protect_content"):
        content = content | {"has_protected_content": True}
    message = write_message(
        chat,
        content,
        bot=bot,
        markup=markup,
        reply_to=read_reply(chat, params),
        thread_id=read_thread(chat, params),
        silent=params.flag("disable_notification"),
    )
    record_call(bot, params, chat, message)
    return present.message(message)


def read_reply(chat: Chat, params: Params) -> int | None:
    """Return the id of the message replied to."""
    given = params.structure("reply_parameters") or {}
    number = int(given.get("message_id") or params.integer("reply_to_message_id"))
    if not number:
        return None
    if find_message(chat, number) is not None:
        return number
    allowed = given.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    if not allowed:
        raise bad_request("message to be replied not found")
    return None


def read_thread(chat: Chat, params: Params) -> int | None:
    """Return the topic a message goes to."""
    thread = params.integer("message_thread_id")
    if not thread or not chat.forum:
        if thread:
            raise bad_request("message thread not found")
        return None
    topic = next((topic for topic in chat.topics if topic["message_thread_id"] == thread), None)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.get("closed"):
        raise bad_request("TOPIC_CLOSED")
    return thread


def forward_message(bot: SandboxBot, params: Params) -> Any:
    """Forward a message with its origin."""
    original = source_message(bot, params, "message to forward not found")
    return send(bot, params, forwarded(original))


def copy_message(bot: SandboxBot, params: Params) -> Any:
    """Send a message's content anew, without its origin; returns the new id only."""
    original = source_message(bot, params, "message to copy not found")
    content = {name: value for name, value in original.content.items() if name != "forward_origin"}
    if "caption" in params.values:
        content["caption"] = params.text("caption")
    return {"message_id": send(bot, params, content)["message_id"]}


def source_message(bot: SandboxBot, params: Params, missing: str) -> Message:
    """Return the message to repeat elsewhere."""
    chat = writable_chat(bot, params, "from_chat_id")
    original = find_message(chat, params.message_id())
    if original is None:
        raise bad_request(missing)
    if original.content.get("has_protected_content"):
        raise bad_request("message has protected content and can't be forwarded")
    return original


def forwarded(original: Message) -> dict[str, Any]:
    """Return a message's content with the note where it comes from."""
    sender = present.author(original)
    origin = {"type": "user", "sender_user": sender.get("from")}
    if "sender_chat" in sender:
        origin = {"type": "channel", "chat": sender["sender_chat"]}
        origin["message_id"] = original.message_id
    origin["date"] = int(original.sent_at.timestamp())
    content: dict[str, Any] = original.content
    return {"forward_origin": origin} | content
