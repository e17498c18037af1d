"""Activities that only write down how they were called, in place of the real ones at the edge."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory
from temporalio.worker import Replayer, Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from bots.client import data_converter
from bots.envelope import Envelope, IncomingMessage, Sender
from conversations.contracts import (
    ANSWER,
    DELIVER,
    PRUNE,
    Answer,
    Delivered,
    Delivery,
    Pruned,
    Question,
)
from conversations.upkeep_workflow import UpkeepWorkflow
from conversations.workflows import ConversationWorkflow
from reminders.broadcast_contracts import NEXT_CHUNK, Chunk, ChunkOrder
from reminders.broadcast_workflow import BroadcastWorkflow
from reminders.contracts import CLAIM, PLAN, RECORD, Claim, Claimed, Plan, Recorded, ReminderInput
from reminders.workflows import ReminderWorkflow

WORKFLOWS = [ConversationWorkflow, ReminderWorkflow, BroadcastWorkflow, UpkeepWorkflow]
PASSED_THROUGH = (
    "bots.envelope",
    "conversations.contracts",
    "reminders.contracts",
    "reminders.broadcast_contracts",
)


@dataclass
class Recorder:
    """Plays the rows: `dues` are a reminder's firings still to come, `chunks` what a broadcast sends.

    `seen` is what was called.
    """

    dues: dict[int, list[datetime]] = field(default_factory=dict)
    revisions: dict[int, int] = field(default_factory=dict)
    reminders: dict[int, int] = field(default_factory=dict)  # by delivery
    chunks: list[Chunk] = field(default_factory=list)
    sends_at_once: bool = False  # what an answer or a claim writes is sent along with it
    refusals: int = 0  # sends that Telegram refuses first
    not_before: datetime | None = None  # claims are empty until then
    refused: int = 0  # claims that were empty for that
    may_send: asyncio.Event = field(default_factory=asyncio.Event)
    seen: list[tuple[Any, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.may_send.set()

    def named(self, name: str) -> list[tuple[Any, ...]]:
        """Return the calls of one activity, without its name."""
        return [call[1:] for call in self.seen if call[0] == name]

    def change(self, reminder_id: int, dues: list[datetime]) -> None:
        """Change the row: its times and its revision."""
        self.dues[reminder_id] = dues
        self.revisions[reminder_id] = self.revisions.get(reminder_id, 0) + 1

    def is_too_early(self) -> bool:
        """Whether the rows' clock says that it is not time yet; counted."""
        early = self.not_before is not None and datetime.now(UTC) < self.not_before
        self.refused += early
        return early

    def plan(self, reminder_id: int) -> Plan:
        """Return a reminder's next firing."""
        dues = self.dues[reminder_id]
        return Plan(dues[0], self.revisions.get(reminder_id, 0), waits=True) if dues else Plan()

    def take(self, order: Claim) -> Claimed:
        """Take a firing, as the row would let it."""
        if order.revision != self.revisions.get(order.reminder_id, 0) or self.is_too_early():
            return Claimed()
        due = self.dues[order.reminder_id].pop(0)
        self.seen.append((CLAIM, order.reminder_id, due))
        number = len(self.named(CLAIM))
        self.reminders[number] = order.reminder_id
        claimed = Claimed(number, order.reminder_id * 1000 + number)
        if not self.sends_at_once:
            return claimed
        self.seen += [(DELIVER, claimed.message_id), (RECORD, number, "sent")]
        return replace(claimed, following=self.plan(order.reminder_id))

    def activities(self) -> list[Callable[..., Any]]:
        """Return the activities to register with a worker."""
        return [
            *self._of_reminders(),
            *self._of_conversations(),
            *self._of_broadcasts(),
            *self._of_upkeep(),
        ]

    def _of_reminders(self) -> list[Callable[..., Any]]:
        @activity.defn(name=PLAN)
        async def plan(task: ReminderInput) -> Plan:
            return self.plan(task.reminder_id)

        @activity.defn(name=CLAIM)
        async def claim(order: Claim) -> Claimed:
            return self.take(order)

        @activity.defn(name=RECORD)
        async def record(outcome: Recorded) -> Plan:
            self.seen.append((RECORD, outcome.delivery_id, outcome.state))
            return self.plan(self.reminders[outcome.delivery_id])

        return [plan, claim, record]

    def _of_conversations(self) -> list[Callable[..., Any]]:
        @activity.defn(name=DELIVER)
        async def deliver(delivery: Delivery) -> Delivered:
            await self.may_send.wait()
            if self.refusals:
                self.refusals -= 1
                raise ApplicationError(
                    "Telegram is away",
                    next_retry_delay=timedelta(minutes=1),
                    category=ApplicationErrorCategory.BENIGN,
                )
            self.seen.append((DELIVER, delivery.message_id))
            return Delivered("sent", delivery.message_id)

        @activity.defn(name=ANSWER)
        async def answer(question: Question) -> Answer:
            said = question.envelope
            self.seen.append((ANSWER, said.update_id))
            unsent = [said.update_id]
            if question.is_next and self.sends_at_once:
                self.seen += [(DELIVER, row) for row in unsent]
                unsent = []
            text = f"re: {said.message.text}"
            return Answer(said.request_id, text, [said.update_id], unsent)

        return [deliver, answer]

    def _of_broadcasts(self) -> list[Callable[..., Any]]:
        @activity.defn(name=NEXT_CHUNK)
        async def next_chunk(order: ChunkOrder) -> Chunk:
            self.seen.append((NEXT_CHUNK, order.broadcast_id))
            return self.chunks.pop(0) if self.chunks else Chunk()

        return [next_chunk]

    def _of_upkeep(self) -> list[Callable[..., Any]]:
        @activity.defn(name=PRUNE)
        async def prune() -> Pruned:
            self.seen.append((PRUNE,))
            return Pruned({"updates": 3})

        return [prune]


def recording_worker(client: Client, recorder: Recorder, task_queue: str) -> Worker:
    """Return a worker with the real workflows in the real sandbox, and recorded activities."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=WORKFLOWS,
        activities=recorder.activities(),
        workflow_runner=_sandbox(),
    )


def replayer(workflows: list[type]) -> Replayer:
    """Return what replays histories with these workflows; payloads are read as the product writes them."""
    return Replayer(
        workflows=workflows, workflow_runner=_sandbox(), data_converter=data_converter()
    )


def _sandbox() -> SandboxedWorkflowRunner:
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    return SandboxedWorkflowRunner(restrictions=restrictions)


def envelope(number: int, *, sequence: int = 0, text: str = "") -> Envelope:
    """Return an update's envelope; without more, the sequence is the number."""
    message = IncomingMessage(
        text=text or f"message {number}", sender=Sender(id=1, first_name="Ann")
    )
    return Envelope(7, number, 42, sequence or number, f"7:{number}", message)
