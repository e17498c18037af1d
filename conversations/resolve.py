"""Find out what became of a send whose answer was lost: the id it must have, if it arrived, is looked at.

The procedure, its proofs and its limits are in docs/lost-answers.md. Every step is written into the
attempt. Nothing here writes to a chat: the one call that is used only reads (bots/probing.py).
"""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from bots.database import in_database
from bots.envelope import UnreadableUpdateError, chat_id_of, read_message
from bots.models import Update
from bots.probing import ABSURD_ID, PAUSE, Sight, look
from bots.telegram import Line, lines
from conversations.models import Attempt, Chat, Message

logger = logging.getLogger(__name__)

SETTLE = 60.0  # seconds after which a send that was not seen will not land any more
MARGIN = 5  # ids below the last known one: rising ids are the rule, not a promise
GUESS = 3  # ids above the highest known one: the lost message is most likely the next
MOST_PROBES = 30
SHARED_COUNTER = ("private", "group")  # these chats of a bot take their ids from one counter
FIRST_PAUSE = 1.0  # seconds before another look while the send may still land


class Finding(StrEnum):
    """What the search found out."""

    DELIVERED = "delivered"
    NOT_DELIVERED = "not delivered"
    UNKNOWN = "unknown"
    LATER = "later"


@dataclass
class Search:
    """One search for one lost answer."""

    message: Message
    attempt: Attempt
    line: Line
    probes: int = 0
    own: list[int] = field(default_factory=list)

    @property
    def chat(self) -> Chat:
        """The chat it was sent to."""
        return self.message.chat

    @property
    def age(self) -> float:
        """Seconds since the request left."""
        return (timezone.now() - self.attempt.began_at).total_seconds()

    async def look(self, message_id: int, why: str) -> Sight:
        """Probe one id and write the step down."""
        if self.probes:
            await asyncio.sleep(PAUSE)
        self.probes += 1
        sight = await look(self.line, self.chat.chat_id, message_id)
        await in_database(self._note, why, message_id, sight)
        return sight

    def _note(self, why: str, message_id: int, sight: Sight) -> None:
        self.attempt.refresh_from_db(fields=["steps"])
        self.attempt.steps = [
            *self.attempt.steps,
            {"at": timezone.now().isoformat(), "step": why, "id": message_id, "answer": sight},
        ]
        self.attempt.save(update_fields=["steps"])


def applies(message: Message) -> bool:
    """Whether a lost answer of this message can be resolved."""
    return (
        settings.TELEGRAM_RESOLVE
        and message.kind not in {"toast", "edit"}
        and message.chat.type in SHARED_COUNTER
    )


async def find(message: Message) -> tuple[Finding, float]:
    """Return what became of the message's last attempt, its id or the seconds to wait beside it."""
    attempt = await in_database(message.attempts.order_by("-number").first)
    if attempt is None:
        return Finding.UNKNOWN, 0
    search = Search(message, attempt, lines.of(message.chat.bot_id))
    search.probes = len(attempt.steps)
    if search.probes == 0 and not await _texts_are_known(search):
        return Finding.UNKNOWN, 0
    found = await _find_own(search)
    if found is not None:
        return found
    if search.probes >= MOST_PROBES:
        return Finding.UNKNOWN, 0
    if search.age < SETTLE:
        return Finding.LATER, min(max(FIRST_PAUSE, search.age), SETTLE - search.age + 0.5)
    return (Finding.NOT_DELIVERED if await in_database(_is_bounded, search) else Finding.UNKNOWN), 0


async def _find_own(search: Search) -> tuple[Finding, float] | None:
    """Look at every id the message can have; None where none of them is ours."""
    for message_id in await in_database(_candidates, search):
        if search.probes >= MOST_PROBES:
            break
        sight = await search.look(message_id, "candidate")
        if sight is Sight.OWN:
            search.own.append(message_id)
        elif sight is Sight.NO_ANSWER:
            return Finding.LATER, FIRST_PAUSE
        elif sight is Sight.UNEXPECTED:
            return Finding.UNKNOWN, 0
    if not search.own:
        return None
    unresolved = await in_database(_unresolved(search.message).count)
    if len(search.own) == unresolved == 1:
        return Finding.DELIVERED, search.own[0]
    return await _identify(search)


