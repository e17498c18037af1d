"""`manage.py setwebhook`: set the webhook of every configured bot."""

import asyncio
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from bots.errors import CallError
from bots.registration import register
from bots.telegram import bot_id_of, lines


class Command(BaseCommand):
    """Register each bot once."""

    help = "Tell Telegram to deliver to PUBLIC_URL (in webhook mode `runbot` does so by itself)."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.TELEGRAM_MODE != "webhook":
            raise CommandError(
                "Webhooks need TELEGRAM_MODE=webhook, with PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET."
            )
        asyncio.run(self._register_each())

    async def _register_each(self) -> None:
        try:
            for token in settings.TELEGRAM_BOT_TOKENS:
                address = await register(lines.open(token))
                self.stdout.write(f"Bot {bot_id_of(token)}: updates go to {address}")
        except CallError as error:
            raise CommandError(f"Telegram did not take it: {error.failure.text}") from None
        finally:
            await lines.stop()
