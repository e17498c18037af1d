"""Send one outbox row: wait for its turn, claim it, call Telegram, and write down what happened."""

import asyncio
import logging
import random
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from bots.circuit import TRIAL_INTERVAL, circuits
from bots.database import AWAY, in_database
from bots.errors import CallError, Failure, Verdict
from bots.pacing import CHAT_INTERVAL, Pace, paces
from bots.telegram import lines
from conversations import doubt, parcels
from conversations.contracts import Delivered
from conversations.migration import follow
from conversations.models import Chat, Message
from conversations.parcels import Parcel, is_of_a_crowd

logger = logging.getLogger(__name__)

AT_ONCE = 0.5  # seconds for which each row of an answer may hold up the chat's next answer
LONGEST_WAIT = 1.5  # seconds a worker's slot may be held to wait for a turn
BUSY_PAUSE = 0.3  # seconds after which a chat that has a send on its way is asked again
TRIAL_PATIENCE = 5.0  # seconds for Telegram to show that it is back
PAUSE_5XX = 1.0  # seconds, times the number of the attempt
ROUNDS = 4  # claims within one try: a moved chat, a text sent plain, a topic left


class LaterError(Exception):
    """The row stays queued; try again in `seconds`."""

    def __init__(self, seconds: float, reason: str) -> None:
        super().__init__(reason)
        self.seconds = seconds


async def deliver(message_id: int) -> Delivered:
    """Send the row, or return how it ended before; raises LaterError while Telegram cannot be asked."""
    message = await in_database(Message.objects.select_related("chat").get, pk=message_id)
    bot_id, chat_id = message.chat.bot_id, message.chat.chat_id
    if message.state not in {Message.State.QUEUED, Message.State.SENDING}:
        return _told(message)
    await _require_line(bot_id)
    if message.kind == "toast":
        return await _deliver_now(message_id)
    lock = paces.lock(bot_id, chat_id)
    if lock.locked():  # the chat has a send on its way: hold no slot meanwhile
        raise LaterError(_busy_pause(bot_id, chat_id), "the chat is busy")
    await lock.acquire()  # at once, so that the next one finds it locked
    return await _to_its_end(_deliver_in_turn(message, lock))


async def deliver_within(message_id: int, seconds: float) -> Delivered | None:
    """Send the row right after it was written, or return None: a workflow is to see to it.

    A send that takes longer goes on by itself. So most messages need no activity of their own.
    """
    try:
        async with asyncio.timeout(seconds):
            return await deliver(message_id)
    except (LaterError, TimeoutError, *AWAY) as error:
        logger.debug("left to its workflow", extra={"row": message_id, "error": str(error)})
    except Exception:
        logger.exception("cannot send at once; left to its workflow", extra={"row": message_id})
    return None


async def send_at_once(message_ids: list[int]) -> list[int]:
    """Send an answer's rows, in order; return those that are left."""
    left = list(message_ids)
    while left and await deliver_within(left[0], AT_ONCE):
        left.pop(0)
    return left


def _busy_pause(bot_id: int, chat_id: int) -> float:
    """Return when the send on its way may be over: late, where the bot has a crowd to serve.

    125 busy chats that asked again every 0.3 s would ask Temporal 400 times a second.
    """
    pace = paces.of(bot_id)
    pause = max(BUSY_PAUSE, pace.backlog)
    return pace.turn_after(chat_id, pause, min(pause, CHAT_INTERVAL))


async def _deliver_in_turn(message: Message, lock: asyncio.Lock) -> Delivered:
    try:
        await _take_turn(message, message.chat.bot_id, message.chat.chat_id)
        return await _deliver_now(message.pk)
    finally:
        lock.release()


_open: set[asyncio.Task[Delivered]] = set()  # a task that nobody else refers to may vanish


async def _to_its_end(work: Coroutine[Any, Any, Delivered]) -> Delivered:
    """Await it; if the caller is cancelled it goes on alone: half a call is a doubt, a whole one a receipt.

    A process that was frozen hears when it wakes that Temporal has given up what it was doing.
    """
    task = asyncio.create_task(work)
    _open.add(task)
    task.add_done_callback(_open.discard)
    return await asyncio.shield(task)


async def finish(patience: timedelta) -> None:
    """Wait for the sends that are under way, as long as `patience`: for a process that stops."""
    if _open:
        await asyncio.wait(_open, timeout=patience.total_seconds())


