"""Temporal has forgotten what it was told, or gives up what is under way: the order and the receipt stay."""

import asyncio
from datetime import timedelta

import pytest
from django.utils import timezone
from temporalio.service import RPCError, RPCStatusCode

from bots.inbox import store
from bots.models import Update
from conversations import outbox, sending
from conversations.dispatch import Dispatcher
from conversations.replies import Say
from tests.machine import within
from tests.reliability.account import BOT_ID, PERSON, Story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.fault_row(12, "the order of a chat whose workflow was lost")
def test_a_new_answer_overtakes_none_that_temporal_has_forgotten(account, row):
    chat = Story(account).chat
    rows = [outbox.write(chat, [Say("pong", {"text": text})], text)[0] for text in "abc"]
    for _ in rows[:-1]:
        with pytest.raises(sending.LaterError) as later:
            asyncio.run(sending.deliver(rows[-1].pk))
        assert later.value.seconds < 1
    assert asyncio.run(sending.deliver(rows[-1].pk)).state == "sent"
    row.injected, row.figure = 2, "a, b, c"
    assert [one["text"] for one in account.named("sendMessage")] == [
        "pong: a",
        "pong: b",
        "pong: c",
    ]


class Forgetful:
    """A Temporal client that notes what it is told, after one call that fails."""

    def __init__(self) -> None:
        self.failures = 1
        self.told: list[int] = []
        self.complete = asyncio.Event()

    async def start_workflow(self, *_, start_signal_args, **__) -> None:
        if self.failures:
            self.failures -= 1
            raise RPCError("it restarts", RPCStatusCode.UNAVAILABLE, b"")
        self.told.append(start_signal_args[0].update_id)
        if len(self.told) == 3:
            self.complete.set()


@pytest.mark.fault_row(12, "updates whose workflow was lost, and a new one")
def test_a_new_update_overtakes_none_that_temporal_has_forgotten(account, row):
    Story(account)
    for number in (1, 2, 3):
        message = {"message_id": number, "chat": {"id": PERSON, "type": "private"}, "text": "hi"}
        store(BOT_ID, {"update_id": number, "message": message})
    lost = Update.objects.filter(update_id__lt=3)
    row.injected = lost.update(state="handed_over", handed_over_at=timezone.now())
    client = Forgetful()

    async def hand_over() -> None:
        running = asyncio.create_task(Dispatcher(client).run())
        async with asyncio.timeout(within(10)):
            await client.complete.wait()
        running.cancel()

    asyncio.run(hand_over())
    row.figure = f"told in the order {client.told}"
    assert client.told == [1, 2, 3]


@pytest.mark.fault_row(8, "given up by Temporal in the middle of a send")
def test_a_send_that_was_given_up_still_gets_its_receipt(account, row):
    [message] = outbox.write(Story(account).chat, [Say("pong", {"text": "x"})], "k")

    async def give_up() -> None:
        reached, answer = asyncio.Event(), asyncio.Event()
        call = account.call

        async def slow_call(*args, **fields):
            reached.set()
            await answer.wait()
            return await call(*args, **fields)

        account.call = slow_call
        given_up = asyncio.create_task(sending.deliver(message.pk))
        await reached.wait()
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        with pytest.raises(sending.LaterError):
            await sending.deliver(message.pk)
        answer.set()
        await asyncio.gather(*sending._open)

    asyncio.run(give_up())
    message.refresh_from_db()
    row.injected, row.figure = 1, message.state
    assert message.state == "sent"
    assert len(account.named("sendMessage")) == 1


def test_an_answer_that_leaves_slowly_holds_nothing_up_and_is_sent_once(account, monkeypatch):
    monkeypatch.setattr(sending, "AT_ONCE", within(0.1))
    chat = Story(account).chat
    ids = [outbox.write(chat, [Say("pong", {"text": text})], text)[0].pk for text in "ab"]
    call, answer = account.call, asyncio.Event()

    async def slow_call(*args, **fields):
        await answer.wait()
        return await call(*args, **fields)

    async def answer_twice() -> list[int]:
        account.call = slow_call
        left = await sending.send_at_once(ids)
        with pytest.raises(sending.LaterError, match="busy"):
            await sending.deliver(ids[0])
        answer.set()
        await sending.finish(timedelta(seconds=5))
        assert (await sending.deliver(ids[0])).state == "sent"
        assert await sending.send_at_once(ids) == []
        return left

    assert asyncio.run(answer_twice()) == ids
    assert [one["text"] for one in account.named("sendMessage")] == ["pong: a", "pong: b"]
