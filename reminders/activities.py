"""The activities of a reminder: plain database steps, and the send that nearly always follows a claim."""

from dataclasses import replace

from temporalio import activity

from bots.database import in_database
from bots.steps import heartbeat, step
from conversations import sending
from reminders import broadcasting, firing
from reminders.broadcast_contracts import NEXT_CHUNK, Chunk, ChunkOrder
from reminders.contracts import CLAIM, PLAN, RECORD, Claim, Claimed, Plan, Recorded, ReminderInput

SEND_SECONDS = 30.0  # for its turn in a crowd and for Telegram's answer


@activity.defn(name=PLAN)
async def plan(task: ReminderInput) -> Plan:
    """Return when the reminder fires next."""
    return await step(firing.plan, task.reminder_id)


@activity.defn(name=CLAIM)
async def claim(order: Claim) -> Claimed:
    """Take a firing, if the row still agrees; send and record it, if that can be done at once."""
    async with heartbeat():
        claimed = await in_database(firing.claim, order)
        if not claimed.message_id:
            return claimed
        sent = await sending.deliver_within(claimed.message_id, SEND_SECONDS)
        if sent is None:
            return claimed
        outcome = Recorded(claimed.delivery_id, sent.state, sent.error)
        return replace(claimed, following=await in_database(firing.record, outcome))


@activity.defn(name=RECORD)
async def record(outcome: Recorded) -> Plan:
    """Write down how a firing ended; returns when the reminder fires next."""
    return await step(firing.record, outcome)


@activity.defn(name=NEXT_CHUNK)
async def next_chunk(order: ChunkOrder) -> Chunk:
    """Write a broadcast's next messages."""
    return await step(broadcasting.next_chunk, order.broadcast_id, order.size)


ACTIVITIES = [plan, claim, record, next_chunk]
