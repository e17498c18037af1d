"""Much at once: everything due in the same second, and many writers on one database."""

import pytest

from tests.acceptance.harness.faults import quota
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until

pytestmark = pytest.mark.acceptance


@pytest.mark.chaos
@pytest.mark.fault_row(49, "many reminders due in the same second")
def test_a_crowd_of_reminders_is_paced_and_complete(world, row, full):
    count, wait = (500, 100) if full else (100, 20)
    chats = [world.chat(f"P{number}") for number in range(count // 4)]
    world.start()
    limit = world.proxy.add(quota(30))
    world.api.enqueue(
        [(chats[n % len(chats)], f"/remind in {wait} seconds item {n:03}") for n in range(count)]
    )
    made = "SELECT count(*) FROM reminders_reminder"
    until(lambda: world.database.value(made) == count, wait, f"{count} reminders")
    done = "SELECT count(*) FROM reminders_delivery WHERE state = 'sent'"
    until(lambda: world.database.value(done) == count, wait + 90, f"{count} deliveries")
    found = judge(world)
    row.injected = count
    row.figure = f"worst {found.worst:.1f} s late; {limit.fired} times 429"
    assert not found.broken()
    assert limit.fired == 0, "never more than Telegram allows"
    assert found.worst <= 25
