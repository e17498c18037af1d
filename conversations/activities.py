"""The activities of a conversation: answer (database) and deliver (Telegram)."""

from datetime import timedelta

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from bots.envelope import Envelope
from bots.steps import heartbeat, step
from conversations import answering, sending
from conversations.contracts import ANSWER, DELIVER, Answer, Delivered, Delivery


@activity.defn(name=ANSWER)
async def answer(envelope: Envelope) -> Answer:
    """Answer one message, once."""
    return await step(answering.answer, envelope)


@activity.defn(name=DELIVER)
async def deliver(delivery: Delivery) -> Delivered:
    """Send one outbox row; Temporal waits and tries again while Telegram cannot take it."""
    async with heartbeat():
        try:
            return await sending.deliver(delivery.message_id)
        except sending.LaterError as later:
            raise ApplicationError(
                "not sent yet",
                type="Later",
                next_retry_delay=timedelta(seconds=max(later.seconds, 0.2)),
                category=ApplicationErrorCategory.BENIGN,  # else each wait is a traceback in the log
            ) from None


ACTIVITIES = [answer, deliver]
