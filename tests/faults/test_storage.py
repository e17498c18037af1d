"""The database has no room, or fails now and then."""

import asyncio
import sqlite3
import time
from contextlib import closing, suppress

import psutil
import pytest
from django.db import OperationalError
from django.utils import timezone

from bots import inbox
from bots.models import Bot, Update
from bots.polling import Poller
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until, wait_for_time
from tests.machine import within
from tests.reliability.conftest import close_database_threads

pytestmark = pytest.mark.acceptance
NO_LIMIT = -1


@pytest.fixture
def database_threads():
    """Ends the connections of the bridge's threads, so that the test database can go."""
    yield
    close_database_threads()


def may_write(bot, size: int) -> None:
    """Let no file of the bot grow beyond so many bytes, as a full disk would."""
    psutil.Process(bot.process.pid).rlimit(psutil.RLIMIT_FSIZE, (size, NO_LIMIT))


@pytest.mark.fault_row(18, "no room for the database")
def test_without_room_nothing_is_confirmed_and_nothing_damaged(world, row, full):
    chat = world.chat()
    bot = world.start()
    due = world.set_reminder(chat, "after the flood", 12)
    until(lambda: not world.unfinished(), 20, "the confirmation")
    may_write(bot, 1)
    full_at, polls = time.time(), len(world.proxy.named("getUpdates"))
    chat.say("/ping into the full disk")
    until(lambda: bot.ready() == 503, 30, "a bot that says so")
    said = time.time() - full_at
    wait_for_time(full_at + (40 if full else 8))
    assert len(world.api.unconfirmed(world.bot_id)) == 1, "nothing is confirmed that is not stored"
    row.injected = len(world.proxy.named("getUpdates")) - polls
    assert row.injected >= 2, "the poller asks again"
    assert bot.process.alive
    may_write(bot, NO_LIMIT)
    room = time.time()
    sent = world.wait_for_send("pong: into the full disk", 40)
    late = world.wait_for_send("⏰ after the flood", 40).at - max(due, room)
    until(lambda: bot.ready() == 200 and not world.unfinished(), 40, "all well again")
    answered = sent.at - room
    row.figure = (
        f"503 after {said:.1f} s; then answers after {answered:.1f} s, reminder {late:+.1f} s"
    )
    with closing(sqlite3.connect(world.database.file)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not judge(world).broken()


@pytest.mark.django_db(transaction=True)
@pytest.mark.fault_row(16, "the database fails while an update is stored")
def test_a_database_that_fails_now_and_then_loses_no_update(
    bot_api, settings, monkeypatch, row, database_threads
):
    settings.TELEGRAM_API_URL = bot_api.url
    bot_id = bot_api.new_bot(token := "700016:inbox_trouble_inbox_trouble_inbox_tr")
    chat = bot_api.private_chat(bot_id)
    store, failed = inbox.store, set()

    def fail_once(bot: int, raw: dict) -> bool:
        if raw["update_id"] % 3 == 0 and raw["update_id"] not in failed:
            failed.add(raw["update_id"])
            raise OperationalError("disk I/O error")
        return store(bot, raw)

    monkeypatch.setattr(inbox, "store", fail_once)
    bot_api.enqueue([(chat, f"/ping {number}") for number in range(9)])
    asyncio.run(poll_until(token, lambda: not bot_api.unconfirmed(bot_id)))
    row.injected = len(failed)
    age = (timezone.now() - Bot.objects.get(pk=bot_id).last_polled_at).total_seconds()
    row.figure = f"{Update.objects.count()} of 9 stored, last good poll {age:.1f} s ago"
    assert row.injected == 3
    assert [one.payload["message"]["text"] for one in Update.objects.order_by("update_id")] == [
        f"/ping {number}" for number in range(9)
    ]
    assert age < within(10)


async def poll_until(token: str, done) -> None:
    """Run a poller until nothing waits at the server any more."""
    poller = asyncio.create_task(Poller(token, "test", lambda: None).run())
    async with asyncio.timeout(within(40)):
        while not await asyncio.to_thread(done):
            await asyncio.sleep(0.2)
    poller.cancel()
    with suppress(asyncio.CancelledError):
        await poller
