"""The way in without processes: posted to the webhook, opened by the dispatcher, answered in its transaction."""

import itertools
import json
import time
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from django.test import Client

from bots.client import data_converter
from bots.envelope import Envelope
from bots.models import Update
from conversations.answering import answer
from conversations.dispatch import Dispatcher
from conversations.models import Chat, Message
from tests.bad_inputs.inputs import is_clean
from tests.machine import within

BOT = 1000001
SECRET = "webhook-secret_1"
_numbers = itertools.count(5_000_000)


async def same_thread(function, *args, **kwargs):
    """Stand in for the bridge's threads, which cannot see this test's open transaction."""
    return await sync_to_async(function)(*args, **kwargs)


class Hook:
    """Posts updates, and lets the bot handle what was stored."""

    def __init__(self) -> None:
        self.client = Client()
        self.dispatcher = Dispatcher(None)  # only what it does before it talks to Temporal

    def post(self, body: bytes | dict[str, Any], secret: str = SECRET) -> int:
        """Post an update as Telegram would; the status. A dict is given a number of its own."""
        if isinstance(body, dict):
            body = json.dumps({"update_id": next(_numbers), **body}).encode()
        response = self.client.post(
            f"/webhook/{BOT}", body, content_type="application/json",
            headers={"X-Telegram-Bot-Api-Secret-Token": secret},
        )  # fmt: skip
        return response.status_code

    def handle(self) -> list[Message]:
        """Open and answer everything that waits; the rows that are to be sent."""
        answers = []
        for row in Update.objects.waiting():
            envelope = async_to_sync(self.dispatcher._open)(row)
            row.refresh_from_db()
            if envelope is None:
                assert row.state in {"ignored", "poison"}
                assert row.error
            else:
                answers += self._answer(envelope)
        assert not Update.objects.waiting().exists(), "nothing may wait for ever"
        return answers

    def _answer(self, envelope: Envelope) -> list[Message]:
        began = time.monotonic()
        told = answer(async_to_sync(carried)(envelope))
        assert time.monotonic() - began < within(1), "the promise: an answer within a second"
        update = Update.objects.get(bot=BOT, update_id=envelope.update_id)
        assert (update.state, update.error) == ("answered", "")
        return list(Message.objects.filter(pk__in=told.message_ids))

    def take(self, *bodies: dict[str, Any]) -> list[Message]:
        """Post updates, each of which must be accepted, and handle them."""
        for body in bodies:
            assert self.post(body) == 200
        rows = self.handle()
        assert_all_is_clean()
        return [row for row in rows if row.method == "sendMessage"]


async def carried(envelope: Envelope) -> Envelope:
    """Return the envelope as the workflow gets it: encrypted, and small enough for a history."""
    payloads = await data_converter().encode([envelope])
    assert sum(payload.ByteSize() for payload in payloads) < 2**20
    (arrived,) = await data_converter().decode(payloads, [Envelope])
    return arrived


def assert_all_is_clean() -> None:
    """Check every text that the messages, the chats and the inbox hold."""
    for row in Message.objects.all():
        texts = [row.text, row.sender_name, json.dumps(row.params, ensure_ascii=False)]
        assert all(map(is_clean, texts)), texts
    for chat in Chat.objects.all():
        assert is_clean(chat.title + chat.username + chat.type)
    for payload in Update.objects.values_list("payload", flat=True):
        assert is_clean(json.dumps(payload, ensure_ascii=False))
