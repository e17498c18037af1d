"""The smaller things a bot does in a chat: typing, reacting, pinning, topics, several at once."""

from typing import Any

from bots.sandbox import present
from bots.sandbox.access import writable_chat
from bots.sandbox.errors import ApiError, bad_request
from bots.sandbox.membership import change_person
from bots.sandbox.messages import find_message, record_call, write_message
from bots.sandbox.models import Chat, Message, Person, SandboxBot
from bots.sandbox.params import Params
from bots.sandbox.sending import copy_message, forward_message
from bots.sandbox.updates import note_change

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
# How long the page shows that the bot is writing (seconds), as Telegram's apps do.
SHOWN_FOR = 5


def send_chat_action(bot: SandboxBot, params: Params) -> Any:
    """Show that the bot is writing."""
    chat = writable_chat(bot, params)
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    note_change("typing", chat, bot=bot.pk, action=action, seconds=SHOWN_FOR)
    return True


def existing(bot: SandboxBot, params: Params, missing: str) -> tuple[Chat, Message]:
    """Return the message a call means in a chat the bot may use."""
    chat = writable_chat(bot, params)
    message = find_message(chat, params.message_id())
    if message is None:
        raise bad_request(missing)
    return chat, message


def set_message_reaction(bot: SandboxBot, params: Params) -> Any:
    """Set the bot's reaction to a message; an empty list takes it back."""
    chat, message = existing(bot, params, "message to react not found")
    given = params.structure("reaction") or []
    message.reactions.pop(str(bot.pk), None)
    if given:
        message.reactions[str(bot.pk)] = given[0].get("emoji", "")
    message.save(update_fields=["reactions"])
    note_change("message", chat, message)
    record_call(bot, params, chat, None)
    return True


def pin_chat_message(bot: SandboxBot, params: Params) -> Any:
    """Pin a message, with the service message everybody sees."""
    chat, message = existing(bot, params, "message to pin not found")
    chat.pinned = [*chat.pinned, message.message_id]
    chat.save(update_fields=["pinned"])
    if chat.kind != Chat.Kind.CHANNEL:
        pinned = {"pinned_message": present.message(message, with_reply=False)}
        write_message(chat, pinned, bot=bot)
    note_change("chat", chat)
    record_call(bot, params, chat, None)
    return True


def unpin_chat_message(bot: SandboxBot, params: Params) -> Any:
    """Unpin one message, the newest pinned one if none is named."""
    chat = writable_chat(bot, params)
    number = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    keep_pinned(bot, params, chat, [kept for kept in chat.pinned if kept != number])
    return True


def unpin_all_chat_messages(bot: SandboxBot, params: Params) -> Any:
    """Unpin everything."""
    keep_pinned(bot, params, writable_chat(bot, params), [])
    return True


def keep_pinned(bot: SandboxBot, params: Params, chat: Chat, kept: list[int]) -> None:
    """Store which messages stay pinned."""
    chat.pinned = kept
    chat.save(update_fields=["pinned"])
    note_change("chat", chat)
    record_call(bot, params, chat, None)


def one_by_one(bot: SandboxBot, params: Params) -> Any:
    """Forward or copy several messages; those that are not there are skipped."""
    repeat = copy_message if params.method == "copyMessages" else forward_message
    done = []
    for number in params.structure("message_ids") or []:
        values = params.values | {"message_id": number}
        try:
            sent = repeat(bot, Params(params.method, values))
        except ApiError as error:
            if "not found" not in error.description or "chat" in error.description:
                raise
            continue
        done.append({"message_id": sent["message_id"]})
    return done


def create_forum_topic(bot: SandboxBot, params: Params) -> Any:
    """Open a topic in a forum."""
    chat = writable_chat(bot, params)
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    created = {"name": params.text("name"), "icon_color": 7322096}
    message = write_message(chat, {"forum_topic_created": created}, bot=bot)
    topic = {"message_thread_id": message.message_id, "name": params.text("name")}
    chat.topics = [*chat.topics, topic]
    chat.save(update_fields=["topics"])
    note_change("chat", chat)
    record_call(bot, params, chat, message)
    return created | {"message_thread_id": message.message_id}


def set_person_status(bot: SandboxBot, params: Params) -> Any:
    """Ban, unban, restrict or promote a person in a group the bot administers."""
    chat = writable_chat(bot, params)
    person = Person.objects.filter(pk=params.integer("user_id")).first()
    if person is None:
        raise bad_request("user not found")
    mine = chat.members.filter(bot=bot, status="administrator")
    if not mine.exists():
        raise bad_request("not enough rights to restrict/unrestrict chat member")
    statuses = {
        "banChatMember": "kicked",
        "unbanChatMember": "left",
        "restrictChatMember": "restricted",
        "promoteChatMember": "administrator",
    }
    rights = params.structure("permissions")
    change_person(chat, person, statuses[params.method], person, rights)
    record_call(bot, params, chat, None)
    return True


METHODS = {
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "forwardMessages": one_by_one,
    "copyMessages": one_by_one,
    "createForumTopic": create_forum_topic,
    "banChatMember": set_person_status,
    "unbanChatMember": set_person_status,
    "restrictChatMember": set_person_status,
    "promoteChatMember": set_person_status,
}
