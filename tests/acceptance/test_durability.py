"""Kills at the worst times: no reminder and no message is lost, and none has two effects."""

import time
from collections import Counter

import pytest

from tests.acceptance.harness.faults import Fault, Kind
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until, wait_for_time
from tests.machine import within

pytestmark = pytest.mark.acceptance


def kill_both(bot) -> None:
    """SIGKILL the bot and its Temporal server."""
    bot.kill()
    bot.kill_temporal()


@pytest.mark.fault_row(13, "bot and Temporal killed together")
def test_reminders_at_30_60_and_90_seconds_survive_the_end_of_both_processes(world, row):
    chat = world.chat()
    bot = world.start()
    began = time.time()
    dues = {
        f"after {wait}": world.set_reminder(chat, f"after {wait}", wait) for wait in (30, 60, 90)
    }
    wait_for_time(began + 15)
    kill_both(bot)
    row.injected = 2
    world.start(bot)

    deltas = {
        text: world.wait_for_send(f"⏰ {text}", max(due - time.time(), 0) + 15).at - due
        for text, due in dues.items()
    }
    row.figure = ", ".join(f"{text} s {delta:+.2f} s" for text, delta in deltas.items())
    until(lambda: not world.unfinished(), 20, "all settled")
    assert all(abs(delta) <= within(10) for delta in deltas.values())
    for text in dues:
        assert len(world.sends(chat, f"⏰ {text}")) == 1
    assert not judge(world).broken()


@pytest.mark.parametrize(
    "each_world", ["sqlite", pytest.param("postgresql", marks=pytest.mark.chaos)], indirect=True
)
@pytest.mark.fault_row("4/13", "three kills, one of them of Temporal too")
def test_no_reminder_is_lost_over_three_kills(each_world, row, full):
    world = each_world
    count, span = (60, 45) if full else (24, 18)
    chats = [world.chat(f"P{number}") for number in range(6)]
    bot = world.start()
    base = time.time()
    ahead = {n: 12 + n * span / count for n in range(count)}
    world.api.enqueue(
        [(chats[n % 6], f"/remind in {int(wait)} seconds item {n:03}") for n, wait in ahead.items()]
    )
    until(lambda: reminder_count(world) == count, 60, f"{count} reminders")
    for kill in range(3):
        wait_for_time(base + 14 + kill * span / 3)
        kill_both(bot) if kill == 1 else bot.kill()
        row.injected += 1
        world.start(bot)
    until(lambda: delivered(world) == count, span + 60, f"{count} deliveries")
    until(lambda: not world.unfinished(), 60, "all settled")
    found = judge(world)
    row.figure = (
        f"{count} reminders, worst {found.worst:.1f} s late, "
        f"{len(found.marked_repeats)} marked repeats"
    )
    assert not found.broken()
    assert len(found.lateness) == count


def reminder_count(world) -> int:
    return world.database.value("SELECT count(*) FROM reminders_reminder")


def delivered(world) -> int:
    return world.database.value("SELECT count(*) FROM reminders_delivery WHERE state <> 'claimed'")


@pytest.mark.parametrize(
    "each_world", ["sqlite", pytest.param("postgresql", marks=pytest.mark.chaos)], indirect=True
)
@pytest.mark.fault_row(1, "SIGKILL with 50 updates queued")
def test_fifty_queued_updates_survive_three_kills(each_world, row):
    world = each_world
    chats = [world.chat(f"P{number}") for number in range(5)]
    bot = world.start()
    slow = world.proxy.add(Fault(Kind.SLOW, times=1000, seconds=1))
    world.api.enqueue([(chats[n % 5], f"/ping {n:02}") for n in range(50)])
    for handled in (2, 12, 24):
        until(lambda wanted=handled: len(world.sends()) >= wanted, 60, f"{handled} answers")
        bot.kill()
        row.injected += 1
        assert len({sent.text for sent in world.sends()}) < 50, "and updates were queued"
        world.start(bot)
    until(lambda: answered(world) == 50 and not world.unfinished(), 120, "50 answered updates")

    assert slow.fired >= 50
    found = judge(world)
    pongs = Counter(sent.text.partition("\n")[0] for sent in world.sends(text="pong: "))
    doubled = [text for text, count in pongs.items() if count > 1]
    marked = {row["text"] for row in world.outgoing() if row["possible_repeat"]}
    row.figure = f"{len(pongs)} of 50 answered, {len(doubled)} marked repeats"
    assert set(pongs) == {f"pong: {n:02}" for n in range(50)}
    assert set(doubled) <= marked
    assert not found.broken()


def answered(world) -> int:
    return world.database.value("SELECT count(*) FROM bots_update WHERE state = 'answered'")
