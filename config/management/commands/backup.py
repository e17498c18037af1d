"""`manage.py backup DIR`: a consistent copy of the database and the secrets, while the bot runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from config.backups import BackupError, back_up


class Command(BaseCommand):
    """Back up into a new directory."""

    help = "Copy the database and the secrets into a new directory; the bot may go on running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="a new directory")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = back_up(options["directory"].absolute())
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{made}: keep it as safe as a password, the secrets are in it.")
