"""Send one outbox row: wait for its turn, claim it, call Telegram, and write down what happened."""

import asyncio
import logging
from typing import Any

from bots.database import in_database
from bots.errors import CallError, Failure, Verdict
from bots.pacing import paces
from conversations import doubt, outbox
from conversations.contracts import Delivered
from conversations.migration import follow
from conversations.models import Chat, Message
from conversations.outbox import Parcel

logger = logging.getLogger(__name__)

LONGEST_WAIT = 5.0  # seconds a worker's slot may be held to wait for a turn
ROUNDS = 4  # claims within one try: a moved chat, a text sent plain, a topic left


class LaterError(Exception):
    """The row stays queued; try again in `seconds`."""

    def __init__(self, seconds: float, reason: str) -> None:
        super().__init__(reason)
        self.seconds = seconds


async def deliver(message_id: int) -> Delivered:
    """Send the row, or return how it ended before; raises LaterError while Telegram cannot be asked."""
    message = await in_database(Message.objects.select_related("chat").get, pk=message_id)
    if message.kind == "toast":
        return await _deliver_now(message_id)
    bot_id, chat_id = message.chat.bot_id, message.chat.chat_id
    async with paces.lock(bot_id, chat_id):
        await _take_turn(message, bot_id, chat_id)
        return await _deliver_now(message_id)


async def _take_turn(message: Message, bot_id: int, chat_id: int) -> None:
    if message.state != Message.State.QUEUED:
        return
    while (wait := paces.of(bot_id).wait_for(chat_id)) > 0:
        if wait > LONGEST_WAIT:
            raise LaterError(wait, "pacing")
        await asyncio.sleep(wait)


async def _deliver_now(message_id: int) -> Delivered:
    for _ in range(ROUNDS):
        try:
            claimed = await in_database(outbox.claim, message_id)
        except outbox.BusyError:
            raise LaterError(0.5, "another message to this chat is in flight") from None
        if isinstance(claimed, Message):
            if claimed.state != Message.State.SENDING:
                return _told(claimed)
            await _settle(claimed, "the process died while it was sending")
            continue
        done = await _try(claimed)
        if done is not None:
            return _told(done)
    raise LaterError(1, "still not sent")


async def _try(parcel: Parcel) -> Message | None:
    """Make one call; return the row when it is final, None when it may be claimed again at once."""
    try:
        result = await outbox.call(parcel)
    except KeyError:
        return await in_database(outbox.note_failed, parcel, "no token is configured for this bot")
    except CallError as error:
        return await _handle(parcel, error.failure)
    return await in_database(outbox.note_sent, parcel, result)


async def _handle(parcel: Parcel, failure: Failure) -> Message | None:
    logger.info(
        "send failed",
        extra={
            "row": parcel.message.pk,
            "verdict": failure.verdict,
            "retry_after": failure.retry_after,
        },
    )
    match failure.verdict:
        case Verdict.NOT_SENT:
            await in_database(outbox.release, parcel, "not_sent", failure.text)
            if failure.retry_after > 1:
                paces.of(parcel.bot_id).close(parcel.chat_id, failure.retry_after)
            raise LaterError(failure.retry_after or 1.0, failure.text)
        case Verdict.UNKNOWN:
            if failure.retry_after:  # a 429 so late that it may hide an accepted send
                paces.of(parcel.bot_id).close(parcel.chat_id, failure.retry_after)
            await _settle(parcel.message, failure.text)
            return None
        case Verdict.MIGRATED:
            await in_database(outbox.release, parcel, "migrated", failure.text)
            await in_database(follow, parcel.message.chat_id, failure.new_chat_id)
            return None
    return await in_database(_write_refusal, parcel, failure)


async def _settle(message: Message, error: str) -> None:
    message = await in_database(Message.objects.select_related("chat__bot").get, pk=message.pk)
    if seconds := await doubt.settle(message, error):
        raise LaterError(seconds, "what became of it is being found out")


def _write_refusal(parcel: Parcel, failure: Failure) -> Message | None:
    if failure.verdict is Verdict.HARMLESS and parcel.message.kind in outbox.UNORDERED_KINDS:
        return outbox.note_sent(parcel, None)
    if failure.verdict is Verdict.BAD_TEXT and parcel.message.entities:
        _again(parcel, failure, entities=[])
        return None
    if failure.verdict is Verdict.NO_THREAD and parcel.message.thread_id:
        _again(parcel, failure, thread_id=0)
        return None
    if failure.verdict is Verdict.CHAT_GONE:
        blocked = "blocked" in failure.text.lower()
        state = Chat.State.BLOCKED if blocked else Chat.State.GONE
        return outbox.note_failed(parcel, failure.text, chat_state=state)
    return outbox.note_failed(parcel, failure.text)


def _again(parcel: Parcel, failure: Failure, **changes: Any) -> None:
    outbox.release(parcel, str(failure.verdict), failure.text, **changes)


def _told(message: Message) -> Delivered:
    return Delivered(message.state, message.message_id or 0, message.error)
