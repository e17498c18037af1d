"""The way in is disturbed: kills between its steps, repeats, odd numbers, a locked database."""

import os
import signal
import sqlite3
import time
from contextlib import closing

import pytest

from tests.acceptance.harness.faults import Fault, Kind
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until, wait_for_time
from tests.acceptance.test_ordering import message
from tests.machine import within

pytestmark = pytest.mark.acceptance


def stored(world) -> int:
    return world.database.value("SELECT count(*) FROM bots_update")


@pytest.mark.fault_row(2, "SIGKILL between the inbox's commit and the confirming getUpdates")
def test_an_update_stored_and_not_confirmed_comes_again_and_counts_once(world, row):
    chat = world.chat()
    bot = world.start()
    fault = world.proxy.add(Fault(Kind.RESET, method="getUpdates", times=1000))
    chat.say("/ping once")
    until(lambda: fault.fired, 20, "a getUpdates that would have confirmed")
    bot.kill()
    assert stored(world) == 1
    assert len(world.api.unconfirmed(world.bot_id)) == 1
    row.injected, world.proxy.faults = fault.fired, []
    world.start(bot)
    until(lambda: world.database.value("SELECT sum(repeats) FROM bots_update"), 20, "the repeat")
    world.wait_for_send("pong: once", 20)
    until(lambda: not world.unfinished(), 20, "all settled")
    row.figure = f"{stored(world)} row, {len(world.outgoing())} answer"
    assert (stored(world), len(world.outgoing())) == (1, 1)
    assert not judge(world).broken()


@pytest.mark.fault_row(3, "SIGKILL between the inbox's commit and the signal")
def test_an_update_nobody_was_told_of_is_handed_over_after_the_restart(world, row):
    chat = world.chat()
    bot = world.start()
    temporal = bot.temporal_pid()
    os.kill(temporal, signal.SIGSTOP)
    chat.say("/ping late")
    until(lambda: stored(world) == 1, 20, "the stored update")
    bot.kill()
    os.kill(temporal, signal.SIGCONT)
    row.injected = sum(
        one["state"] == "received" for one in world.rows("SELECT state FROM bots_update")
    )
    world.start(bot)
    ready = time.time()
    sent = world.wait_for_send("pong: late", 20)
    row.figure = f"answered {max(0, sent.at - ready):.1f} s after the start"
    assert sent.at - ready <= within(5)
    until(lambda: not world.unfinished(), 20, "all settled")
    assert not judge(world).broken()


@pytest.mark.fault_row(17, "SQLite locked by another process")
def test_a_locked_database_is_waited_for(world, row, full):
    chat = world.chat()
    bot = world.start()
    due = world.set_reminder(chat, "behind the lock", 3)
    seconds = 10 if full else 5
    with closing(sqlite3.connect(world.database.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        locked = time.time()
        for number in range(5):
            chat.say(f"/ping {number}")
        wait_for_time(locked + seconds)
        other.execute("ROLLBACK")
    row.injected = 1
    world.wait_for_send("pong: 4", 30)
    late = world.wait_for_send("⏰ behind the lock", 30).at - due
    until(lambda: not world.unfinished(), 20, "all settled")
    row.figure = f"locked {seconds} s, reminder {late:+.1f} s"
    assert "database is locked" not in bot.process.log()
    assert [sent.text for sent in world.sends(text="pong")] == [f"pong: {n}" for n in range(5)]
    assert not judge(world).broken()


@pytest.mark.fault_row(34, "one update handed out five times")
def test_an_update_that_comes_five_times_counts_once(world, row):
    chat = world.chat()
    world.start()
    update = message(chat, 1, 4_000_000)
    for _ in range(3):
        world.api.inject(world.bot_id, [update])
    world.api.inject(world.bot_id, [update, update])
    until(lambda: stored(world) == 1, 20, "the update")
    repeats = "SELECT repeats FROM bots_update"
    until(lambda: world.database.value(repeats) == 4, 20, "its repeats")
    until(lambda: world.sends() and not world.unfinished(), 20, "all settled")
    row.injected = world.database.value(repeats)
    row.figure = f"{len(world.sends())} answer"
    assert len(world.sends()) == 1
    assert not judge(world).broken()


@pytest.mark.fault_row(35, "updates out of order, a gap, ids that begin again lower")
def test_odd_numbering_drops_nothing(world, row):
    chat = world.chat()
    world.start()
    numbers = [900_000, 900_005, 900_002, 100, 101]
    world.api.inject(
        world.bot_id, [message(chat, place, number) for place, number in enumerate(numbers)]
    )
    until(lambda: len(world.sends()) == 5 and not world.unfinished(), 30, "every answer")
    row.injected = 3
    row.figure = "5 of 5 answered"
    assert [sent.text for sent in world.sends()] == [f"pong: {place}" for place in range(5)]


@pytest.mark.fault_row(88, "updates of unknown shape among good ones")
def test_an_update_nobody_can_read_stops_no_other(world, row):
    chat = world.chat()
    world.start()
    base = 2_000_000
    odd = [
        {"update_id": base + 1, "future_kind": {"chat": {"id": chat.chat_id}, "new": [1, 2]}},
        {"update_id": base + 2, "message": {"message_id": "x", "chat": {"id": chat.chat_id}}},
        {"update_id": base + 3, "message": "no object"},
        {"update_id": base + 4},
    ]
    world.api.inject(world.bot_id, [message(chat, 0, base), *odd, message(chat, 1, base + 5)])
    until(lambda: len(world.sends()) == 2 and not world.unfinished(), 30, "both answers")
    states = [one["state"] for one in world.rows("SELECT state FROM bots_update ORDER BY id")]
    row.injected, row.figure = len(odd), f"states {states[1:-1]}"
    assert states[0] == states[-1] == "answered"
    assert stored(world) == 6
