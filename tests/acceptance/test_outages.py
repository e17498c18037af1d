"""What the bot needs goes away for a while, or another bot takes its place."""

import os
import signal
import time

import pytest

from tests.acceptance.harness.faults import Fault, Kind
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until, wait_for_time
from tests.machine import within

pytestmark = pytest.mark.acceptance


@pytest.mark.fault_row(14, "PostgreSQL restarts")
def test_a_restart_of_postgresql_is_survived(world_on, databases, row):
    world = world_on("postgresql")
    chat = world.chat()
    world.start()
    due = world.set_reminder(chat, "after the restart", 12)
    databases.postgres.restart()
    row.injected, returned = 1, time.time()
    for number in range(5):
        chat.say(f"/ping {number}")
    pong = world.wait_for_send("pong: 4", 20)
    row.figure = f"answers again after {pong.at - returned:.1f} s"
    assert pong.at - returned < within(5)
    assert world.wait_for_send("⏰ after the restart", 30).at - due < within(5)
    until(lambda: not world.unfinished(), 20, "all settled")
    assert [sent.text for sent in world.sends(text="pong")] == [f"pong: {n}" for n in range(5)]
    assert not judge(world).broken()


@pytest.mark.fault_row(15, "PostgreSQL is away for a while")
def test_postgresql_away_for_a_while_costs_no_update(world_on, databases, row, full):
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
        row.injected = len(world.proxy.named("getUpdates")) - polls
        assert len(world.api.unconfirmed(world.bot_id)) == 1, (
            "nothing is confirmed that is not stored"
        )
    finally:
        databases.postgres.start()
    returned = time.time()
    sent = world.wait_for_send("pong: while it is away", 40)
    row.figure = (
        f"away {seconds} s, {row.injected} polls, answered {sent.at - returned:.1f} s after"
    )
    until(lambda: not world.unfinished(), 20, "all settled")
    assert not judge(world).broken()


@pytest.mark.fault_row(9, "Temporal killed and away for a while")
def test_temporal_killed_for_20_seconds_loses_nothing(world, row, full):
    chat = world.chat()
    bot = world.start()
    seconds = 20 if full else 8
    dues = {
        f"item {n}": world.set_reminder(chat, f"item {n}", 4 + n * seconds / 3) for n in range(4)
    }
    # Frozen, the owner cannot start the server again: it stays away as long as the test wants.
    bot.process.signal(signal.SIGSTOP)
    bot.kill_temporal()
    row.injected, killed = 1, time.time()
    wait_for_time(killed + seconds)
    bot.process.signal(signal.SIGCONT)
    for text in dues:
        world.wait_for_send(f"⏰ {text}", 45)
    until(lambda: not world.unfinished(), 20, "all settled")
    found = judge(world)
    row.figure = f"away {seconds} s, worst {found.worst:.1f} s late"
    assert not found.broken()
    assert found.late(seconds + within(5)) == []
    assert len(found.lateness) == len(dues)


@pytest.mark.fault_row(9, "Temporal killed under a running bot")
def test_temporal_killed_under_a_running_bot_is_back_within_seconds(world, row):
    chat = world.chat()
    bot = world.start()
    due = world.set_reminder(chat, "after the crash", 6)
    pid = bot.kill_temporal()
    row.injected = 1
    until(lambda: bot.temporal_pid() not in {None, pid}, 10, "a new server on the same file")
    chat.say("/ping back")
    world.wait_for_send("pong: back", 15)
    late = world.wait_for_send("⏰ after the crash", 30).at - due
    row.figure = f"reminder {late:+.1f} s"
    assert late <= within(10)
    until(lambda: not world.unfinished(), 20, "all settled")
    assert not judge(world).broken()


@pytest.mark.fault_row(36, "a second runbot, and the first killed")
def test_a_second_runbot_waits_and_takes_over_when_the_first_is_killed(world, row):
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
    for number in range(5):
        world.set_reminder(chat, f"item {number}", 8 + 2 * number)
    until(lambda: not world.unfinished(), 20, "all settled before the kill")

    polls = [call for call in world.proxy.named("getUpdates") if call.status == 409]
    assert polls == [], "only one of them polls"
    first.kill()
    row.injected, killed = 1, time.time()
    chat.say("/ping two")
    world.wait_for_send("pong: two", 30)
    taken = time.time() - killed
    row.figure = f"it took over {taken:.1f} s after the SIGKILL"
    assert taken <= within(30)
    assert world.database.value(owner).endswith(f":{second.process.pid}")
    for number in range(5):
        world.wait_for_send(f"⏰ item {number}", 30, chat)
    until(lambda: not world.unfinished(), 20, "all settled")
    assert [sent.text for sent in world.sends(chat, "pong")] == ["pong: one", "pong: two"]
    assert len(world.sends(chat, "⏰")) == 5, "each once, whichever of the two sent it"
    found = judge(world)
    row.figure += f", reminders {found.worst:.1f} s late at most"
    assert not found.broken()


@pytest.mark.fault_row(8, "SIGSTOP for a while, then SIGCONT")
def test_frozen_for_a_while_it_catches_up(world, row, full):
    chat = world.chat()
    bot = world.start()
    seconds = 30 if full else 10
    dues = {f"item {n}": world.set_reminder(chat, f"item {n}", 3 + n * 2) for n in range(4)}
    os.kill(bot.process.pid, signal.SIGSTOP)
    frozen = time.time()
    chat.say("/ping while frozen")
    wait_for_time(frozen + seconds)
    os.kill(bot.process.pid, signal.SIGCONT)
    row.injected = 1
    for text in dues:
        world.wait_for_send(f"⏰ {text}", 45)
    world.wait_for_send("pong: while frozen", 20)
    until(lambda: not world.unfinished(), 20, "all settled")
    found = judge(world)
    row.figure = f"frozen {seconds} s, worst {found.worst:.1f} s late"
    assert not found.broken()
    assert found.marked_repeats == []
    assert found.late(seconds + within(5)) == []


@pytest.mark.fault_row(8, "frozen in the middle of a send")
def test_a_send_that_was_frozen_goes_on_and_leaves_no_doubt(world, row):
    chat = world.chat()
    bot = world.start()
    # Nobody knows whether a request that was cut off here would have arrived.
    held = world.proxy.add(Fault(Kind.DELAY, seconds=12))
    chat.say("/ping held")
    until(lambda: held.fired, 20, "the send")
    began = time.time()
    bot.process.signal(signal.SIGSTOP)
    wait_for_time(began + 9)
    bot.process.signal(signal.SIGCONT)
    sent = world.wait_for_send("pong: held", 20)
    until(lambda: not world.unfinished(), 10, "the receipt")
    row.injected, row.figure = held.fired, f"sent {sent.at - began:.1f} s after the freeze, once"
    attempts = [one["outcome"] for one in world.rows("SELECT outcome FROM conversations_attempt")]
    assert attempts == ["sent"]
    assert not judge(world).broken()
