"""Synchronous code (a handler's commit, an admin page) nudges Temporal through the running loop."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from threading import Lock
from typing import Any

from temporalio.client import Client

logger = logging.getLogger(__name__)

Nudge = Callable[[Client], Coroutine[Any, Any, object]]

# A burst beyond this (ten thousand cancelled at once) is left to the sweep and fills no memory.
MOST_WAITING = 2000
# At one time: more made signalling no faster.
MOST_AT_ONCE = 20
# A call to an absent server retries for 6 to 9 s by itself; a nudge is not worth that.
NUDGE_SECONDS = 5.0


class Link:
    """Carries nudges from any thread to the loop; a lost one costs lateness, rows are the truth."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: Client | None = None
        self._slots = _slots()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0

    @property
    def client(self) -> Client | None:
        """The open client, for code on the loop; None before the start and after the stop."""
        return self._client

    def open(self, client: Client) -> None:
        """Take nudges from now on; called on the loop."""
        with self._lock:
            self._loop, self._client = asyncio.get_running_loop(), client
            self._slots = _slots()

    async def close(self, within: float = 2.0) -> None:
        """Take no more nudges and give the open ones `within` seconds to end."""
        with self._lock:
            self._loop = self._client = None
        # What other threads handed over before the lock is on the loop's list: let it become tasks.
        await asyncio.sleep(0)
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=within)
        for task in late:
            task.cancel()
        if late:
            logger.info("nudges_dropped_at_stop", extra={"count": len(late)})
            await asyncio.wait(late)

    def nudge(self, call: Nudge, *, urgent: bool = False) -> bool:
        """Run `call(client)` soon; never blocks, never raises. Says whether it was taken.

        Call it after the commit (`transaction.on_commit`), from any thread. What is urgent does not
        wait behind a burst of others.
        """
        with self._lock:
            loop, client = self._loop, self._client
            if loop is None or client is None:
                logger.debug("nudge_without_link: no running bot here, the sweep will see the row")
                return False
            if self._waiting >= MOST_WAITING:
                logger.warning("nudge_refused: too many wait, the sweep will see the row")
                return False
            self._waiting += 1
            try:
                loop.call_soon_threadsafe(self._start, call, client, urgent)
            except RuntimeError:  # the loop was closed without a stop
                self._waiting -= 1
                logger.debug("nudge_without_loop: the sweep will see the row")
                return False
        return True

    def _start(self, call: Nudge, client: Client, urgent: bool) -> None:  # noqa: FBT001
        task = asyncio.ensure_future(self._run(call, client, self._slots[urgent]))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        with self._lock:
            self._waiting -= 1

    async def _run(self, call: Nudge, client: Client, slots: asyncio.Semaphore) -> None:
        async with slots:
            try:
                async with asyncio.timeout(NUDGE_SECONDS):
                    await call(client)
            except Exception as error:  # noqa: BLE001 - rows are the truth, a sweep repairs
                logger.warning("nudge_failed", extra={"error": type(error).__name__})


def _slots() -> dict[bool, asyncio.Semaphore]:
    """Return the slots by urgency."""
    return {False: asyncio.Semaphore(MOST_AT_ONCE), True: asyncio.Semaphore(MOST_AT_ONCE)}


link = Link()
