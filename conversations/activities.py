"""The activities of a conversation: answer (database) and deliver (Telegram)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from bots.envelope import Envelope
from conversations import answering, sending
from conversations.contracts import ANSWER, DELIVER, Answer, Delivered, Delivery

HEARTBEAT_AFTER = 1.0  # seconds: most sends are over before the first beat
HEARTBEAT_EVERY = 1.0  # seconds: three fit into the heartbeat timeout


@activity.defn(name=ANSWER, no_thread_cancel_exception=True)
def answer(envelope: Envelope) -> Answer:
    """Answer one message, once."""
    return answering.answer(envelope)


@activity.defn(name=DELIVER)
async def deliver(delivery: Delivery) -> Delivered:
    """Send one outbox row; Temporal waits and tries again while Telegram cannot take it."""
    async with _heartbeat():
        try:
            return await sending.deliver(delivery.message_id)
        except sending.LaterError as later:
            raise ApplicationError(
                "not sent yet",
                type="Later",
                next_retry_delay=timedelta(seconds=max(later.seconds, 0.2)),
                category=ApplicationErrorCategory.BENIGN,  # else each wait is a traceback in the log
            ) from None


@asynccontextmanager
async def _heartbeat() -> AsyncIterator[None]:
    """Beat while the body runs, so that a killed process is noticed within seconds."""

    async def beat() -> None:
        await asyncio.sleep(HEARTBEAT_AFTER)
        while True:
            activity.heartbeat()
            await asyncio.sleep(HEARTBEAT_EVERY)

    task = asyncio.create_task(beat(), name="heartbeat")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


ACTIVITIES = [answer, deliver]
