"""The operators' log chat, where a lost answer is made sure of: a bound for ids, and a look at words."""

import logging
import time
from dataclasses import dataclass

from django.conf import settings

from bots.errors import CallError, Verdict
from bots.telegram import Line, bot_id_of

logger = logging.getLogger(__name__)

BOUND_TEXT = "Looking for a message whose delivery is in doubt. This note is deleted at once."


class SilentError(Exception):
    """Telegram did not answer; ask again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__("no answer from Telegram")
        self.seconds = seconds


@dataclass(frozen=True)
class _Bound:
    asked_at: float  # monotonic, before the call
    message_id: int


_latest: dict[int, _Bound] = {}


def is_set() -> bool:
    """Whether operators gave a log chat."""
    return bool(settings.TELEGRAM_LOG_CHAT)


def shares_the_counter() -> bool:
    """Whether the log chat is a private chat or a basic group, which take ids from the same counter."""
    try:
        number = int(settings.TELEGRAM_LOG_CHAT)
    except ValueError:
        return False  # empty, or the @name of a channel
    return number > -(10**12)


async def newest_id(line: Line, age: float) -> int:
    """Return an id handed out in the last `age` seconds: that of a silent note, deleted at once.

    Returns 0 where the log chat does not take it.
    """
    bot_id = bot_id_of(line.token)
    kept, now = _latest.get(bot_id), time.monotonic()
    if kept is not None and now - kept.asked_at < age:
        return kept.message_id
    note = {
        "chat_id": settings.TELEGRAM_LOG_CHAT,
        "text": BOUND_TEXT,
        "disable_notification": True,
    }
    try:
        sent = await line.call("sendMessage", note)
    except CallError as error:
        _raise_if_silent(error)
        return 0
    _latest[bot_id] = _Bound(now, sent["message_id"])
    await _delete(line, sent["message_id"])
    return int(sent["message_id"])


async def words(line: Line, chat_id: int, message_id: int) -> str | None:
    """Return the text of an own message, seen in a copy that is deleted at once; None: it is not shown."""
    params = {
        "chat_id": settings.TELEGRAM_LOG_CHAT,
        "from_chat_id": chat_id,
        "message_id": message_id,
        "disable_notification": True,
    }
    try:
        shown = await line.call("forwardMessage", params)
    except CallError as error:
        _raise_if_silent(error)
        return None
    await _delete(line, shown["message_id"])
    return str(shown.get("text") or shown.get("caption") or "")


async def _delete(line: Line, message_id: int) -> None:
    """Remove a note of ours; one that stays harms nobody."""
    copy = {"chat_id": settings.TELEGRAM_LOG_CHAT, "message_id": message_id}
    try:
        await line.call("deleteMessage", copy)
    except CallError as error:
        logger.info("a note stays in the log chat", extra={"verdict": error.failure.verdict})


def _raise_if_silent(error: CallError) -> None:
    if error.failure.verdict in {Verdict.NOT_SENT, Verdict.UNKNOWN}:
        raise SilentError(max(1.0, error.failure.retry_after)) from None
