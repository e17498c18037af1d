"""Presses of inline buttons and their answers."""

from typing import Any

from bots.sandbox import present
from bots.sandbox.errors import QUERY_TOO_OLD, bad_request
from bots.sandbox.models import Message, Person, Press, SandboxBot
from bots.sandbox.params import Params
from bots.sandbox.updates import note_change, queue_update
from bots.sandbox.waiting import wake_on_commit


def press_button(person: Person, message: Message, data: str) -> Press | None:
    """Queue a callback query; None when the message is not a bot's."""
    bot = message.bot
    if bot is None:
        return None
    press = Press.objects.create(bot=bot, person=person, message=message, data=data)
    query = {
        "id": str(query_id(press)),
        "from": present.user(person),
        "message": present.message(message),
        "chat_instance": str(-8_000_000_000_000 - message.chat_id),
        "data": data,
    }
    queue_update(bot, "callback_query", query)
    return press


def query_id(press: Press) -> int:
    """Return the id a bot sees for a press."""
    return 4_000_000_000_000_000 + press.pk


def press_key(press_pk: int) -> str:
    """Return the key the presser's page waits for."""
    return f"press{press_pk}"


def answer_callback_query(bot: SandboxBot, params: Params) -> Any:
    """Stop the button's spinner and show a toast or an alert."""
    number = params.integer("callback_query_id") - query_id(Press(pk=0))
    press = Press.objects.filter(pk=number, bot=bot, answer__isnull=True).first()
    if press is None:
        raise bad_request(QUERY_TOO_OLD)
    press.answer = {
        "text": params.text("text")[:200],
        "show_alert": params.flag("show_alert"),
        "url": params.text("url"),
    }
    press.save(update_fields=["answer"])
    chat = press.message.chat
    note_change("toast", chat, person=press.person, press=press.pk, **press.answer)
    wake_on_commit(press_key(press.pk))
    return True
