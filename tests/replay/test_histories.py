"""Every kept history can still be replayed: a change of a workflow breaks nobody who is waiting."""

import pytest
from temporalio import workflow
from temporalio.workflow import NondeterminismError

from reminders.contracts import ReminderInput
from tests.replay.__main__ import kept, read
from tests.replay.recorders import WORKFLOWS, replayer
from tests.replay.scenarios import SCENARIOS

KEPT = kept()


def test_every_scenario_has_a_kept_history():
    assert set(KEPT) >= set(SCENARIOS)


@workflow.defn(name="Reminder", sandboxed=False)
class Incompatible:
    """A reminder that begins with something else than the kept ones did."""

    @workflow.run
    async def run(self, task: ReminderInput) -> None:
        await workflow.sleep(task.reminder_id)

    @workflow.signal
    def nudge(self) -> None:
        """Ignored."""


@pytest.mark.fault_row(52, "a new release meets stored histories")
async def test_every_kept_history_replays_without_a_difference(row):
    for path in KEPT.values():
        await replayer(WORKFLOWS).replay_workflow(read(path))
        row.injected += 1
    row.figure = f"{row.injected} of {row.injected} replayed, 0 differences"


async def test_the_replay_does_notice_an_incompatible_change():
    with pytest.raises(NondeterminismError):
        await replayer([Incompatible]).replay_workflow(read(KEPT["reminder-delivered"]))
