"""One workflow per broadcast: ask for the next few, send them, and round again until there are none."""

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from conversations.contracts import (
        DELIVER,
        HEARTBEAT,
        SEND_RETRY,
        SEND_TIMEOUT,
        STEP_RETRY,
        STEP_TIMEOUT,
        Delivered,
        Delivery,
    )
    from reminders.broadcast_contracts import NEXT_CHUNK, BroadcastInput, Chunk, ChunkOrder

SEND_PATIENCE = timedelta(minutes=2)  # one slow chat holds its chunk up no longer; it is tried on
# A bot may send 30 a second (bots/pacing.py): a third is left for people who write meanwhile.
PER_CHUNK = 20
CHUNK_SECONDS = 1.0
# A longer run could not be replayed within one workflow task on a slow machine, and would stand still.
EVENTS_PER_RUN = 500
SHORT_RUNS = "short-runs"  # the patch; runs that began before it keep the limit below
EVENTS_PER_RUN_BEFORE = 2_000


@workflow.defn(name="Broadcast")
class BroadcastWorkflow:
    """Sends a broadcast to its end; pauses and stops when its row says so."""

    @workflow.init
    def __init__(self, task: BroadcastInput) -> None:
        self._task = task
        self._nudged = False

    @workflow.run
    async def run(self, task: BroadcastInput) -> None:
        """Follow the row: it is read again before every chunk."""
        most = EVENTS_PER_RUN if workflow.patched(SHORT_RUNS) else EVENTS_PER_RUN_BEFORE
        while True:
            self._nudged = False
            chunk = await self._next_chunk()
            if not chunk.waits and not chunk.goes_on:
                return
            if workflow.info().get_current_history_length() > most:
                workflow.continue_as_new(task)
            if chunk.waits:
                await workflow.wait_condition(lambda: self._nudged)
            elif chunk.message_ids:
                await asyncio.gather(
                    asyncio.sleep(CHUNK_SECONDS), *map(self._send, chunk.message_ids)
                )

    @workflow.signal
    def nudge(self) -> None:
        """The row has changed: read it again."""
        self._nudged = True

    async def _next_chunk(self) -> Chunk:
        chunk: Chunk = await workflow.execute_activity(
            NEXT_CHUNK,
            ChunkOrder(self._task.broadcast_id, PER_CHUNK),
            result_type=Chunk,
            start_to_close_timeout=STEP_TIMEOUT,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=STEP_RETRY,
        )
        return chunk

    async def _send(self, message_id: int) -> None:
        try:
            await workflow.execute_activity(
                DELIVER,
                Delivery(message_id),
                result_type=Delivered,
                start_to_close_timeout=SEND_TIMEOUT,
                schedule_to_close_timeout=SEND_PATIENCE,
                heartbeat_timeout=HEARTBEAT,
                retry_policy=SEND_RETRY,
            )
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            # Telegram is away: the row is still queued, and comes with the next chunk
