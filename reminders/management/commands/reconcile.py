"""`manage.py reconcile`: show where rows and workflows have drifted apart, and put it right."""

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from bots.temporal import connect
from reminders import drift

CONNECT_SECONDS = 10.0


class Command(BaseCommand):
    """List the drift as a table; repair it unless told otherwise."""

    help = "Compare rows with Temporal's workflows and repair what has drifted (runbot does so by itself)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only list")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = asyncio.run(self._reconcile(dry_run=options["dry_run"]))
        except TimeoutError:
            raise CommandError(
                "Temporal gives no answer: start `manage.py runbot`, or look at TEMPORAL_ADDRESS."
            ) from None
        for kind in found:
            repair = kind.repair if kind.ids and not options["dry_run"] else ""
            shown = ", ".join(map(str, kind.ids[:10])) + (" ..." if len(kind.ids) > 10 else "")
            self.stdout.write(f"{len(kind.ids):>6}  {kind.what:<45}{repair:<26}{shown}".rstrip())

    async def _reconcile(self, *, dry_run: bool) -> list[drift.Drift]:
        async with asyncio.timeout(CONNECT_SECONDS):
            client = await connect()
        found = await drift.find(client)
        if not dry_run:
            await drift.repair(client, found)
        return found
