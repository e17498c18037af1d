"""`manage.py doctor` answers why it does not work."""

import asyncio
import sys
from typing import Any

from django.core.management.base import BaseCommand

from bots.diagnosis import Finding
from config.doctor import examine


class Command(BaseCommand):
    """Prints what is fine and what is not, with a hint for each; changes nothing."""

    help = "Look at settings, disk, database, Temporal and Telegram, and say what is wrong."
    # A wrong setting is one of the findings.
    requires_system_checks: list[str] = []  # noqa: RUF012 - the base class has it so

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings; exit code 1 when something is wrong."""
        if not asyncio.run(self._examine()):
            sys.exit(1)

    async def _examine(self) -> bool:
        fine = True
        async for finding in examine():
            self._print(finding)
            fine = fine and finding.fine
        return fine

    def _print(self, finding: Finding) -> None:
        style = self.style.SUCCESS if finding.fine else self.style.ERROR
        word = "ok" if finding.fine else "failed"
        self.stdout.write(f"{style(f'{word:<8}')}{finding.subject:<24}{finding.seen}")
        if not finding.fine and finding.hint:
            self.stdout.write(f"{'':<8}{'':<24}-> {finding.hint}")
