"""The bot dies, again and again, politely and not."""

import time

import pytest

from tests.acceptance.harness.faults import Fault, Kind
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until, wait_for_time
from tests.machine import within

pytestmark = pytest.mark.acceptance


def set_many(world, count: int, first: float, span: float) -> None:
    """Set reminders due evenly over `span` seconds, in 8 chats."""
    chats = [world.chat(f"P{number}") for number in range(8)]
    world.api.enqueue(
        [
            (chats[n % 8], f"/remind in {first + n * span / count:.0f} seconds item {n:03}")
            for n in range(count)
        ]
    )
    made = "SELECT count(*) FROM reminders_reminder"
    until(lambda: world.database.value(made) == count, 60, f"{count} reminders")


def settle(world, count: int) -> None:
    """Wait until every reminder has been delivered and nothing is left to do."""
    done = "SELECT count(*) FROM reminders_delivery WHERE state <> 'claimed'"
    until(lambda: world.database.value(done) == count, 90, f"{count} deliveries")
    until(lambda: not world.unfinished(), 60, "all settled")


@pytest.mark.chaos
@pytest.mark.fault_row("4/5", "SIGKILL in the middle of sends, every 5 s")
def test_kills_in_the_middle_of_sends(world, row, full):
    count, kills = (120, 4) if full else (32, 2)
    bot = world.start()
    began = time.time()
    set_many(world, count, 16, kills * 5)
    slow = world.proxy.add(Fault(Kind.SLOW, text="⏰", times=10_000, seconds=0.3))
    for turn in range(kills):
        wait_for_time(began + 18 + turn * 5)
        bot.kill()
        row.injected += 1
        world.start(bot)
    settle(world, count)
    found = judge(world)
    lateness = sorted(found.lateness.values())
    p95 = lateness[int(0.95 * (len(lateness) - 1))]
    row.figure = (
        f"p95 {p95:.1f} s, max {found.worst:.1f} s late, {len(found.marked_repeats)} marked repeats, "
        f"{len(found.unknown)} unknown"
    )
    assert slow.fired
    assert not found.broken()
    assert len(found.lateness) == count
    assert len(found.unknown) <= 12


@pytest.mark.chaos
@pytest.mark.fault_row(6, "SIGTERM every 5 s")
def test_polite_ends_leave_no_doubt(world, row, full):
    count, ends = (120, 4) if full else (32, 2)
    bot = world.start()
    began = time.time()
    set_many(world, count, 16, ends * 5)
    world.proxy.add(Fault(Kind.SLOW, text="⏰", times=10_000, seconds=0.3))
    longest = 0.0
    for turn in range(ends):
        wait_for_time(began + 18 + turn * 5)
        asked = time.time()
        assert bot.stop() == 0
        longest = max(longest, time.time() - asked)
        row.injected += 1
        world.start(bot)
    settle(world, count)
    found = judge(world)
    row.figure = f"longest stop {longest:.1f} s, worst {found.worst:.1f} s late"
    assert not found.broken()
    assert (found.marked_repeats, found.unknown) == ([], [])
    assert longest <= within(8)
