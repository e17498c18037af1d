"""What to do about a send whose answer was lost: found out where possible, and never in silence."""

import logging

from django.db import transaction
from django.utils import timezone

from bots.database import in_database
from conversations import resolve
from conversations.models import Attempt, Chat, Message
from conversations.outbox import note_message_id
from conversations.resolve import Finding

logger = logging.getLogger(__name__)

MOST_REPEATS = 1  # a message whose outcome stays unknown is sent again once, marked


async def settle(message: Message, error: str) -> float:
    """Find out what became of the message in flight and write it down.

    Returns 0 when the row says what to do next (sent, queued again, unknown), else the seconds after
    which to look again; until then the chat sends nothing else.
    """
    await in_database(_note_doubt, message, error)
    finding, value = Finding.UNKNOWN, 0.0
    if resolve.applies(message):
        finding, value = await resolve.find(message)
    logger.info("lost answer", extra={"row": message.pk, "finding": finding})
    if finding is Finding.LATER:
        return value
    await in_database(_conclude, message, finding, int(value), error)
    return 0.0


def _note_doubt(message: Message, error: str) -> None:
    message.attempts.filter(outcome="").update(
        outcome="unknown", error=error[:300], ended_at=timezone.now()
    )


@transaction.atomic
def _conclude(message: Message, finding: Finding, message_id: int, error: str) -> None:
    attempt = message.attempts.order_by("-number").first()
    state = Message.State
    if finding is Finding.DELIVERED and attempt is not None:
        Attempt.objects.filter(pk=attempt.pk).update(outcome="sent", error="")
        message.move(
            state.SENDING,
            after=state.SENT,
            message_id=message_id,
            sent_at=attempt.began_at,
            error="",
        )
        note_message_id(message.chat, message_id)
    elif finding is Finding.NOT_DELIVERED and attempt is not None:
        Attempt.objects.filter(pk=attempt.pk).update(outcome="not_sent")
        message.move(state.SENDING, after=state.QUEUED)
    else:
        _apply_policy(message, error)
    Chat.objects.filter(pk=message.chat_id, in_flight=message.pk).update(in_flight=None)


def _apply_policy(message: Message, error: str) -> None:
    """It cannot be known: send it once more, marked as a possible repeat, or leave it to an operator."""
    doubts = Attempt.objects.filter(message=message, outcome="unknown").count()
    state = Message.State
    if message.kind in {"toast", "edit"}:  # repeating them changes nothing
        message.move(state.SENDING, after=state.QUEUED if doubts <= MOST_REPEATS else state.FAILED)
    elif doubts <= MOST_REPEATS and message.params.get("on_doubt", "resend") == "resend":
        message.move(state.SENDING, after=state.QUEUED, possible_repeat=True)
    else:
        message.move(state.SENDING, after=state.UNKNOWN, error=error[:300])