async def _identify(search: Search) -> tuple[Finding, float]:
    """Several could be it: have Telegram show each in the operators' log chat, and compare the words."""
    if not settings.TELEGRAM_LOG_CHAT:
        return Finding.UNKNOWN, 0
    for message_id in search.own:
        shown = await search.line.call(
            "forwardMessage",
            {
                "chat_id": settings.TELEGRAM_LOG_CHAT,
                "from_chat_id": search.chat.chat_id,
                "message_id": message_id,
                "disable_notification": True,
            },
        )
        copy = {"chat_id": settings.TELEGRAM_LOG_CHAT, "message_id": shown["message_id"]}
        await search.line.call("deleteMessage", copy)
        if shown.get("text", shown.get("caption", "")) == search.message.text:
            return Finding.DELIVERED, message_id
    return Finding.UNKNOWN, 0


async def _texts_are_known(search: Search) -> bool:
    """Control: an id that cannot be must be absent, and a known one of this chat must be seen."""
    if await search.look(ABSURD_ID, "control: absent") is not Sight.ABSENT:
        return False
    for message_id, wanted in await in_database(_controls, search.chat):
        sight = await search.look(message_id, f"control: {wanted}")
        if sight is wanted:
            return True
        if sight is not Sight.ABSENT:  # absent: it may have been deleted since
            return False
    return False


def _controls(chat: Chat) -> list[tuple[int, Sight]]:
    """Return up to three known ids of the chat, our own newest first, with what they must look like."""
    known = Message.objects.filter(chat=chat).exclude(message_id=None).order_by("-message_id")
    own = known.filter(direction="out", kind="text", state="sent")[:2]
    theirs = known.filter(direction="in").exclude(kind__in=["callback", "edit"])[:2]
    return [(row.message_id or 0, Sight.OWN) for row in own] + [
        (row.message_id or 0, Sight.FOREIGN) for row in theirs
    ]


def _candidates(search: Search) -> list[int]:
    """Return the ids of the counter around the send that nobody is known to have, ascending."""
    low = max(1, search.attempt.account_message_id - MARGIN)
    search.chat.bot.refresh_from_db(fields=["highest_message_id"])
    high = max(search.chat.bot.highest_message_id, search.attempt.account_message_id + GUESS)
    taken = _taken(search.chat.bot_id, low, search.attempt.began_at)
    seen = {step["id"] for step in search.attempt.steps if step["answer"] == Sight.FOREIGN}
    return [number for number in range(low, high + 1) if number not in taken and number not in seen]


def _taken(bot_id: int, low: int, since: datetime) -> set[int]:
    """Return the recorded ids of the shared counter, those of updates not yet answered among them."""
    rows = Message.objects.filter(
        chat__bot=bot_id, chat__type__in=SHARED_COUNTER, message_id__gte=low
    ).exclude(kind__in=["callback", "edit"])
    taken = {number for number in rows.values_list("message_id", flat=True) if number}
    waiting = Update.objects.filter(bot=bot_id, received_at__gte=since - timedelta(minutes=1))
    return taken | set(_ids_of(waiting.values_list("payload", flat=True), bot_id))


def _ids_of(payloads: Iterable[dict[str, Any]], bot_id: int) -> Iterable[int]:
    for payload in payloads:
        chat_id = chat_id_of(payload)
        if chat_id is None or chat_id <= -(10**12):  # supergroups and channels count for themselves
            continue
        try:
            said = read_message(payload, bot_id)
        except UnreadableUpdateError:
            continue
        if said.event not in {"callback", "edit"} and said.message_id:
            yield said.message_id


def _is_bounded(search: Search) -> bool:
    """Whether an id of the same counter is known that was handed out after the settle time."""
    settled = search.attempt.began_at + timedelta(seconds=SETTLE)
    later = Message.objects.filter(chat__bot=search.chat.bot_id, chat__type__in=SHARED_COUNTER)
    later = later.exclude(message_id=None).exclude(kind__in=["callback", "edit"])
    return (
        later.filter(created_at__gt=settled, direction="in").exists()
        or later.filter(sent_at__gt=settled, direction="out").exists()
    )


def _unresolved(message: Message) -> QuerySet[Message]:
    states = [Message.State.SENDING, Message.State.UNKNOWN]
    return Message.objects.filter(chat=message.chat_id, direction="out", state__in=states).exclude(
        kind__in=["toast", "edit"]
    )
