"""The activities of a reminder: all of them plain database steps."""

from temporalio import activity

from reminders import broadcasting, firing
from reminders.broadcast_contracts import NEXT_CHUNK, Chunk, ChunkOrder
from reminders.contracts import CLAIM, PLAN, RECORD, Claim, Claimed, Plan, Recorded, ReminderInput


@activity.defn(name=PLAN, no_thread_cancel_exception=True)
def plan(task: ReminderInput) -> Plan:
    """Return when the reminder fires next."""
    return firing.plan(task.reminder_id)


@activity.defn(name=CLAIM, no_thread_cancel_exception=True)
def claim(order: Claim) -> Claimed:
    """Take a firing, if the row still agrees."""
    return firing.claim(order)


@activity.defn(name=RECORD, no_thread_cancel_exception=True)
def record(outcome: Recorded) -> None:
    """Write down how a firing ended."""
    firing.record(outcome)


@activity.defn(name=NEXT_CHUNK, no_thread_cancel_exception=True)
def next_chunk(order: ChunkOrder) -> Chunk:
    """Write a broadcast's next messages."""
    return broadcasting.next_chunk(order.broadcast_id, order.size)


ACTIVITIES = [plan, claim, record, next_chunk]
