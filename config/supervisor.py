"""Runs the parts of the process: started in order, restarted when dead, stopped in reverse."""

import asyncio
import inspect
import logging
import os
import signal
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured

logger = logging.getLogger(__name__)

SIGNALS = (signal.SIGTERM, signal.SIGINT)
# Everything is stopped within this; the last part, which the others lean on, keeps its own share.
STOP_SECONDS = 9.5
LAST_PART_SECONDS = 2.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
# A part that lived this long starts again with the shortest pause.
STEADY_SECONDS = 60.0
# More deaths than this within the window, and a fresh process is the better cure.
MOST_DEATHS, DEATHS_WINDOW = 8, 300.0

Run = Callable[[], Awaitable[Any] | AbstractAsyncContextManager[Any]]


class PartEndedError(Exception):
    """A part that should run for ever came to its end."""


@dataclass
class Part:
    """One part: a coroutine that runs for ever, or a context that may have a `wait` which does."""

    name: str
    run: Run
    state: str = "waiting"
    restarts: int = 0
    error: str = ""
    stopping: bool = False
    started: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None
    deaths: deque[float] = field(default_factory=deque)

    async def live(self) -> None:
        """Start, then last until it dies, which it says by raising, or is cancelled."""
        made = self.run()
        if isinstance(made, AbstractAsyncContextManager):
            async with made as entered:
                self._is_up()
                wait = getattr(entered, "wait", None)
                await (wait() if inspect.iscoroutinefunction(wait) else asyncio.Event().wait())
        else:
            self._is_up()
            await made
        if not self.stopping:
            raise PartEndedError(f"{self.name} ended by itself")

    def _is_up(self) -> None:
        self.state = "running"
        self.started.set()

    def died(self, error: Exception) -> bool:
        """Note a death; says whether there were too many."""
        now = time.monotonic()
        self.state, self.error = "restarting", type(error).__name__
        self.restarts += 1
        self.deaths.append(now)
        while self.deaths and self.deaths[0] < now - DEATHS_WINDOW:
            self.deaths.popleft()
        return len(self.deaths) > MOST_DEATHS


class Supervisor:
    """Owns the parts and the signals of the process."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.stop = asyncio.Event()
        self._failed = False
        self._signals = 0

    def add(self, name: str, run: Run) -> Part:
        """Add a part; it is started after those before it and stopped before them."""
        part = Part(name, run)
        self.parts.append(part)
        return part

    async def run(self) -> int:
        """Run until a signal, `stop` or a part beyond help; returns the exit code."""
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, self._on_signal, number)
        late = False
        try:
            await self._start()
            await self.stop.wait()
        finally:
            late = await self._stop()
            for number in SIGNALS:
                loop.remove_signal_handler(number)
        return 1 if self._failed or late else 0

    async def _start(self) -> None:
        for part in self.parts:
            part.task = asyncio.create_task(self._keep(part), name=part.name)
            if not await self._until_started(part):
                return

    async def _until_started(self, part: Part) -> bool:
        waits = [asyncio.ensure_future(event.wait()) for event in (part.started, self.stop)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return not self.stop.is_set()

    async def _keep(self, part: Part) -> None:
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            try:
                await part.live()
            except Exception as error:
                if part.stopping:
                    raise
                if self._is_beyond_help(part, error):
                    return
            if part.stopping:
                return
            if time.monotonic() - began > STEADY_SECONDS:
                pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _is_beyond_help(self, part: Part, error: Exception) -> bool:
        """Note a death; where another try is of no use the whole process stops."""
        about = {"part": part.name}
        if isinstance(error, ImproperlyConfigured):  # no second try mends a setting
            logger.critical("part_cannot_start: %s", error, extra=about)
        else:
            logger.error("part_died", exc_info=error, extra=about)
            if not part.died(error):
                return False
            logger.critical("part_keeps_dying: the process ends", extra=about)
        part.state = "dead"
        self._failed = True
        self.stop.set()
        return True

    async def _stop(self) -> bool:
        """Stop in reverse order; says whether something did not stop in time."""
        deadline = time.monotonic() + STOP_SECONDS
        late = False
        for part in reversed(self.parts):
            if part.task is None:
                continue
            reserve = 0.0 if part is self.parts[0] else LAST_PART_SECONDS
            part.stopping = True
            part.task.cancel()
            done, _ = await asyncio.wait(
                [part.task], timeout=max(0.0, deadline - reserve - time.monotonic())
            )
            late = self._note_end(part, in_time=bool(done)) or late
        return late

    @staticmethod
    def _note_end(part: Part, *, in_time: bool) -> bool:
        part.state = "dead" if part.state == "dead" else "stopped"
        if not in_time:
            logger.error("part_stopped_late", extra={"part": part.name})
            return True
        if part.task and not part.task.cancelled() and part.task.exception():
            logger.error("part_stop_failed", exc_info=part.task.exception())
        return False

    def _on_signal(self, number: int) -> None:
        self._signals += 1
        if self._signals > 1:
            logger.warning("second_signal: ending at once")
            logging.shutdown()
            os._exit(128 + number)
        logger.info("stopping: one more signal ends it at once")
        self.stop.set()
