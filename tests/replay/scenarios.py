"""Stories of workflows worth keeping: each is played on a real server and its history stored."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle, WorkflowHistory
from temporalio.testing import WorkflowEnvironment

from bots.serverprocess import binary
from conversations.contracts import ConversationState, Posted
from conversations.upkeep_workflow import UpkeepWorkflow
from conversations.workflows import ConversationWorkflow
from reminders.broadcast_contracts import BroadcastInput, Chunk
from reminders.broadcast_workflow import BroadcastWorkflow
from reminders.contracts import ReminderInput
from reminders.workflows import ReminderWorkflow
from tests.replay.recorders import Recorder, envelope, recording_worker

Story = Callable[[Client, str], Awaitable[WorkflowHistory]]


def soon(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


async def _begin(client: Client, queue: str) -> WorkflowHandle:
    return await client.start_workflow(
        ReminderWorkflow.run, ReminderInput(5), id=queue, task_queue=queue
    )


async def delivered_once(client: Client, queue: str) -> WorkflowHistory:
    """A reminder waits, is claimed, sent and recorded."""
    async with recording_worker(client, Recorder(dues={5: [soon(1)]}), queue):
        handle = await _begin(client, queue)
        await handle.result()
        return await handle.fetch_history()


async def series_at_once(client: Client, queue: str) -> WorkflowHistory:
    """A series is sent and recorded by its claims."""
    dues = [soon(1 + turn / 2) for turn in range(4)]
    recorder = Recorder(dues={5: dues}, sends_at_once=True)
    async with recording_worker(client, recorder, queue):
        handle = await _begin(client, queue)
        await handle.result()
        return await handle.fetch_history()


async def moved_then_cancelled(client: Client, queue: str) -> WorkflowHistory:
    """A reminder is moved twice and then cancelled."""
    recorder = Recorder(dues={5: [soon(100)]})
    async with recording_worker(client, recorder, queue):
        handle = await _begin(client, queue)
        for change in ([soon(200)], [soon(300)], []):
            await asyncio.sleep(0.3)
            recorder.change(5, change)
            await handle.signal(ReminderWorkflow.nudge)
        await handle.result()
        return await handle.fetch_history()


async def series_with_trouble(client: Client, queue: str) -> WorkflowHistory:
    """A series fires four times, over refused sends."""
    recorder = Recorder(dues={5: [soon(1 + turn / 2) for turn in range(4)]}, refusals=2)
    async with recording_worker(client, recorder, queue):
        handle = await _begin(client, queue)
        await handle.result()
        return await handle.fetch_history()


async def waiting(client: Client, queue: str) -> WorkflowHistory:
    """A reminder that is still asleep: what every deployed change meets most often."""
    async with recording_worker(client, Recorder(dues={5: [soon(86_400)]}), queue):
        handle = await _begin(client, queue)
        while len((history := await handle.fetch_history()).events) < 5:
            await asyncio.sleep(0.1)
        await handle.terminate()
        return history


async def talk(client: Client, queue: str) -> WorkflowHistory:
    """A chat with repeats, late arrivals, and rows posted from outside."""
    recorder = Recorder()
    async with recording_worker(client, recorder, queue):
        handle = await client.start_workflow(
            ConversationWorkflow.run, ConversationState(), id=queue, task_queue=queue
        )
        for number in (1, 2, 5, 3, 3, 4):
            await handle.signal(ConversationWorkflow.receive, envelope(number))
        await handle.signal(ConversationWorkflow.post, Posted([70, 71]))
        while len(recorder.named("deliver")) < 7:
            await asyncio.sleep(0.1)
        recorder.sends_at_once = True
        await handle.signal(ConversationWorkflow.receive, envelope(6))
        while len(recorder.named("deliver")) < 8:
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.3)
        history = await handle.fetch_history()
        await handle.terminate()
        return history


async def busy_chat(client: Client, queue: str) -> WorkflowHistory:
    """A chat that grows until its run ends and a new one begins."""
    recorder = Recorder()
    async with recording_worker(client, recorder, queue):
        handle = await client.start_workflow(
            ConversationWorkflow.run, ConversationState(), id=queue, task_queue=queue
        )
        for number in range(1, 301):
            await handle.signal(ConversationWorkflow.receive, envelope(number))
        while len(recorder.named("deliver")) < 300:
            await asyncio.sleep(0.1)
        first = client.get_workflow_handle(queue, run_id=handle.first_execution_run_id)
        history = await first.fetch_history()
        await client.get_workflow_handle(queue).terminate()
        return history


async def broadcast(client: Client, queue: str) -> WorkflowHistory:
    """A broadcast sends over refusals, is paused and resumed, skips a chunk, and ends."""
    chunks = [Chunk([1, 2, 3], goes_on=True), Chunk(waits=True), Chunk(goes_on=True)]
    recorder = Recorder(chunks=[*chunks, Chunk([5], goes_on=True)], refusals=2)
    async with recording_worker(client, recorder, queue):
        handle = await client.start_workflow(
            BroadcastWorkflow.run, BroadcastInput(5), id=queue, task_queue=queue
        )
        while len(recorder.named("next_chunk")) < 2:
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.3)
        await handle.signal(BroadcastWorkflow.nudge)
        await handle.result()
        return await handle.fetch_history()


async def upkeep(_: Client, queue: str) -> WorkflowHistory:
    """A night's upkeep until the next run begins, on a server that passes the hours by."""
    async with (
        await WorkflowEnvironment.start_time_skipping(
            test_server_existing_path=str(Path(binary()).with_name("temporal-test-server"))
        ) as environment,
        recording_worker(environment.client, Recorder(), queue),
    ):
        handle = await environment.client.start_workflow(
            UpkeepWorkflow.run, id=queue, task_queue=queue
        )
        await environment.sleep(timedelta(hours=26))
        first = environment.client.get_workflow_handle(queue, run_id=handle.first_execution_run_id)
        status = (await first.describe()).status
        assert status is WorkflowExecutionStatus.CONTINUED_AS_NEW
        return await first.fetch_history()


SCENARIOS: dict[str, Story] = {
    "reminder-delivered": delivered_once,
    "reminder-at-once": series_at_once,
    "reminder-moved-cancelled": moved_then_cancelled,
    "reminder-series": series_with_trouble,
    "reminder-waiting": waiting,
    "conversation-talk": talk,
    "conversation-busy": busy_chat,
    "broadcast-paused": broadcast,
    "upkeep-night": upkeep,
    "conversation-busy-short-runs": busy_chat,
    "conversation-talk-short-runs": talk,
    "broadcast-paused-short-runs": broadcast,
}
