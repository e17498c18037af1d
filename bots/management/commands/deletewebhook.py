"""`manage.py deletewebhook`: take the webhook of every configured bot away."""

import asyncio
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from bots.errors import CallError
from bots.registration import unregister
from bots.telegram import bot_id_of, lines


class Command(BaseCommand):
    """Unregister each bot once."""

    help = "Tell Telegram to keep updates for polling; nothing that waits is dropped."

    def handle(self, *args: Any, **options: Any) -> None:
        asyncio.run(self._unregister_each())

    async def _unregister_each(self) -> None:
        try:
            for token in settings.TELEGRAM_BOT_TOKENS:
                await unregister(lines.open(token))
                self.stdout.write(f"Bot {bot_id_of(token)}: updates wait to be polled")
        except CallError as error:
            raise CommandError(f"Telegram did not take it: {error.failure.text}") from None
        finally:
            await lines.stop()
