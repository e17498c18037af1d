"""getUpdates confirms, waits and refuses as Telegram does; webhooks deliver until heard."""

import asyncio
import json
import time

import pytest

from tests.machine import within

pytestmark = pytest.mark.acceptance


async def test_an_update_comes_again_until_the_offset_confirms_it(talk):
    await talk.write("one")
    first = await talk.updates()
    assert [update["message"]["text"] for update in first] == ["one"]
    assert await talk.updates() == first
    assert await talk.updates(offset=first[0]["update_id"] + 1) == []
    assert await talk.updates() == []


async def test_a_negative_offset_forgets_all_but_the_newest(talk):
    for text in ("one", "two", "three"):
        await talk.write(text)
    kept = await talk.updates(offset=-2)
    assert [update["message"]["text"] for update in kept] == ["two", "three"]
    assert await talk.updates() == kept


async def test_the_limit_is_kept(talk):
    for text in ("one", "two"):
        await talk.write(text)
    assert len(await talk.updates(limit=1)) == 1


async def test_a_waiting_poll_wakes_with_the_update(talk):
    poll = asyncio.create_task(talk.updates(timeout=30))
    await until_waiting(talk)
    before = time.monotonic()
    await talk.write("wake")
    found = await poll
    assert found[0]["message"]["text"] == "wake"
    assert time.monotonic() - before < within(1)


async def until_waiting(talk):
    """Give the poll a round trip of its own bot's time to settle."""
    for _ in range(3):
        await talk.result("getMe")


async def test_a_second_poll_ends_the_first(talk):
    first = asyncio.create_task(talk.refusal("getUpdates", timeout=30))
    await until_waiting(talk)
    assert await talk.updates(timeout=0) == []
    assert await first == (
        "409 Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )


async def test_only_the_wanted_kinds_come(talk):
    await talk.updates(allowed_updates=["callback_query"])
    await talk.write("unseen")
    assert await talk.updates(allowed_updates=[]) == []
    await talk.write("seen")
    assert len(await talk.updates()) == 1


async def test_injected_updates_may_repeat_an_id_or_have_none(talk):
    await talk.write("one")
    (update,) = await talk.updates()
    confirmed = update["update_id"] + 1
    await talk.updates(offset=confirmed)
    await talk.sandbox.people.post("updates", bot=talk.bot, updates=[update, {"odd": 1}])
    assert await talk.updates(offset=confirmed) == [update, {"odd": 1}]
    assert await talk.updates(offset=confirmed) == []


async def test_many_messages_can_be_queued_at_once(talk):
    messages = [
        {"chat": talk.chat, "person": talk.person, "text": str(number)} for number in range(150)
    ]
    await talk.sandbox.people.post("enqueue", messages=messages)
    found = await talk.updates()
    assert [update["message"]["text"] for update in found] == [str(n) for n in range(100)]


class Receiver:
    """A webhook's other end: answers 500 so many times, then 200 with a body."""

    def __init__(self, failures=0, body=b""):
        self.failures, self.body, self.got, self.secrets = failures, body, asyncio.Queue(), []

    async def __call__(self, reader, writer):
        while line := (await reader.readline()).decode():
            headers = {}
            while (header := (await reader.readline()).decode().strip()) != "":
                name, _, value = header.partition(": ")
                headers[name.lower()] = value
            body = await reader.readexactly(int(headers["content-length"]))
            self.secrets.append(headers.get("x-telegram-bot-api-secret-token"))
            self.failures -= 1
            status = "500 Broken" if self.failures >= 0 else "200 OK"
            head = f"HTTP/1.1 {status}\r\nContent-Length: {len(self.body)}\r\n\r\n"
            writer.write(head.encode() + self.body)
            await self.got.put((line, status, body))
        writer.close()


async def test_a_webhook_gets_updates_with_its_secret_and_again_after_a_failure(talk):
    receiver = Receiver(failures=1)
    server = await asyncio.start_server(receiver, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await talk.result("setWebhook", url=f"http://127.0.0.1:{port}/hook", secret_token="s3cret")
    assert (await talk.refusal("getUpdates")).startswith("409 Conflict: can't use getUpdates")
    await talk.write("to the hook")
    async with asyncio.timeout(within(10)):
        _, failed, first = await receiver.got.get()
        _, passed, second = await receiver.got.get()
    assert (failed, passed) == ("500 Broken", "200 OK")
    assert first == second
    assert b"to the hook" in second
    assert receiver.secrets == ["s3cret", "s3cret"]
    info = await talk.result("getWebhookInfo")
    assert "500" in info["last_error_message"]
    await talk.result("deleteWebhook")
    assert await talk.updates() == []
    server.close()


async def test_a_webhook_may_answer_with_a_call(talk):
    call = {"method": "sendMessage", "chat_id": talk.person, "text": "from the hook"}
    server = await asyncio.start_server(Receiver(body=json.dumps(call).encode()), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await talk.result("setWebhook", url=f"http://127.0.0.1:{port}/hook")
    await talk.write("go")
    (row,) = await talk.sandbox.people.wait_for_sends(0, 1, bot=talk.bot)
    assert row["text"] == "from the hook"
    await talk.result("deleteWebhook")
    server.close()


async def test_a_webhook_beyond_this_machine_is_refused(talk):
    answer = await talk.refusal("setWebhook", url="https://example.org/hook")
    assert answer.startswith("400 Bad Request: bad webhook")
