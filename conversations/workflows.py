"""One workflow per chat: the single owner of the chat's order, in and out."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from bots.envelope import Envelope
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
EVENTS_PER_RUN = 1_800  # continue as new before 2,000
# With nothing under way a run ends much earlier: after a restart it is replayed, half a millisecond
# for each event, and everybody who is due then waits for that.
EVENTS_AT_REST = 600
KEPT_ANSWERS = 100


@workflow.defn(name="Conversation")
class ConversationWorkflow:
    """Answers a chat's messages in the order they arrive, and sends what is to be sent, in order."""

    @workflow.init
    def __init__(self, state: ConversationState) -> None:
        self._stats = state.stats
        self._pending = list(state.pending)
        self._outgoing = list(state.outgoing)
        self._answers = {answer.request_id: answer for answer in state.recent}
        self._leaving = False

    @workflow.run
    async def run(self, state: ConversationState) -> None:  # __init__ takes it
        """Answer and send until the history is long, then go on in a new run."""
        sender = asyncio.create_task(self._send_in_order())
        while not self._is_long():
            await workflow.wait_condition(lambda: bool(self._pending) or self._is_long())
            while self._pending and not self._is_long():
                await self._answer(self._pending[0])
                self._pending.pop(0)
        self._leaving = True
        await sender
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(
            ConversationState(
                self._stats,
                self._pending,
                self._outgoing,
                list(self._answers.values())[-KEPT_ANSWERS:],
            )
        )

    @workflow.signal
    def receive(self, envelope: Envelope) -> None:
        """Take one message of the chat. Repeats are dropped, out-of-order ones only counted."""
        stats = self._stats
        waiting = any(envelope.request_id == other.request_id for other in self._pending)
        if waiting or envelope.request_id in self._answers:
            self._stats = replace(stats, repeats=stats.repeats + 1)
            return
        late = envelope.sequence < stats.highest_sequence
        self._stats = replace(
            stats,
            received=stats.received + 1,
            out_of_order=stats.out_of_order + late,
            highest_sequence=max(stats.highest_sequence, envelope.sequence),
        )
        self._pending.append(envelope)

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

    async def _answer(self, envelope: Envelope) -> None:
        answer = await workflow.execute_activity(
            ANSWER,
            Question(envelope, is_next=not self._outgoing),
            result_type=Answer,
            start_to_close_timeout=STEP_TIMEOUT,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=STEP_RETRY,
        )
        self._outgoing += answer.unsent
        self._answers[envelope.request_id] = answer
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
            length > (EVENTS_AT_REST if at_rest else EVENTS_PER_RUN)
            or info.is_continue_as_new_suggested()
        )
