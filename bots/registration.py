"""Webhook mode: tell Telegram where to deliver, and see to it that it goes on doing so."""

import asyncio
import logging
from typing import Any

from django.conf import settings
from django.urls import reverse

from bots.database import in_database
from bots.errors import CallError
from bots.models import Bot
from bots.telegram import WANTED_UPDATES, Line, bot_id_of, lines

logger = logging.getLogger(__name__)

FIRST_PAUSE, LOOK_INTERVAL = 1.0, 60.0  # seconds: after a failure at first, and between looks


def address_of(bot_id: int) -> str:
    """Return where Telegram delivers this bot's updates; the token is no part of it."""
    return f"{settings.PUBLIC_URL}{reverse('webhook', args=[bot_id])}"


async def register(line: Line) -> str:
    """Set the webhook with its secret and the kinds of update we want; returns its address.

    Nothing that waits at Telegram is dropped (https://core.telegram.org/bots/api#setwebhook).
    """
    address = address_of(bot_id_of(line.token))
    wanted = {
        "url": address,
        "secret_token": settings.TELEGRAM_WEBHOOK_SECRET,
        "allowed_updates": list(WANTED_UPDATES),
    }
    await line.call("setWebhook", wanted)
    return address


async def unregister(line: Line) -> None:
    """Take the webhook away; what waits at Telegram stays for the next poll."""
    await line.call("deleteWebhook", {"drop_pending_updates": False})


class Registration:
    """Keeps one bot's webhook as it should be. A stop takes nothing away: Telegram keeps what comes."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._bot_id = bot_id_of(token)
        self._registered = False
        self._said = ""

    async def run(self) -> None:
        """Register, look now and then, and register again where somebody took it away."""
        line = lines.open(self._token)
        await in_database(Bot.objects.get_or_create, pk=self._bot_id)
        pause = FIRST_PAUSE
        while True:
            try:
                await self._look(line)
                pause = LOOK_INTERVAL
            except CallError as error:
                await self._say(error.failure.text)
                pause = min(pause * 2, LOOK_INTERVAL)
            await asyncio.sleep(pause)

    async def _look(self, line: Line) -> None:
        info = await line.call("getWebhookInfo", {})
        # The first time always: the secret may be a new one, and Telegram does not show it.
        if not self._registered or info.get("url") != address_of(self._bot_id):
            address = await register(line)
            self._registered = True
            logger.info("webhook set: %s", address, extra={"bot": self._bot_id})
            await self._save_identity(await line.call("getMe", {}))
        await self._say(info.get("last_error_message", "") if info["pending_update_count"] else "")

    async def _save_identity(self, me: dict[str, Any]) -> None:
        names = {"username": me.get("username", ""), "name": me.get("first_name", "")}
        await in_database(lambda: Bot.objects.filter(pk=self._bot_id).update(**names))

    async def _say(self, trouble: str) -> None:
        """Tell operators once what Telegram says is wrong; empty: all is well."""
        if trouble[:200] == self._said:
            return
        self._said = trouble[:200]
        if trouble:
            logger.warning("webhook trouble: %s", self._said, extra={"bot": self._bot_id})
        await in_database(self._save_trouble)

    def _save_trouble(self) -> None:
        Bot.objects.filter(pk=self._bot_id).update(poll_error=self._said)
