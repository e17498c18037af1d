"""What the bot needs goes away for a while, or another bot takes its place."""

import os
import signal
import time

import pytest

from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until, wait_for_time

pytestmark = pytest.mark.acceptance


def test_a_restart_of_postgresql_is_survived(world_on, databases):
    world = world_on("postgresql")
    chat = world.chat()
    world.start()
    due = world.set_reminder(chat, "after the restart", 12)
    databases.postgres.restart()
    for number in range(5):
        chat.say(f"/ping {number}")
    pong = world.wait_for_send("pong: 4", 20)
    assert pong.at < due, "it answers again soon"
    assert world.wait_for_send("⏰ after the restart", 30).at - due < 5
    until(lambda: not world.unfinished(), 20, "all settled")
    assert [sent.text for sent in world.sends(text="pong")] == [f"pong: {n}" for n in range(5)]
    assert not judge(world).broken()


def test_postgresql_away_for_a_while_costs_no_update(world_on, databases, full):
    world = world_on("postgresql")
    chat = world.chat()
    world.start()
    seconds = 30 if full else 8
    databases.postgres.stop()
    stopped = time.time()
    try:
        chat.say("/ping while it is away")
        polls = len(world.proxy.named("getUpdates"))
        until(lambda: len(world.proxy.named("getUpdates")) > polls + 1, 20, "the poller asks again")
        wait_for_time(stopped + seconds)
        assert len(world.api.unconfirmed(world.bot_id)) == 1, (
            "nothing is confirmed that is not stored"
        )
    finally:
        databases.postgres.start()
    world.wait_for_send("pong: while it is away", 40)
    until(lambda: not world.unfinished(), 20, "all settled")
    assert not judge(world).broken()


def test_temporal_killed_for_20_seconds_loses_nothing(world, full, note_figure):
    chat = world.chat()
    bot = world.start()
    seconds = 20 if full else 8
    dues = {
        f"item {n}": world.set_reminder(chat, f"item {n}", 4 + n * seconds / 3) for n in range(4)
    }
    # Frozen, the owner cannot start the server again: it stays away as long as the test wants.
    bot.process.signal(signal.SIGSTOP)
    bot.kill_temporal()
    killed = time.time()
    wait_for_time(killed + seconds)
    bot.process.signal(signal.SIGCONT)
    for text in dues:
        world.wait_for_send(f"⏰ {text}", 45)
    until(lambda: not world.unfinished(), 20, "all settled")
    found = judge(world)
    note_figure(f"Temporal away for {seconds} s: worst {found.worst:.1f} s late")
    assert not found.broken()
    assert found.late(seconds + 5) == []
    assert len(found.lateness) == len(dues)


def test_temporal_killed_under_a_running_bot_is_back_within_seconds(world, note_figure):
    chat = world.chat()
    bot = world.start()
    due = world.set_reminder(chat, "after the crash", 6)
    pid = bot.kill_temporal()
    until(lambda: bot.temporal_pid() not in {None, pid}, 10, "a new server on the same file")
    chat.say("/ping")
    world.wait_for_send("pong:", 15)
    late = world.wait_for_send("⏰ after the crash", 30).at - due
    note_figure(f"Temporal killed under a running bot: reminder {late:+.1f} s")
    assert late <= 10
    until(lambda: not world.unfinished(), 20, "all settled")
    assert not judge(world).broken()


def test_a_second_runbot_waits_and_takes_over_when_the_first_is_killed(world, note_figure):
    chat = world.chat()
    first = world.start()
    second = world.bot(TEMPORAL_ADDRESS=first.temporal_address)
    second.launch()
    until(lambda: second.ready() in {200, 404, 503}, 60, "the second bot's pages")
    owner = "SELECT lease_owner FROM bots_bot"
    first_owner = world.database.value(owner)
    assert first_owner.endswith(f":{first.process.pid}")
    chat.say("/ping one")
    world.wait_for_send("pong: one")
    until(lambda: not world.unfinished(), 20, "all settled before the kill")

    polls = [call for call in world.proxy.named("getUpdates") if call.status == 409]
    assert polls == [], "only one of them polls"
    first.kill()
    killed = time.time()
    chat.say("/ping two")
    world.wait_for_send("pong: two", 30)
    taken = time.time() - killed
    note_figure(f"a second runbot took over {taken:.1f} s after the SIGKILL of the first")
    assert taken <= 30
    assert world.database.value(owner).endswith(f":{second.process.pid}")
    until(lambda: not world.unfinished(), 20, "all settled")
    assert [sent.text for sent in world.sends(chat)] == ["pong: one", "pong: two"]
    assert not judge(world).broken()


def test_frozen_for_a_while_it_catches_up(world, full):
    chat = world.chat()
    bot = world.start()
    seconds = 30 if full else 10
    dues = {f"item {n}": world.set_reminder(chat, f"item {n}", 3 + n * 2) for n in range(4)}
    os.kill(bot.process.pid, signal.SIGSTOP)
    frozen = time.time()
    chat.say("/ping while frozen")
    wait_for_time(frozen + seconds)
    os.kill(bot.process.pid, signal.SIGCONT)
    for text in dues:
        world.wait_for_send(f"⏰ {text}", 45)
    world.wait_for_send("pong: while frozen", 20)
    until(lambda: not world.unfinished(), 20, "all settled")
    found = judge(world)
    assert not found.broken()
    assert found.late(seconds + 5) == []
