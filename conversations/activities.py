"""The activities of a conversation: answer, and deliver what could not be sent along with it."""

from dataclasses import replace
from datetime import timedelta

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from bots.database import in_database
from bots.steps import heartbeat
from conversations import answering, sending
from conversations.contracts import ANSWER, DELIVER, Answer, Delivered, Delivery, Question


@activity.defn(name=ANSWER)
async def answer(question: Question) -> Answer:
    """Answer one message, once, and send what can be sent at once."""
    async with heartbeat():
        told = await in_database(answering.answer, question.envelope)
        if question.is_next:
            told = replace(told, unsent=await sending.send_at_once(told.message_ids))
        return told


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
