"""Workflows whose tasks fail for ever, as those that the code cannot replay. They are started anew."""

import asyncio
import time
from datetime import timedelta

import pytest
from temporalio import workflow
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from bots.envelope import Envelope
from bots.stranded import MANY, end_if_stranded
from bots.temporal import WORKFLOW_TASK_TIMEOUT
from conversations.contracts import ConversationState
from reminders.contracts import ReminderInput
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until
from tests.machine import within

pytestmark = pytest.mark.acceptance
QUEUE = "reminders"


@workflow.defn(name="Conversation")
class OtherConversation:
    """A conversation as no release of ours would write it: it sleeps."""

    @workflow.run
    async def run(self, state: ConversationState) -> None:
        await asyncio.sleep(86_400)

    @workflow.signal
    def receive(self, envelope: Envelope) -> None:
        """Take a message, and do nothing."""


@workflow.defn(name="Reminder")
class OtherReminder:
    """A reminder that sleeps for a day, whatever it is for."""

    @workflow.run
    async def run(self, about: ReminderInput) -> None:
        await asyncio.sleep(86_400)

    @workflow.signal
    def nudge(self) -> None:
        """Take a nudge, and do nothing."""


async def put_in_place(client: Client, workflow_id: str, other: type, argument: object) -> None:
    """Have another release run the workflow up to its first timer."""
    kinds = {"workflows": [other], "workflow_runner": UnsandboxedWorkflowRunner()}
    async with Worker(client, task_queue=QUEUE, **kinds):
        handle = await client.start_workflow(
            other.run,
            argument,
            id=workflow_id,
            task_queue=QUEUE,
            task_timeout=WORKFLOW_TASK_TIMEOUT,
            id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
        )
        async with asyncio.timeout(within(20)):
            while (
                len((await handle.fetch_history()).events) < 5
            ):  # WorkflowTaskCompleted, TimerStarted
                await asyncio.sleep(0.1)


@pytest.mark.chaos
@pytest.mark.fault_row(52, "a conversation and a reminder whose histories cannot be replayed")
def test_workflows_that_cannot_be_replayed_are_started_anew_from_the_rows(world, cluster, row):
    chat = world.chat()
    cluster.start()
    bot = world.start(TEMPORAL_ADDRESS=cluster.address)
    due = world.set_reminder(chat, "take it", 12)
    world.wait_for_send("take it", chat=chat)
    until(lambda: not world.unfinished(), 10, "all settled")
    bot.stop()
    pk = world.rows("SELECT id FROM reminders_reminder")[0]["id"]
    workflows = world.workflows(bot)
    for workflow_id, other, argument in (
        (f"chat-{world.bot_id}-{chat.chat_id}", OtherConversation, ConversationState()),
        (f"reminder-{pk}", OtherReminder, ReminderInput(pk)),
    ):
        workflows.with_client(lambda client: put_in_place(client, workflow_id, other, argument))  # noqa: B023
    started = time.time()
    world.start(bot)
    chat.say("/ping still there")
    answered = world.wait_for_send("pong: still there", 90).at - started
    late = world.wait_for_send("⏰ take it", 90).at - due
    row.injected = bot.process.log().count("workflow_stranded")
    row.figure = f"answered {answered:.1f} s after the start, reminded {late:.1f} s late"
    assert row.injected == 2
    assert max(answered, late) <= within(60)
    until(lambda: not world.unfinished(), 20, "all settled")
    assert not judge(world).broken()
    bot.stop()


@workflow.defn
class TooLong:
    """A workflow whose result is longer than Temporal takes (2 MiB): each attempt runs out of time."""

    @workflow.run
    async def run(self) -> str:
        return "x" * 3_000_000


@workflow.defn
class Waiting:
    """A workflow that waits, as most do."""

    @workflow.run
    async def run(self) -> None:
        await asyncio.sleep(86_400)


async def attempts(handle: WorkflowHandle) -> int:
    return (await handle.describe()).raw_description.pending_workflow_task.attempt


async def connected(address: str) -> Client:
    """Return a client of a server that is starting."""
    while True:
        try:
            return await Client.connect(address)
        except RuntimeError:
            await asyncio.sleep(0.2)


async def judged(address: str) -> tuple[int, dict[str, tuple[bool, WorkflowExecutionStatus]]]:
    """Run both until one has failed many times; return how often, and what each was judged to be."""
    client = await connected(address)
    kinds = {"workflows": [TooLong, Waiting], "workflow_runner": UnsandboxedWorkflowRunner()}
    async with Worker(client, task_queue=QUEUE, **kinds):
        handles = [
            await client.start_workflow(
                kind.run, id=kind.__name__, task_queue=QUEUE, task_timeout=timedelta(seconds=1)
            )
            for kind in (TooLong, Waiting)
        ]
        while (failed := await attempts(handles[0])) < MANY:
            await asyncio.sleep(0.2)
        return failed, {
            handle.id: (
                await end_if_stranded(client, handle.id),
                (await handle.describe()).status,
            )
            for handle in handles
        }


def test_a_workflow_that_only_runs_out_of_time_is_ended_and_one_that_waits_is_not(
    background, cluster
):
    cluster.start()
    failed, found = background.run(judged(cluster.address), within(60))
    assert failed >= MANY
    assert found["TooLong"] == (True, WorkflowExecutionStatus.TERMINATED)
    assert found["Waiting"] == (False, WorkflowExecutionStatus.RUNNING)
