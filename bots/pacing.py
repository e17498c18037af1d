"""Pacing: how fast a bot may send, so that Telegram hardly ever has to say 429."""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
BOT_PER_SECOND = 26  # of 30: what leaves evenly may arrive in bunches
CROWD_PER_SECOND = 24  # reminders and broadcasts: there is always room for an answer
BUNCH = 2  # sends that may leave together after a pause
GROUP_PER_MINUTE = 20
CHAT_INTERVAL = 1.0  # seconds between messages to one chat, after a burst: answers hardly ever wait
CHAT_BURST = 20
LONGEST_TURN = 120.0  # seconds: whoever waits behind more than that asks again then


class Pace:
    """One bot's send times. Every chat waits for its own turn; no chat waits for another's."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._bot: deque[float] = deque(maxlen=BOT_PER_SECOND)
        self._next_answer = self._next_of_crowd = 0.0
        self._chats: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = defaultdict(lambda: deque(maxlen=GROUP_PER_MINUTE))
        self._closed_until: dict[int, float] = {}
        self._promised: dict[int, float] = {}
        self._waiting = 0

    @property
    def backlog(self) -> float:
        """How many seconds those that wait for their turn now will take at the bot's full speed."""
        return self._waiting / CROWD_PER_SECOND

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count one more that waits for its turn."""
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1

    def wait_for(self, chat_id: int, *, crowd: bool = False) -> float:
        """Return the seconds until this chat may be sent to; 0 books the send.

        `crowd`: it is one of many that may be due together, and leaves room for answers.
        """
        now, most = self._clock(), CROWD_PER_SECOND if crowd else BOT_PER_SECOND
        wait = max(
            self._closed_until.get(chat_id, 0) - now,
            self._closed_until.get(0, 0) - now,
            self._chat_wait(chat_id, now),
            self._bot[-most] + 1 - now if len(self._bot) >= most else 0,
        )
        if wait > 0:
            return wait
        self._book(chat_id, now)
        return 0.0

    def _chat_wait(self, chat_id: int, now: float) -> float:
        if chat_id < 0:
            sent = self._groups[chat_id]
            return sent[0] + 60 - now if len(sent) == GROUP_PER_MINUTE else 0.0
        # A leaky bucket: `_chats` holds the time at which the chat's burst is used up to.
        return self._chats.get(chat_id, now) - now - CHAT_BURST * CHAT_INTERVAL

    def _book(self, chat_id: int, now: float) -> None:
        self._bot.append(now)
        if chat_id < 0:
            self._groups[chat_id].append(now)
        else:
            self._chats[chat_id] = max(self._chats.get(chat_id, now), now) + CHAT_INTERVAL
        if len(self._chats) > 10_000:
            self._chats = {chat: used for chat, used in self._chats.items() if used > now}

    def leave(self, *, crowd: bool = False) -> float:
        """Book the next moment at which a claimed send may leave; return the seconds until then.

        Claims take their time: sends that got their turns evenly would leave in bunches, and two
        bunches may arrive within one second.
        """
        now = self._clock()
        at = max(self._next_of_crowd, now - BUNCH / CROWD_PER_SECOND)
        self._next_of_crowd = at + 1 / CROWD_PER_SECOND
        if not crowd:  # it takes a place, and waits for other answers only
            at = max(self._next_answer, now - BUNCH / BOT_PER_SECOND)
            self._next_answer = at + 1 / BOT_PER_SECOND
        return max(0.0, at - now)

    def turn_after(self, chat_id: int, seconds: float, spacing: float = 0.0) -> float:
        """Return when to come back, at least `seconds` from now: each caller of a chat at its own time.

        Without it all that wait for one chat would come back together, and all but one in vain.
        `spacing` is between the callers, in seconds; 0: as fast as the chat may be sent to.
        """
        now = self._clock()
        spacing = spacing or (60 / GROUP_PER_MINUTE if chat_id < 0 else CHAT_INTERVAL)
        at = max(now + seconds, self._promised.get(chat_id, 0.0) + spacing)
        at = min(at, now + max(seconds, LONGEST_TURN))
        self._promised[chat_id] = at
        if len(self._promised) > 10_000:
            self._promised = {chat: until for chat, until in self._promised.items() if until > now}
        return at - now

    def close(self, chat_id: int, seconds: float) -> None:
        """Send nothing to this chat (0: to nobody) for so many seconds, as a 429 asked."""
        self._closed_until[chat_id] = max(
            self._closed_until.get(chat_id, 0), self._clock() + seconds
        )


class Paces:
    """The paces of this process, by bot, and one lock per chat: one send in flight each."""

    def __init__(self) -> None:
        self._paces: dict[int, Pace] = defaultdict(Pace)
        self._locks: dict[tuple[int, int], asyncio.Lock] = {}

    def of(self, bot_id: int) -> Pace:
        """Return a bot's pace."""
        return self._paces[bot_id]

    def lock(self, bot_id: int, chat_id: int) -> asyncio.Lock:
        """Return the lock that keeps one send in flight per chat in this process."""
        if len(self._locks) > 10_000:
            self._locks = {key: lock for key, lock in self._locks.items() if lock.locked()}
        return self._locks.setdefault((bot_id, chat_id), asyncio.Lock())


paces = Paces()
