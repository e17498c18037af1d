"""The activities of a reminder: all of them plain database steps."""

from temporalio import activity

from bots.steps import step
from reminders import broadcasting, firing
from reminders.broadcast_contracts import NEXT_CHUNK, Chunk, ChunkOrder
from reminders.contracts import CLAIM, PLAN, RECORD, Claim, Claimed, Plan, Recorded, ReminderInput


@activity.defn(name=PLAN)
async def plan(task: ReminderInput) -> Plan:
    """Return when the reminder fires next."""
    return await step(firing.plan, task.reminder_id)


@activity.defn(name=CLAIM)
async def claim(order: Claim) -> Claimed:
    """Take a firing, if the row still agrees."""
    return await step(firing.claim, order)


@activity.defn(name=RECORD)
async def record(outcome: Recorded) -> Plan:
    """Write down how a firing ended; returns when the reminder fires next."""
    return await step(firing.record, outcome)


@activity.defn(name=NEXT_CHUNK)
async def next_chunk(order: ChunkOrder) -> Chunk:
    """Write a broadcast's next messages."""
    return await step(broadcasting.next_chunk, order.broadcast_id, order.size)


ACTIVITIES = [plan, claim, record, next_chunk]
