"""One workflow per chat: the single owner of the chat's order, in and out."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from bots.envelope import Envelope
    from conversations.carrying import KEPT_ANSWERS, latest_within, pending_within
    from conversations.contracts import (
        ANSWER,
        DELIVER,
        HEARTBEAT,
        SEND_RETRY,
        SEND_TIMEOUT,
        STEP_RETRY,
        STEP_TIMEOUT,
        Answer,
        ConversationState,
        Delivered,
        Delivery,
        Posted,
        Question,
        Stats,
    )

SEND_PATIENCE = timedelta(minutes=10)  # then the workflow looks around and tries on
# When a run ends and goes on in a new one. After a restart a run is replayed as one workflow task, at
# half a millisecond for each event, four on a slow machine, several runs side by side: a task that
# takes longer than its timeout is given out again, and again in vain, and the chat stands still for
# ever (seen with 1,100 events). With nothing under way it ends earlier still.
EVENTS_PER_RUN = 500
EVENTS_AT_REST = 200
SHORT_RUNS = "short-runs"  # the patch; runs that began before it keep the limits below
EVENTS_PER_RUN_BEFORE, EVENTS_AT_REST_BEFORE = 1_800, 600


@workflow.defn(name="Conversation")
class ConversationWorkflow:
    """Answers a chat's messages in the order they arrive, and sends what is to be sent, in order."""

    @workflow.init
    def __init__(self, state: ConversationState) -> None:
        self._stats = state.stats
        self._pending = {envelope["request_id"]: envelope for envelope in state.pending}
        self._outgoing = list(state.outgoing)
        self._answers = {answer.request_id: answer for answer in state.recent}
        self._leaving = False
        self._most, self._most_at_rest = EVENTS_PER_RUN_BEFORE, EVENTS_AT_REST_BEFORE

    @workflow.run
    async def run(self, state: ConversationState) -> None:  # __init__ takes it
        """Answer and send until the history is long, then go on in a new run."""
        if workflow.patched(SHORT_RUNS):
            self._most, self._most_at_rest = EVENTS_PER_RUN, EVENTS_AT_REST
        sender = asyncio.create_task(self._send_in_order())
        while not self._is_long():
            await workflow.wait_condition(lambda: bool(self._pending) or self._is_long())
            while self._pending and not self._is_long():
                request_id, envelope = next(iter(self._pending.items()))
                await self._answer(request_id, envelope)
                del self._pending[request_id]
        self._leaving = True
        await sender
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(
            ConversationState(
                self._stats,
                pending_within(self._pending.values()),
                self._outgoing,
                latest_within(self._answers.values()),
            )
        )

    @workflow.signal
    def receive(self, envelope: dict[str, Any]) -> None:
        """Take one message of the chat. Repeats are dropped, out-of-order ones only counted.

        The envelope stays as the JSON that it is: made into dataclasses, some hundreds that arrive or are
        carried on together took more than the two seconds after which a workflow counts as blocked.
        """
        stats, request_id, sequence = self._stats, envelope["request_id"], envelope["sequence"]
        if request_id in self._pending or request_id in self._answers:
            self._stats = replace(stats, repeats=stats.repeats + 1)
            return
        late = sequence < stats.highest_sequence
        self._stats = replace(
            stats,
            received=stats.received + 1,
            out_of_order=stats.out_of_order + late,
            highest_sequence=max(stats.highest_sequence, sequence),
        )
        self._pending[request_id] = envelope

    @workflow.signal
    def post(self, posted: Posted) -> None:
        """Take outbox rows that something else than an answer wrote: an operator, a deadline."""
        self._outgoing += [row for row in posted.message_ids if row not in self._outgoing]

    @workflow.query
    def response(self, request_id: str) -> Answer | None:
        """Return the answer to a request, or None while there is none (or it is long ago)."""
        return self._answers.get(request_id)

    @workflow.query
    def stats(self) -> Stats:
        """Return what this conversation has seen."""
        return replace(self._stats, waiting=len(self._pending))

    async def _answer(self, request_id: str, envelope: dict[str, Any]) -> None:
        answer = await workflow.execute_activity(
            ANSWER,
            Question(cast("Envelope", envelope), is_next=not self._outgoing),
            result_type=Answer,
            start_to_close_timeout=STEP_TIMEOUT,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=STEP_RETRY,
        )
        self._outgoing += answer.unsent
        self._answers[request_id] = answer
        if len(self._answers) > KEPT_ANSWERS:
            del self._answers[next(iter(self._answers))]
        self._stats = replace(self._stats, answered=self._stats.answered + 1)

    async def _send_in_order(self) -> None:
        """Send one row after the other; trouble with Telegram never holds up the answers."""
        while not self._leaving:
            await workflow.wait_condition(lambda: bool(self._outgoing) or self._leaving)
            while self._outgoing and not self._leaving:
                if await self._send(self._outgoing[0]):
                    self._outgoing.pop(0)

    async def _send(self, message_id: int) -> bool:
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
            return False  # Telegram is away: the row is still queued, and is tried again
        return True

    def _is_long(self) -> bool:
        info = workflow.info()
        length = info.get_current_history_length()
        at_rest = not self._pending and not self._outgoing
        return (
            length > (self._most_at_rest if at_rest else self._most)
            or info.is_continue_as_new_suggested()
        )
