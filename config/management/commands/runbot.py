"""`manage.py runbot`: the bot, its worker and its pages in one process."""

import asyncio
import gc
import logging
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connections

from config import logs
from config.accounts import ensure_admin
from config.runtime import ROLES, Runtime


class Command(BaseCommand):
    """Run the bot until SIGTERM or SIGINT; a second signal ends it at once."""

    help = "Run the Telegram poller (or webhook), the Temporal worker and the web pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only", action="append", choices=ROLES, help="run only this (repeatable)"
        )
        parser.add_argument("--no-migrate", action="store_true", help="leave the database as it is")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_migrate"]:
            call_command("migrate", verbosity=0, interactive=False)
        logs.log_uncaught()
        logs.check_redaction(settings.LOG_SECRETS)
        roles = tuple(options["only"] or ROLES)
        self._say_what_runs(roles, ensure_admin())
        connections.close_all()
        # A page that is being made must not hold up what is due for 5 ms at each step.
        sys.setswitchinterval(0.001)
        # What is imported stays: a look for garbage among its 280,000 objects holds everything up.
        gc.freeze()
        code = asyncio.run(Runtime(roles).run())
        # The SDK's threads can crash the interpreter's own end (sdk-python issue 300): leave without it.
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)

    def _say_what_runs(self, roles: tuple[str, ...], password: str | None) -> None:
        web = settings.PUBLIC_URL or f"http://{settings.WEB_BIND}"
        lines = []
        if "web" in roles:
            lines.append(f"Admin:    {web}/admin/")
            if settings.SANDBOX:
                lines.insert(
                    0, f"Talk to the bot: {web}/sandbox/   (no TELEGRAM_BOT_TOKEN: sandbox)"
                )
        if password:
            lines.append(f"Sign in:  admin / {password}   (shown once)")
        temporal = settings.TEMPORAL_ADDRESS or f"embedded, {settings.TEMPORAL_DATABASE}"
        lines += [f"Temporal: {temporal}", "Stop:     Ctrl-C"]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()
