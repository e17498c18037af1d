"""The wiring: which parts make up a running bot, in the order in which they start."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from django.conf import settings
from temporalio.client import Client

from bots import webhook
from bots.devserver import EmbeddedTemporal
from bots.heartbeat import beat
from bots.link import link
from bots.polling import Poller
from bots.telegram import bot_id_of, lines
from bots.temporal import build_worker, connect
from conversations import activities as conversation_activities
from conversations.dispatch import Dispatcher
from conversations.workflows import ConversationWorkflow
from reminders import activities as reminder_activities
from reminders.reconcile import Reconciler
from reminders.workflows import ReminderWorkflow

logger = logging.getLogger(__name__)

WORKFLOWS = [ConversationWorkflow, ReminderWorkflow]
ACTIVITIES: list[Any] = [*conversation_activities.ACTIVITIES, *reminder_activities.ACTIVITIES]
PASSED_THROUGH = ("bots.envelope", "conversations.contracts", "reminders.contracts")
MOST_DEATHS = 5
ROLES = ("web", "worker", "poller")


def owner() -> str:
    """Return the name under which this process holds leases."""
    return f"{socket.gethostname()}:{os.getpid()}"


@dataclass
class Runtime:
    """A running bot: its parts start in order, are restarted when they die, and stop in reverse."""

    roles: tuple[str, ...] = ROLES
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    client: Client | None = None
    failed: str = ""

    async def run(self) -> int:
        """Run until `stop` is set; return the exit code."""
        for token in settings.TELEGRAM_BOT_TOKENS:
            lines.open(token)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(lines.stop)
            if not settings.TEMPORAL_ADDRESS:
                await stack.enter_async_context(EmbeddedTemporal(settings.TEMPORAL_DATABASE))
            if settings.SANDBOX:
                await self._start_web(stack)
            if "worker" in self.roles:
                await stack.enter_async_context(self._part("worker", self._work))
            else:
                await stack.enter_async_context(self._part("link", self._link))
            if "poller" in self.roles and settings.TELEGRAM_MODE == "polling":
                for token in settings.TELEGRAM_BOT_TOKENS:
                    poller = Poller(token, owner(), self._wake)
                    name = f"poller {bot_id_of(token)}"
                    await stack.enter_async_context(self._part(name, poller.run))
            if not settings.SANDBOX:
                await self._start_web(stack)
            await self.stop.wait()
        return 1 if self.failed else 0

    async def _start_web(self, stack: AsyncExitStack) -> None:
        if "web" in self.roles:
            webhook.on_stored.append(self._wake)
            await stack.enter_async_context(serve_web(settings.WEB_BIND))

    def _wake(self) -> None:
        if self._dispatcher is not None:
            self._dispatcher.wake()

    _dispatcher: Dispatcher | None = None

    async def _link(self) -> None:
        """Only nudge: for a process that answers the web and runs no worker."""
        link.open(await connect(self.stop, lazy=True))
        try:
            await self.stop.wait()
        finally:
            await link.close()

    async def _work(self) -> None:
        """Connect, then run the worker with what feeds it; a lost cluster is waited for."""
        client = await connect(self.stop)
        link.open(client)
        self._dispatcher = Dispatcher(client)
        worker = build_worker(client, WORKFLOWS, ACTIVITIES, passed_through=PASSED_THROUGH)
        try:
            async with worker, asyncio.TaskGroup() as feeders:
                feeders.create_task(self._dispatcher.run(), name="dispatcher")
                feeders.create_task(Reconciler(client).run(), name="reconciler")
                feeders.create_task(beat(client, owner()), name="heartbeat")
        finally:
            self._dispatcher = None
            await link.close()

    @asynccontextmanager
    async def _part(self, name: str, body: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
        task = asyncio.create_task(self._keep(name, body), name=name)
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _keep(self, name: str, body: Callable[[], Awaitable[None]]) -> None:
        """Run a part again when it dies, later each time; give up with the whole process in the end."""
        deaths: list[float] = []
        loop = asyncio.get_running_loop()
        while True:
            try:
                await body()
                return
            except Exception:
                logger.exception("a part died", extra={"part": name})
            deaths = [at for at in deaths if at > loop.time() - 300] + [loop.time()]
            if len(deaths) > MOST_DEATHS:
                self.failed = name
                self.stop.set()
                return
            await asyncio.sleep(min(2 ** (len(deaths) - 1), 30))


@asynccontextmanager
async def serve_web(bind: str) -> AsyncIterator[None]:
    host, _, port = bind.rpartition(":")
    config = uvicorn.Config(
        "config.asgi:application",
        host=host.strip("[]"),
        port=int(port),
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
        ws="none",
    )
    server = uvicorn.Server(config)
    server.capture_signals = nullcontext  # type: ignore[method-assign,assignment]
    task = asyncio.create_task(server.serve())
    try:
        while not server.started and not task.done():
            await asyncio.sleep(0.02)
        yield
    finally:
        server.should_exit = True
        await task
