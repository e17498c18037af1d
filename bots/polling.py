"""Polling: PTB's updater feeding the inbox, under a lease, watched and rebuilt when it goes deaf."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, Updater

from bots.database import AWAY, in_database
from bots.inbox import Inbox
from bots.locks import FileLock, note
from bots.models import Bot
from bots.telegram import Line, bot_id_of

logger = logging.getLogger(__name__)

LONG_POLL = 10  # seconds Telegram may hold getUpdates open
LEASE = 15.0  # seconds a poller may be silent before another process takes over
RENEWAL = 4.0  # seconds between renewals of the lease
DEAF_AFTER = 60.0  # seconds without an answered getUpdates: rebuild (a long poll can hang for good)


class Poller:
    """The poller of one bot: waits for the lease, polls, and is rebuilt when it goes deaf."""

    def __init__(self, token: str, owner: str, on_stored: Callable[[], None]) -> None:
        self._token = token
        self._bot_id = bot_id_of(token)
        self._owner = owner
        self._on_stored = on_stored
        self._error, self._error_at = "", 0.0
        self._renewed = 0.0
        self._lock: FileLock | None = None

    async def run(self) -> None:
        """Poll until cancelled; every trouble ends in another try, said once in the log."""
        bot, away = Bot(pk=self._bot_id), False
        try:
            while True:
                try:
                    await self._poll_in_turn(bot)
                    away = False
                except AWAY as error:
                    if not away:
                        logger.warning("no polling without the database: %s", type(error).__name__)
                    away = True
                await asyncio.sleep(RENEWAL / 2)
        finally:
            if self._lock is not None:
                self._lock.release()
                self._lock = None
            with suppress(*AWAY):  # then it ends by itself
                await asyncio.shield(in_database(bot.drop_lease, self._owner))

    async def _poll_in_turn(self, bot: Bot) -> None:
        await in_database(Bot.objects.get_or_create, pk=self._bot_id)
        if self._lock is None:
            self._lock = await in_database(self._succeed, bot)
        if await in_database(bot.take_lease, self._owner, LEASE):
            await self._poll_while_leased(bot)

    def _succeed(self, bot: Bot) -> FileLock | None:
        """Take the lock of this data directory; who held it before is dead, and so is its lease.

        Without it, after a SIGKILL nobody would poll until the lease has run out.
        """
        path = Path(settings.DATA_DIR) / f"poller-{self._bot_id}.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock.take(path)
        if lock is not None:
            if before := note(path).get("owner"):
                bot.drop_lease(str(before))
            lock.write({"owner": self._owner})
        return lock

    async def _poll_while_leased(self, bot: Bot) -> None:
        # A line of its own: PTB closes it with the application, and sends must go on meanwhile.
        line = Line(self._token)
        updater = Updater(line, update_queue=Inbox(self._bot_id, self._on_stored))
        application = Application.builder().updater(updater).job_queue(None).build()
        try:
            await application.initialize()
            await application.start()
            await updater.start_polling(timeout=LONG_POLL, error_callback=self._note_error)
            logger.info("polling", extra={"bot": self._bot_id})
            await in_database(self._save_identity, line.username, line.first_name)
            await self._watch(bot, line)
        except TelegramError as error:
            self._note_error(error)
            await in_database(self._save_state, None)
        finally:
            await self._close(application, updater)

    async def _watch(self, bot: Bot, line: Line) -> None:
        """Return when the lease is lost or the poller has gone deaf; raises the token's refusal."""
        while await self._holds_lease(bot):
            if line.rejection is not None:
                raise line.rejection
            age = time.monotonic() - line.last_poll
            if line.last_poll > self._error_at:
                self._error = ""
            with suppress(*AWAY):
                await in_database(self._save_state, age)
            if age > DEAF_AFTER:
                logger.warning(
                    "poller is deaf, rebuilding", extra={"bot": self._bot_id, "age": age}
                )
                return
            await asyncio.sleep(RENEWAL)
        logger.warning("another process polls this bot", extra={"bot": self._bot_id})

    async def _holds_lease(self, bot: Bot) -> bool:
        """Renew the lease. Without the database nobody else can take it: it is held until it has run out."""
        try:
            holds = await in_database(bot.take_lease, self._owner, LEASE)
        except AWAY:
            if time.monotonic() - self._renewed > LEASE:
                raise
            return True
        self._renewed = time.monotonic()
        return holds

    async def _close(
        self, application: "Application[Any, Any, Any, Any, Any, Any]", updater: Updater
    ) -> None:
        """Stop in PTB's order; what was fetched is stored already, so a failure here loses nothing."""
        with suppress(TelegramError, RuntimeError):
            if updater.running:
                await updater.stop()
        with suppress(TelegramError, RuntimeError):
            if application.running:
                await application.stop()
        await application.shutdown()

    def _note_error(self, error: TelegramError) -> None:
        if isinstance(error, Conflict):
            text = "another program polls Telegram with this token: stop it, or give it its own bot"
        elif isinstance(error, InvalidToken):
            text = "Telegram does not accept the token: get a new one from @BotFather, set TELEGRAM_BOT_TOKEN"
        else:
            text = f"{type(error).__name__}: {error}"
        if text[:200] != self._error:
            logger.warning("polling trouble: %s", text, extra={"bot": self._bot_id})
        self._error, self._error_at = text[:200], time.monotonic()

    def _save_identity(self, username: str, name: str) -> None:
        Bot.objects.filter(pk=self._bot_id).update(username=username, name=name)

    def _save_state(self, age: float | None) -> None:
        fields: dict[str, Any] = {"poll_error": self._error}
        if age is not None:
            fields["last_polled_at"] = timezone.now() - timedelta(seconds=age)
        Bot.objects.filter(pk=self._bot_id).update(**fields)
