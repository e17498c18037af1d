"""Fill a database with plausible rows, to show the admin or to measure it."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo import Demo


class Command(BaseCommand):
    """Makes chats, messages and reminders of a bot that does not exist."""

    help = "Fill the database with plausible chats, messages and reminders of a made-up bot."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--chats", type=int, default=60)
        parser.add_argument("--messages", type=int, default=3_000)
        parser.add_argument("--reminders", type=int, default=300)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--anyway", action="store_true", help="Even where a real bot's token is set."
        )

    def handle(self, **options: Any) -> None:
        if not settings.SANDBOX and not options["anyway"]:
            raise CommandError(
                "TELEGRAM_BOT_TOKEN is set, so this may be a real bot's database. "
                "Choose another DATABASE_URL or DATA_DIR, or add --anyway."
            )
        if options["chats"] < 1:
            raise CommandError("At least one chat is needed: --chats 1")
        began = time.monotonic()
        Demo(options["seed"]).make(options["chats"], options["messages"], options["reminders"])
        self.stdout.write(
            f"Made {options['chats']} chats, {options['messages']} messages and "
            f"{options['reminders']} reminders in {time.monotonic() - began:.1f} s."
        )
