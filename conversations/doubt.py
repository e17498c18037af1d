"""What to do about a send whose answer was lost: found out where possible, and never in silence."""

import logging
from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bots.database import in_database
from bots.departures import never_left
from conversations import resolve
from conversations.models import Attempt, Chat, Message
from conversations.parcels import UNORDERED_KINDS, note_message_id
from conversations.search import Finding, Found

logger = logging.getLogger(__name__)

MOST_REPEATS = 1  # a message whose outcome stays unknown is sent again once, marked
# A 5xx is hardly ever an accepted send, and comes in rows: giving up after two would lose the message.
MOST_DOUBTS = 3
RECHECK_AFTER = timedelta(minutes=5)  # after sending again: did the first copy come after all?


async def settle(message: Message, error: str, *, is_5xx: bool = False) -> float:
    """Find out what became of the message in flight and write it down.

    Returns 0 when the row says what to do next (sent, queued again, unknown), else the seconds after
    which to look again; until then the chat sends nothing else.
    """
    attempt = await in_database(_note_doubt, message.pk, error, is_5xx)
    if attempt is None:
        return 0.0
    found = await _find(attempt)
    logger.info("lost answer", extra={"row": message.pk, "finding": found.finding})
    if found.finding is Finding.LATER:
        return found.seconds
    await in_database(_conclude, attempt, found, error)
    return 0.0


async def _find(attempt: Attempt) -> Found:
    if await in_database(never_left, attempt.key):
        return Found(Finding.NEVER_LEFT)
    if resolve.applies(attempt):
        return await resolve.find(attempt)
    return Found(Finding.UNKNOWN)


@transaction.atomic
def _note_doubt(message_pk: int, error: str, is_5xx: bool) -> Attempt | None:  # noqa: FBT001
    """Note on the latest attempt that its answer is lost; None where the row is not in doubt any more."""
    message = Message.objects.select_for_update().get(pk=message_pk)
    if message.state != Message.State.SENDING:
        return None
    latest = Attempt.objects.select_related("message__chat__bot").filter(message=message_pk)
    attempt = latest.order_by("-number").first()
    if attempt is not None and not attempt.outcome:
        attempt.outcome = "server_error" if is_5xx else "unknown"
        attempt.error = error[:300]
        attempt.ended_at = timezone.now()
        attempt.save(update_fields=["outcome", "error", "ended_at"])
    return attempt


@transaction.atomic
def _conclude(attempt: Attempt, found: Found, error: str) -> None:
    """Write the finding down, unless another process has concluded and gone on meanwhile."""
    message = Message.objects.select_for_update().get(pk=attempt.message_id)
    newest = message.attempts.order_by("-number").values_list("pk", flat=True).first()
    if message.state != Message.State.SENDING or newest != attempt.pk:
        return
    Chat.objects.filter(pk=message.chat_id, in_flight=message.pk).update(in_flight=None)
    attempt.refresh_from_db(fields=["steps"])
    if found.finding is Finding.DELIVERED:
        _note_delivered(attempt, message, found.message_id)
    elif found.finding is Finding.NOT_DELIVERED:
        attempt.outcome, attempt.recheck_at = "not_sent", timezone.now() + RECHECK_AFTER
        message.move(Message.State.SENDING, after=Message.State.QUEUED)
    elif found.finding is Finding.NEVER_LEFT:
        attempt.outcome, attempt.error = "not_sent", "the process died before it made the call"
        message.move(Message.State.SENDING, after=Message.State.QUEUED)
    else:
        _apply_policy(attempt, message, error)
    attempt.save()
    if attempt.steps:
        attempt.note_step("result", found.finding)


def _note_delivered(attempt: Attempt, message: Message, message_id: int) -> None:
    attempt.outcome, attempt.error, attempt.telegram_id = "sent", "", message_id
    message.move(
        Message.State.SENDING,
        after=Message.State.SENT,
        message_id=message_id,
        sent_at=attempt.began_at,
        error="",
    )
    if attempt.chat_id == message.chat.chat_id:  # else the group has moved on to other ids
        note_message_id(message.chat, message_id)


def _apply_policy(attempt: Attempt, message: Message, error: str) -> None:
    """It cannot be known: send it once more, marked as a possible repeat, or leave it to an operator.

    `params["on_doubt"]` says which: "resend" (a miss is worse than a repeat) or "hold" (a broadcast).
    """
    state, may_repeat = Message.State, _may_repeat(message)
    if message.kind in UNORDERED_KINDS:  # repeating them changes nothing
        message.move(state.SENDING, after=state.QUEUED if may_repeat else state.FAILED)
    elif may_repeat and message.params.get("on_doubt", "resend") == "resend":
        message.move(state.SENDING, after=state.QUEUED, possible_repeat=True)
        if resolve.applies(attempt):
            attempt.recheck_at = timezone.now() + RECHECK_AFTER
    else:
        message.move(state.SENDING, after=state.UNKNOWN, error=error[:300])


def _may_repeat(message: Message) -> bool:
    ends = Counter(message.attempts.values_list("outcome", flat=True))
    doubts = ends["unknown"] + ends["server_error"]
    return ends["unknown"] <= MOST_REPEATS and doubts <= MOST_DOUBTS
