"""Ask Telegram whether a message id exists and is ours, by a call that only reads.

`stopMessageLiveLocation` on anything that is no live location changes nothing and fails with one of
three texts (tdlib/telegram-bot-api, Client.cpp; tdlib/td, MessagesManager: the content is checked
before any edit is made). The product sends no live locations, so nothing can be stopped by it.
"""

import asyncio
import time
from dataclasses import dataclass
from enum import StrEnum

from bots.errors import CallError, Verdict
from bots.telegram import Line, bot_id_of

METHOD = "stopMessageLiveLocation"
INTERVAL = 0.2  # seconds between a bot's probes: five a second at most
PATIENCE = 10.0  # seconds for one answer
LONGEST_TURN = 5.0  # seconds a worker's slot may be held to wait for a probe's turn
ABSURD_ID = 2**31 - 1  # far above any id that a chat has handed out
DISTRUST = 3600.0  # seconds without probes after an answer that nobody expected

_TEXTS = (
    ("there is no live location in the message to edit", "own"),
    ("message can't be edited", "foreign"),
    ("message to edit not found", "absent"),
)


class Sight(StrEnum):
    """What an id turned out to be."""

    OWN = "own"
    FOREIGN = "foreign"
    ABSENT = "absent"
    NO_ANSWER = "no answer"
    CHAT_GONE = "chat gone"
    UNEXPECTED = "unexpected"  # the texts have changed, or something was stopped: do not go on


@dataclass(frozen=True)
class Look:
    """What a probe saw; `retry_after` is in seconds, after no answer."""

    sight: Sight
    retry_after: float = 0.0


class Trust:
    """Which bots' answers are understood: learnt by a self-test, withdrawn for an hour after a surprise."""

    def __init__(self) -> None:
        self._until: dict[int, float] = {}
        self._tested: set[int] = set()

    def is_tested(self, bot_id: int) -> bool:
        """Whether the self-test has passed since the process began, or since the last surprise."""
        return bot_id in self._tested

    def passed(self, bot_id: int) -> None:
        """Note that the texts are the ones we know."""
        self._tested.add(bot_id)

    def is_withdrawn(self, bot_id: int) -> bool:
        """Whether probing rests for this bot."""
        return self._until.get(bot_id, 0.0) > time.monotonic()

    def withdraw(self, bot_id: int) -> None:
        """Rest for an hour, then test again."""
        self._until[bot_id] = time.monotonic() + DISTRUST
        self._tested.discard(bot_id)


class Turns:
    """Gives each bot's probes their turns."""

    def __init__(self) -> None:
        self._next: dict[int, float] = {}

    async def take(self, bot_id: int) -> float:
        """Wait for a turn; returns 0, or the seconds left when they are too many to wait here."""
        now = time.monotonic()
        begin = max(now, self._next.get(bot_id, 0.0))
        if begin - now > LONGEST_TURN:
            return begin - now
        self._next[bot_id] = begin + INTERVAL
        await asyncio.sleep(begin - now)
        return 0.0


trust = Trust()
turns = Turns()


async def look(line: Line, chat_id: int, message_id: int) -> Look:
    """Return what the id is in this chat."""
    if wait := await turns.take(bot_id_of(line.token)):
        return Look(Sight.NO_ANSWER, wait)
    try:
        await line.call(METHOD, {"chat_id": chat_id, "message_id": message_id}, patience=PATIENCE)
    except CallError as error:
        return _read(error)
    return Look(Sight.UNEXPECTED)


def _read(error: CallError) -> Look:
    failure = error.failure
    text = failure.text.lower()
    for phrase, sight in _TEXTS:
        if phrase in text:
            return Look(Sight(sight))
    if failure.verdict in {Verdict.NOT_SENT, Verdict.UNKNOWN}:
        return Look(Sight.NO_ANSWER, failure.retry_after)
    if failure.verdict in {Verdict.CHAT_GONE, Verdict.MIGRATED}:
        return Look(Sight.CHAT_GONE)
    return Look(Sight.UNEXPECTED)
