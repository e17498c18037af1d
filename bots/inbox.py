"""The inbox: an update is a committed row before Telegram is told that it arrived."""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    connection,
    transaction,
)
from django.db.models import F
from django.utils import timezone
from telegram.error import NetworkError

from bots.database import in_database
from bots.envelope import Envelope, UnreadableUpdateError, chat_id_of, kind_of, read_message
from bots.models import Bot, Update
from bots.text import clean_json

logger = logging.getLogger(__name__)

# Telegram restarts update ids at a random number after a week without updates
# (https://core.telegram.org/bots/api#getting-updates).
QUIET_BEFORE_RESTART = timedelta(days=6)

_INSERT = """
INSERT INTO bots_update
  (bot_id, update_id, sequence, kind, chat_id, payload, state, repeats, error, received_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, 0, '', %s)
ON CONFLICT (bot_id, update_id) DO NOTHING
"""


@dataclass(frozen=True)
class RawUpdate:
    """An update as the JSON that arrived; PTB's updater needs only its id."""

    update_id: int
    raw: dict[str, Any]


def store(bot_id: int, raw: dict[str, Any]) -> bool:
    """Commit one update; True if it is new, False if it was a repeat (which is counted).

    One that the database refuses for what is in it is set aside without its contents: asked for again,
    it would hold up everything behind it for ever.
    """
    raw = clean_json(raw)
    try:
        return _store(bot_id, raw)
    except (DataError, IntegrityError, OverflowError, ValueError, RecursionError) as error:
        logger.exception("update refused by the database", extra={"bot": bot_id})
        return _set_aside(bot_id, raw["update_id"], type(error).__name__)


def envelope_of(row: Update) -> Envelope:
    """Return what an update's chat is told; raises UnreadableUpdateError where its shape is not as documented."""
    if row.chat_id is None:
        raise UnreadableUpdateError("it belongs to no chat")
    message = read_message(row.payload, row.bot_id)
    return Envelope(row.bot_id, row.update_id, row.chat_id, row.sequence, row.request_id, message)


def _set_aside(bot_id: int, update_id: int, error: str) -> bool:
    if abs(update_id) >= 2**62:
        return False
    contents = {"payload": {}, "kind": "unreadable", "state": Update.State.POISON, "error": error}
    _, is_new = Update.objects.get_or_create(
        bot_id=bot_id,
        update_id=update_id,
        defaults={**contents, "sequence": update_id, "received_at": timezone.now()},
    )
    return is_new


def _store(bot_id: int, raw: dict[str, Any]) -> bool:
    update_id = int(raw["update_id"])
    now = timezone.now()
    with transaction.atomic():
        bot = Bot.objects.select_for_update().filter(pk=bot_id).first()
        if bot is None:  # a webhook may be faster than the start
            bot, _ = Bot.objects.get_or_create(pk=bot_id)
        offset = _sequence_offset(bot, update_id)
        with connection.cursor() as cursor:
            cursor.execute(
                _INSERT,
                [bot_id, update_id, offset + update_id, kind_of(raw), chat_id_of(raw),
                 json.dumps(raw), Update.State.RECEIVED, now],
            )  # fmt: skip
            is_new: bool = cursor.rowcount == 1
        if is_new:
            highest = (
                max(update_id, bot.last_update_id or 0)
                if offset == bot.sequence_offset
                else update_id
            )
            Bot.objects.filter(pk=bot_id).update(
                last_update_id=highest, sequence_offset=offset, last_received_at=now
            )
        else:
            Update.objects.filter(bot_id=bot_id, update_id=update_id).update(
                repeats=F("repeats") + 1
            )
    return is_new


def _sequence_offset(bot: Bot, update_id: int) -> int:
    """Return what to add to this update's id, so that sequences keep growing over a restart of ids."""
    if bot.last_update_id is None or bot.last_received_at is None or update_id > bot.last_update_id:
        return bot.sequence_offset
    if timezone.now() - bot.last_received_at < QUIET_BEFORE_RESTART:
        return bot.sequence_offset
    return bot.sequence_offset + bot.last_update_id - update_id + 1


class Inbox(asyncio.Queue[object]):
    """The queue PTB's updater puts into: `put` commits, and only then does PTB move its offset.

    Nothing is kept in memory: the rows are the queue, and `on_stored` wakes whoever hands them over.
    """

    def __init__(self, bot_id: int, on_stored: Callable[[], None]) -> None:
        super().__init__()
        self._bot_id = bot_id
        self._on_stored = on_stored

    async def put(self, item: object) -> None:
        """Commit the update; database trouble becomes PTB's NetworkError, so that it asks again.

        Any other error would end PTB's polling in silence.
        """
        if not isinstance(item, RawUpdate):
            await super().put(item)  # PTB's own mark that ends the reader of the queue
            return
        try:
            is_new = await in_database(store, self._bot_id, item.raw)
        except (DatabaseError, InterfaceError, OSError) as error:
            raise NetworkError(f"the inbox could not be written: {type(error).__name__}") from error
        if is_new:
            self._on_stored()
