"""`manage.py runbot`: the bot, its worker and its pages in one process."""

import asyncio
import logging
import os
import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, call_command

from config.runtime import ROLES, Runtime


class Command(BaseCommand):
    """Run the bot until SIGTERM or SIGINT; a second signal ends it at once."""

    help = "Run the Telegram poller (or webhook), the Temporal worker and the web pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only", action="append", choices=ROLES, help="run only this part (repeatable)"
        )
        parser.add_argument("--no-migrate", action="store_true", help="leave the database as it is")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_migrate"]:
            call_command("migrate", verbosity=0, interactive=False)
        code = asyncio.run(self._run(tuple(options["only"] or ROLES)))
        # The SDK's threads can crash the interpreter's own end (sdk-python issue 300): leave without it.
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)

    async def _run(self, roles: tuple[str, ...]) -> int:
        runtime = Runtime(roles)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop, runtime, number)
        return await runtime.run()

    def _stop(self, runtime: Runtime, number: int) -> None:
        if runtime.stop.is_set():
            os._exit(128 + number)
        runtime.stop.set()