async def _require_line(bot_id: int) -> None:
    """During an outage only one caller in a while asks, and with a call that sends nothing."""
    circuit = circuits.of(bot_id)
    if not circuit.is_open:
        return
    if wait := circuit.take_trial():
        raise LaterError(wait + random.random(), "Telegram is away")  # noqa: S311 - no secret
    try:
        await lines.of(bot_id).call("getMe", {}, patience=TRIAL_PATIENCE)
    except CallError as error:
        if error.failure.away:
            raise LaterError(TRIAL_INTERVAL, "Telegram is away") from None
    except KeyError:
        return  # no token for this bot: the send says so


async def _take_turn(message: Message, bot_id: int, chat_id: int) -> None:
    if message.state != Message.State.QUEUED:
        return
    pace = paces.of(bot_id)
    with pace.waiting():
        await _wait_for_turn(pace, chat_id, crowd=is_of_a_crowd(message))


async def _wait_for_turn(pace: Pace, chat_id: int, *, crowd: bool) -> None:
    while (wait := pace.wait_for(chat_id, crowd=crowd)) > 0:
        if wait > LONGEST_WAIT:
            raise LaterError(pace.turn_after(chat_id, wait), "pacing")
        await asyncio.sleep(wait)


async def _deliver_now(message_id: int) -> Delivered:
    for _ in range(ROUNDS):
        try:
            claimed = await in_database(parcels.claim, message_id)
        except parcels.BusyError:
            raise LaterError(0.5, "another message to this chat is in flight") from None
        if isinstance(claimed, Message):
            if claimed.state != Message.State.SENDING:
                return _told(claimed)
            await _settle(claimed, "the process died while it was sending")
            continue
        done = await _try(claimed)
        if claimed.message.pk != message_id:
            raise LaterError(0.2, "a message written earlier went first")
        if done is not None:
            return _told(done)
    raise LaterError(1, "still not sent")


async def _try(parcel: Parcel) -> Message | None:
    """Make one call; return the row when it is final, None when it may be claimed again at once."""
    if parcel.message.kind != "toast":
        await asyncio.sleep(paces.of(parcel.bot_id).leave(crowd=is_of_a_crowd(parcel.message)))
    try:
        result = await parcels.call(parcel)
    except KeyError:
        return await in_database(parcels.note_failed, parcel, "no token is configured for this bot")
    except CallError as error:
        return await _handle(parcel, error.failure)
    return await in_database(parcels.note_sent, parcel, result)


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
            await in_database(parcels.release, parcel, "not_sent", failure.text)
            if failure.retry_after > 1:
                paces.of(parcel.bot_id).close(parcel.chat_id, failure.retry_after)
            raise LaterError(failure.retry_after or 1.0, failure.text)
        case Verdict.UNKNOWN:
            if failure.retry_after:  # a 429 so late that it may hide an accepted send
                paces.of(parcel.bot_id).close(parcel.chat_id, failure.retry_after)
            await _settle(parcel.message, failure.text, is_5xx=failure.is_5xx)
            if failure.is_5xx:
                pause = PAUSE_5XX * parcel.attempt.number
                paces.of(parcel.bot_id).close(parcel.chat_id, pause)
                raise LaterError(pause, failure.text)
            return None
        case Verdict.MIGRATED:
            await in_database(parcels.release, parcel, "migrated", failure.text)
            await in_database(follow, parcel.message.chat_id, failure.new_chat_id)
            return None
    return await in_database(_write_refusal, parcel, failure)


async def _settle(message: Message, error: str, *, is_5xx: bool = False) -> None:
    message = await in_database(Message.objects.select_related("chat__bot").get, pk=message.pk)
    if seconds := await doubt.settle(message, error, is_5xx=is_5xx):
        raise LaterError(seconds, "what became of it is being found out")


def _write_refusal(parcel: Parcel, failure: Failure) -> Message | None:
    if failure.verdict is Verdict.HARMLESS and parcel.message.kind in parcels.UNORDERED_KINDS:
        return parcels.note_sent(parcel, None)
    if failure.verdict is Verdict.BAD_TEXT and parcel.message.entities:
        _again(parcel, failure, entities=[])
        return None
    if failure.verdict is Verdict.NO_THREAD and parcel.message.thread_id:
        _again(parcel, failure, thread_id=0)
        return None
    if failure.verdict is Verdict.CHAT_GONE:
        blocked = "blocked" in failure.text.lower()
        state = Chat.State.BLOCKED if blocked else Chat.State.GONE
        return parcels.note_failed(parcel, failure.text, chat_state=state)
    return parcels.note_failed(parcel, failure.text)


def _again(parcel: Parcel, failure: Failure, **changes: Any) -> None:
    parcels.release(parcel, str(failure.verdict), failure.text, **changes)


def _told(message: Message) -> Delivered:
    return Delivered(message.state, message.message_id or 0, message.error)
