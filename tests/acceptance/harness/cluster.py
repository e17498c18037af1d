"""A Temporal server that no bot owns, as one that runs on another machine."""

import sys
from pathlib import Path

from tests.acceptance.harness.processes import Process, clean_environment
from tests.acceptance.harness.runbot import free_port

SERVER = """
import sys
import django
django.setup()
from pathlib import Path
from bots.serverprocess import ServerProcess
import os
command = ServerProcess(Path(sys.argv[1]))._command(int(sys.argv[2]), int(sys.argv[3]))
os.execv(command[0], command)
"""


class Cluster:
    """A Temporal server the bot does not own."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._ports = [free_port(), free_port()]
        self._process: Process | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._ports[0]}"

    def start(self) -> None:
        env = clean_environment(
            DATA_DIR=str(self._directory),
            TELEGRAM_BOT_TOKEN="",
            DJANGO_SETTINGS_MODULE="config.settings",
        )
        file = str(self._directory / "cluster.db")
        command = [sys.executable, "-c", SERVER, file, *map(str, self._ports)]
        self._process = Process(command, env, self._directory / "cluster.log")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
