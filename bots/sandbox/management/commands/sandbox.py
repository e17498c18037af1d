"""Run the sandbox as a process of its own: `manage.py sandbox --port 8081`."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, connections

from bots.listening import listen
from bots.sandbox.server import run


class Command(BaseCommand):
    """Serve the Bot API and the chat page on one port."""

    help = "Run the sandbox: a Bot API server with a chat page, on its own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8081, help="0 picks a free one")

    def handle(self, *args: Any, **options: Any) -> None:
        self.relax_durability()
        call_command("migrate", verbosity=0, interactive=False)
        connections.close_all()
        listener = listen(options["host"], options["port"])
        port = listener.getsockname()[1]
        host = f"[{options['host']}]" if ":" in options["host"] else options["host"]
        self.stdout.write(f"Sandbox: http://{host}:{port}/sandbox/")
        self.stdout.flush()
        run(listener)

    def relax_durability(self) -> None:
        """Let SQLite skip the wait for the disk: a power cut may cost the last play messages."""
        if connection.vendor == "sqlite":
            pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            connection.settings_dict["OPTIONS"]["init_command"] = pragmas
