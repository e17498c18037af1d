"""`manage.py rebuild_schedules`: arm everything again from the rows, after losing Temporal's data."""

import asyncio
from typing import Any

from django.core.management import BaseCommand, CommandError

from bots.temporal import connect
from reminders import drift

CONNECT_SECONDS = 10.0


class Command(BaseCommand):
    """Start or nudge every workflow the rows know of."""

    help = (
        "Arm every reminder, update and message again from the rows. Doing it twice does no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = asyncio.run(self._rebuild())
        except TimeoutError:
            raise CommandError(
                "Temporal gives no answer: start `manage.py runbot`, or look at TEMPORAL_ADDRESS."
            ) from None
        for name, count in counts.items():
            self.stdout.write(f"{count:>6}  {name}")

    async def _rebuild(self) -> dict[str, int]:
        async with asyncio.timeout(CONNECT_SECONDS):
            client = await connect()
        return await drift.rebuild(client)
