"""The database has no room, fails now and then, or has many writers at once."""

import sqlite3
import time
from contextlib import closing

import psutil
import pytest

from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until

NO_LIMIT = psutil.RLIM_INFINITY if hasattr(psutil, "RLIM_INFINITY") else -1


def may_write(bot, size: int) -> None:
    """Let no file of the bot grow beyond so many bytes, as a full disk would."""
    psutil.Process(bot.process.pid).rlimit(psutil.RLIMIT_FSIZE, (size, NO_LIMIT))


@pytest.mark.acceptance
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
    until(lambda: len(world.proxy.named("getUpdates")) > polls + (8 if full else 3), 60, "polls")
    assert len(world.api.unconfirmed(world.bot_id)) == 1, "nothing is confirmed that is not stored"
    row.injected = len(world.proxy.named("getUpdates")) - polls
    assert bot.process.alive
    may_write(bot, NO_LIMIT)
    room = time.time()
    sent = world.wait_for_send("pong: into the full disk", 40)
    late = world.wait_for_send("⏰ after the flood", 40).at - max(due, room)
    until(lambda: bot.ready() == 200 and not world.unfinished(), 40, "all well again")
    answered = sent.at - room
    row.figure = f"503 after {said:.1f} s; then answers after {answered:.1f} s, reminder {late:+.1f} s"
    with closing(sqlite3.connect(world.database.file)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not judge(world).broken()
