"""`manage.py restore DIR`: put a backup in place; the next start arms every reminder again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from config.backups import BackupError, restore


class Command(BaseCommand):
    """Restore from a directory that `backup` made."""

    help = "Put a backup in the place of the database and the secrets; the bot must be stopped."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--force", action="store_true", help="replace what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["directory"].absolute(), force=options["force"])
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"Restored what was there at {manifest['made_at']}. The next `manage.py runbot` arms "
            "every reminder again; what fell due since the backup is sent then, and says how late."
        )
