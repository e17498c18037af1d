"""Much at once: everything due in the same second, and many writers on one database."""

import time
from datetime import UTC, datetime

import pytest

from tests.acceptance.harness.faults import quota
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until, wait_for_time
from tests.machine import within

pytestmark = pytest.mark.acceptance


@pytest.mark.chaos
@pytest.mark.fault_row(49, "many reminders due in the same second")
def test_a_crowd_of_reminders_is_paced_and_complete(world, row, full):
    """All are due at the same full minute; somebody else who writes meanwhile is answered at once."""
    count, ahead = (500, 70) if full else (100, 15)
    chats = [world.chat(f"P{number}") for number in range(count // 4)]
    other = world.chat("Somebody else")
    world.start()
    limit = world.proxy.add(quota(30))
    for chat in chats:
        chat.say("/timezone UTC")
    due = (int(time.time() + ahead) // 60 + 1) * 60
    clock = datetime.fromtimestamp(due, UTC).strftime("%Y-%m-%d %H:%M")
    world.api.enqueue(
        [(chats[n % len(chats)], f"/remind {clock} item {n:03}") for n in range(count)]
    )
    made = "SELECT count(*) FROM reminders_reminder"
    until(lambda: world.database.value(made) == count, due - time.time(), f"{count} reminders")
    wait_for_time(due + 1)
    asked = time.time()
    other.say("/ping in the crowd")
    answered = world.wait_for_send("pong: in the crowd", 60).at - asked
    done = "SELECT count(*) FROM reminders_delivery WHERE state = 'sent'"
    until(lambda: world.database.value(done) == count, 90, f"{count} deliveries")
    assert world.database.value("SELECT count(DISTINCT due_at) FROM reminders_reminder") == 1
    found = judge(world)
    row.injected = count
    row.figure = (
        f"worst {found.worst:.1f} s late; {limit.fired} times 429; an answer {answered:.1f} s"
    )
    assert not found.broken()
    assert limit.fired == 0, "never more than Telegram allows"
    assert found.worst <= within(25)
    assert answered <= within(5)
