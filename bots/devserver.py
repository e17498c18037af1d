"""Temporal without a cluster: a server of our own on loopback, kept in one file and kept alive."""

import asyncio
import contextlib
import logging
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from temporalio.service import RPCError

from bots.client import connect_once
from bots.damage import is_damaged, set_aside
from bots.locks import FileLock
from bots.serverprocess import LOOK_SECONDS, ServerProcess, StartError, binary

logger = logging.getLogger(__name__)

# A start takes a quarter of a second, with 10,000 waiting workflows too; a busy machine is slower.
START_SECONDS = 30.0
# A server found silent this long is ended; one that answered us before may only be busy.
HUNG_WHEN_FOUND_SECONDS = 10.0
HUNG_SECONDS = 30.0
WATCH_SECONDS = 0.25
PROBE_SECONDS = 5.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0


class EmbeddedTemporal:
    """Runs, adopts or shares the one server of a database file, and restarts it when it dies.

    The server holds one lock, the process that looks after it another. Whoever finds only the
    first taken adopts the server; whoever finds both taken uses it, and takes over when its owner
    is gone.
    """

    def __init__(self, database: Path) -> None:
        self.server = ServerProcess(database)
        self.restarts = 0
        self._owner_path = database.with_name(database.name + ".owner")
        self._owner: FileLock | None = None
        self._watch: asyncio.Task[None] | None = None
        self._answered = time.monotonic()

    @property
    def address(self) -> str:
        """The address of the server, `host:port`."""
        return self.server.address

    @property
    def ui_url(self) -> str:
        """The address of the server's own pages."""
        return self.server.ui_url

    @property
    def is_owner(self) -> bool:
        """Whether this process looks after the server, and stops it."""
        return self._owner is not None

    async def __aenter__(self) -> Self:
        binary()
        self.server.database.parent.mkdir(parents=True, exist_ok=True)
        try:
            await self._make_ready()
        except BaseException:
            await self._let_go()
            raise
        self._watch = asyncio.create_task(self._keep_alive(), name="embedded-temporal")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.wait([self._watch])
        await self._let_go()

    async def _make_ready(self) -> None:
        if not self._own():
            await self._use_anothers()
        elif self.server.runs():
            await self._adopt()
        else:
            await self._start()

    def _own(self) -> bool:
        if self._owner is None:
            self._owner = FileLock.take(self._owner_path)
        return self.is_owner

    async def _use_anothers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not await self._answers():
            if time.monotonic() > deadline:
                raise StartError(
                    "Another process runs Temporal on this file, and it gives no answer."
                )
            await asyncio.sleep(LOOK_SECONDS)
        logger.info("temporal_shared", extra={"address": self.address})

    async def _adopt(self) -> None:
        if await self._ready_within(HUNG_WHEN_FOUND_SECONDS):
            logger.info("temporal_adopted", extra={"address": self.address, "pid": self.server.pid})
            return
        logger.warning("temporal_hung: it was found running and gives no answer, so it is ended")
        await self.server.end()
        await self._start()

    async def _start(self) -> None:
        try:
            await self._start_once()
        except StartError:
            if not await asyncio.to_thread(is_damaged, self.server.database):
                raise
            kept = set_aside(self.server.database)
            logger.exception(
                "temporal_file_damaged: it is set aside, the rows arm every reminder again",
                extra={"kept": str(kept)},
            )
            await self._start_once()

    async def _start_once(self) -> None:
        self.server.start()
        if not await self._ready_within(START_SECONDS):
            await self.server.end()
            raise StartError(f"Temporal did not start: {self.server.last_words()}")
        logger.info("temporal_started", extra={"address": self.address, "pid": self.server.pid})

    async def _ready_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self.server.runs() and time.monotonic() < deadline:
            if await self._answers():
                return True
            await asyncio.sleep(LOOK_SECONDS)
        return False

    async def _answers(self) -> bool:
        try:
            await connect_once(self.address)
        except (RuntimeError, RPCError, TimeoutError):
            return False
        self._answered = time.monotonic()
        return True

    async def _keep_alive(self) -> None:
        pause = FIRST_PAUSE
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await self._look()
            except (StartError, OSError) as error:
                logger.error("temporal_restart_failed: %s", error)  # noqa: TRY400 - the line says it all
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                pause = FIRST_PAUSE

    async def _look(self) -> None:
        if not self._own():
            return
        if not self.server.runs():
            await self._restart("temporal_died")
        elif time.monotonic() - self._answered > PROBE_SECONDS and not await self._answers():
            if time.monotonic() - self._answered > HUNG_SECONDS:
                await self.server.end()
                await self._restart("temporal_hung")
        else:
            self.server.trim_log()

    async def _restart(self, event: str) -> None:
        self.restarts += 1
        logger.warning(event, extra={"restarts": self.restarts})
        await self._start()

    async def _let_go(self) -> None:
        if self._owner is None:
            return
        if self.server.runs() and not await self.server.end():
            logger.warning("temporal_left_running", extra={"pid": self.server.pid})
        with contextlib.suppress(OSError):
            self._owner.release()
        self._owner = None
