"""What people do with messages that are there: press a button, react, pin."""

import time
from typing import Any

from django.utils import timezone

from bots.sandbox import bridge, present
from bots.sandbox.ask import Ask
from bots.sandbox.callbacks import press_button, press_key
from bots.sandbox.errors import bad_request
from bots.sandbox.feed import shown
from bots.sandbox.messages import write_and_tell
from bots.sandbox.models import Chat, Press, SandboxBot
from bots.sandbox.updates import note_change, queue_update
from bots.sandbox.waiting import Sleeper


def react(ask: Ask) -> Any:
    """Set or take back a person's reaction."""
    message, person, emoji = ask.message(ask.chat()), ask.person(), str(ask.value("emoji", ""))
    before = message.reactions.get(str(person.pk), "")
    message.reactions.pop(str(person.pk), None)
    if emoji:
        message.reactions[str(person.pk)] = emoji
    message.save(update_fields=["reactions"])
    note_change("message", message.chat, message)
    update = {
        "chat": present.chat(message.chat),
        "message_id": message.message_id,
        "user": present.user(person),
        "date": int(timezone.now().timestamp()),
        "old_reaction": [{"type": "emoji", "emoji": before}] if before else [],
        "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
    }
    for bot in bots_in(message.chat):
        queue_update(bot, "message_reaction", update)
    return shown(message)


def bots_in(chat: Chat) -> list[SandboxBot]:
    """Return the bots that are in the chat."""
    members = chat.members.filter(bot__isnull=False).select_related("bot")
    return [member.bot for member in members if member.bot is not None and member.present]


def pin(ask: Ask) -> Any:
    """Pin a message, which everybody sees as a service message."""
    chat, person = ask.chat(), ask.person()
    message = ask.message(chat)
    chat.pinned = [*chat.pinned, message.message_id]
    chat.save(update_fields=["pinned"])
    content = {"pinned_message": present.message(message, with_reply=False)}
    return shown(write_and_tell(chat, content, person=person))


async def press(ask: Ask) -> Any:
    """Press an inline button and wait for the bot's answer (`timeout` seconds, 10 by default)."""
    pressed = await bridge.run(begin_press, ask)
    until = time.monotonic() + ask.integer("timeout", 10)
    with Sleeper(press_key(pressed.pk)) as sleeper:
        while (answer := await bridge.run(read_answer, pressed.pk)) is None:
            left = until - time.monotonic()
            if left <= 0 or sleeper.dismissed or ask.gone.is_set():
                break
            await sleeper.sleep(left)
    return {"press": pressed.pk, "answered": answer is not None, "answer": answer}


def begin_press(ask: Ask) -> Press:
    """Queue the press."""
    message = ask.message(ask.chat())
    pressed = press_button(ask.person(), message, str(ask.value("data", "")))
    if pressed is None:
        raise bad_request("only a bot's message has buttons")
    return pressed


def read_answer(pk: int) -> Any:
    """Return the answer to a press; None while there is none."""
    return Press.objects.values_list("answer", flat=True).get(pk=pk)
