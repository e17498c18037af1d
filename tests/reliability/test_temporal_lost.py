"""Temporal's database file is deleted under a running bot: the rows bring every reminder back."""

import time

import pytest

from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until
from tests.machine import within

pytestmark = pytest.mark.acceptance
RUNNING = "WorkflowType='Reminder' AND ExecutionStatus='Running'"


def lose_everything(bot) -> None:
    """Delete the server's file under it, then kill it: its keeper starts an empty one."""
    for name in ("temporal.db", "temporal.db-wal", "temporal.db-shm"):
        (bot.directory / name).unlink(missing_ok=True)
    bot.kill_temporal()


@pytest.mark.fault_row(12, "Temporal's file is deleted under a running bot")
def test_every_reminder_is_armed_again_and_delivered_once(world, row, full):
    count = 500 if full else 50
    chats = [world.chat(f"P{number}") for number in range(25)]
    bot = world.start()
    ahead = 150 if full else 45
    world.api.enqueue(
        [(chats[n % 25], f"/remind in {ahead + n // 25} seconds item {n:03}") for n in range(count)]
    )
    made = "SELECT count(*) FROM reminders_reminder"
    until(lambda: world.database.value(made) == count, 100, f"{count} reminders")
    until(lambda: not world.unfinished(), 60, "every confirmation")
    lose_everything(bot)
    row.injected, lost = 1, time.time()
    workflows = world.workflows(bot)
    until(lambda: bot.temporal_pid() and bot.ready() == 200, 30, "the new server")
    until(lambda: workflows.count(RUNNING) == count, 60, "every workflow")
    armed = time.time() - lost
    sent = "SELECT count(*) FROM reminders_delivery WHERE state = 'sent'"
    until(lambda: world.database.value(sent) == count, 200, "every delivery")
    until(lambda: not world.unfinished(), 30, "all settled")
    found = judge(world)
    row.figure = f"{count} armed after {armed:.1f} s, worst {found.worst:.1f} s late"
    assert armed <= within(60)
    assert not found.broken()
    assert len(found.lateness) == count
    assert workflows.count("WorkflowType='Upkeep' AND ExecutionStatus='Running'") in {0, 1}
