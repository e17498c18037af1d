"""The wiring: which parts make up a running bot, in the order in which they start."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from django.conf import settings
from django.db.models import F

from bots import onecluster, webhook
from bots.database import in_database
from bots.departures import departures
from bots.devserver import EmbeddedTemporal
from bots.heartbeat import beat
from bots.link import link
from bots.polling import Poller
from bots.registration import Registration
from bots.sandbox import delivery, waiting
from bots.telegram import bot_id_of, lines
from bots.temporal import DRAIN, build_worker, connect
from config import deadman, health
from config.asgi import application
from config.loopwatch import watch_loop
from config.supervisor import Supervisor
from config.webserver import WebServer
from conversations import activities as conversation_activities
from conversations import menu, sending
from conversations.dispatch import Dispatcher
from conversations.ghosts import Ghosts
from conversations.models import Chat
from conversations.upkeep import keep_scheduled, prune
from conversations.upkeep_workflow import UpkeepWorkflow
from conversations.workflows import ConversationWorkflow
from reminders import activities as reminder_activities
from reminders.broadcast_workflow import BroadcastWorkflow
from reminders.reconcile import Reconciler
from reminders.when.languages import CODES
from reminders.when.parse import warm
from reminders.workflows import ReminderWorkflow

logger = logging.getLogger(__name__)

WORKFLOWS = [ConversationWorkflow, ReminderWorkflow, BroadcastWorkflow, UpkeepWorkflow]
ACTIVITIES: list[Any] = [
    *conversation_activities.ACTIVITIES,
    *reminder_activities.ACTIVITIES,
    prune,
]
PASSED_THROUGH = (
    "bots.envelope",
    "conversations.contracts",
    "reminders.contracts",
    "reminders.broadcast_contracts",
)
ROLES = ("web", "worker", "poller")
# Making a language ready holds up what runs beside it: what is due after a restart comes first.
WARM_PAUSE = 3.0  # seconds before each language that nobody has spoken lately
SPEAKERS = 50  # the chats whose languages are made ready at once


def owner() -> str:
    """Return the name under which this process holds leases."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _warm_spoken() -> None:
    """Make ready what is spoken now: in an answer it would be done while SQLite's one lock is held."""
    latest = Chat.objects.order_by(F("last_message_at").desc(nulls_last=True))
    warm(latest.values_list("language", flat=True)[:SPEAKERS])


async def _warm_the_others() -> None:
    for code in CODES:
        await asyncio.sleep(WARM_PAUSE)
        await asyncio.to_thread(warm, [code])


class Runtime:
    """A running bot: its parts under one supervisor, with what they share."""

    def __init__(self, roles: tuple[str, ...] = ROLES) -> None:
        self.roles = roles
        self.supervisor = Supervisor()
        self._dispatcher: Dispatcher | None = None

    async def run(self) -> int:
        """Run until a signal or a part beyond help; return the exit code."""
        self._add_parts()
        webhook.on_stored.append(self._wake)
        health.watch(self.supervisor)
        return await self.supervisor.run()

    def _add_parts(self) -> None:
        """Order: what others lean on first. The sandbox is Telegram itself, so it outlives the bot."""
        add = self.supervisor.add
        web = "web" in self.roles
        if not settings.TEMPORAL_ADDRESS and "worker" in self.roles:
            add("temporal", lambda: EmbeddedTemporal(settings.TEMPORAL_DATABASE))
        add("loop", watch_loop)
        if web and settings.SANDBOX:
            add("web", lambda: WebServer(application))
            add("sandbox", self._sandbox)
        add("lines", self._lines)
        if "worker" in self.roles:
            add("worker", self._worker)
        elif web:
            add("link", self._link)
        self._add_intake()
        if web and not settings.SANDBOX:
            add("web", lambda: WebServer(application))
        self._add_webhooks()
        if settings.HEARTBEAT_URL and "worker" in self.roles:
            add("monitor", lambda: deadman.report_health(settings.HEARTBEAT_URL))

    def _add_intake(self) -> None:
        if "poller" in self.roles and settings.TELEGRAM_MODE == "polling":
            for token in settings.TELEGRAM_BOT_TOKENS:
                poller = Poller(token, owner(), self._wake)
                self.supervisor.add(f"poller {bot_id_of(token)}", poller.run)

    def _add_webhooks(self) -> None:
        """Last of all: Telegram delivers at once."""
        if "web" in self.roles and settings.TELEGRAM_MODE == "webhook":
            for token in settings.TELEGRAM_BOT_TOKENS:
                self.supervisor.add(f"webhook {bot_id_of(token)}", Registration(token).run)

    def _wake(self) -> None:
        if self._dispatcher is not None:
            self._dispatcher.wake()

    @asynccontextmanager
    async def _sandbox(self) -> AsyncIterator[None]:
        """Let the sandbox's long polls wait, and end them before the web server stops."""
        waiting.accept_again()
        await delivery.deliver_webhooks()
        try:
            yield
        finally:
            waiting.release_all()
            await delivery.stop_delivering()

    @asynccontextmanager
    async def _lines(self) -> AsyncIterator[None]:
        """Keep every bot's connections to Telegram open for the sends."""
        departures.open()
        for token in settings.TELEGRAM_BOT_TOKENS:
            lines.open(token)
        try:
            yield
        finally:
            await lines.stop()

    @asynccontextmanager
    async def _link(self) -> AsyncIterator[None]:
        """Only nudge: for a process that answers the web and runs no worker."""
        link.open(await connect(lazy=True))
        try:
            yield
        finally:
            await link.close()

    async def _worker(self) -> None:
        """Connect, then run the worker with what feeds it; an absent cluster is waited for."""
        client, _ = await asyncio.gather(connect(), in_database(_warm_spoken))
        cluster = await onecluster.identify(client)
        await onecluster.wait_for_turn(cluster)
        link.open(client)
        self._dispatcher = Dispatcher(client)
        worker = build_worker(client, WORKFLOWS, ACTIVITIES, passed_through=PASSED_THROUGH)
        health.note_worker(worker)
        try:
            async with worker:
                try:
                    async with asyncio.TaskGroup() as feeders:
                        feeders.create_task(self._dispatcher.run(), name="dispatcher")
                        feeders.create_task(Reconciler(client).run(), name="reconciler")
                        feeders.create_task(beat(client, owner()), name="heartbeat")
                        feeders.create_task(Ghosts().run(), name="late copies")
                        feeders.create_task(keep_scheduled(client), name="upkeep")
                        feeders.create_task(onecluster.keep(cluster), name="one cluster")
                        feeders.create_task(menu.publish(), name="menu")
                        feeders.create_task(_warm_the_others(), name="languages")
                finally:
                    # Side by side: a send that outlived its activity has no other to wait for it.
                    await asyncio.gather(worker.shutdown(), sending.finish(DRAIN))
        finally:
            health.note_worker(None)
            self._dispatcher = None
            await link.close()
            await asyncio.shield(in_database(onecluster.give_back, cluster))
