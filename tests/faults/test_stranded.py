"""Workflows that the code cannot replay: another release wrote their histories. They are started anew."""

import asyncio
import time

import pytest
from temporalio import workflow
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from bots.envelope import Envelope
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
