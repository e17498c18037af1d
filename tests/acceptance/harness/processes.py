"""A process of the system under test: started, killed, frozen, measured, its log kept."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from tests.machine import within

ROOT = Path(__file__).resolve().parents[3]


class Process:
    """One child process with its log in a file."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], log: Path) -> None:
        self.log_path = log
        self.began = time.time()
        with log.open("ab") as output:
            self._child = subprocess.Popen(
                command, env=dict(env), cwd=ROOT, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def alive(self) -> bool:
        return self._child.poll() is None

    def log(self) -> str:
        """Return everything it has said so far."""
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def signal(self, number: int) -> None:
        """Send a signal; a process that has ended gets none."""
        if self.alive:
            self._child.send_signal(number)

    def kill(self) -> None:
        """SIGKILL it and wait until it is gone."""
        self.signal(signal.SIGKILL)
        self._child.wait()

    def wait(self, seconds: float) -> int:
        """Return its exit code; fails when it still runs after so many seconds."""
        try:
            return self._child.wait(within(seconds))
        except subprocess.TimeoutExpired:
            raise AssertionError(
                f"still running after {seconds:g} s:\n{self.log()[-2000:]}"
            ) from None

    def memory(self) -> int:
        """Return its resident memory in bytes."""
        return int(psutil.Process(self.pid).memory_info().rss)

    def open_files(self) -> int:
        """Return how many file descriptors it has."""
        return int(psutil.Process(self.pid).num_fds())


def clean_environment(**wanted: str) -> dict[str, str]:
    """Return the environment for a process: the developer's own settings never reach it."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ
    }
    # `.env` gives way to what is set, even to nothing.
    emptied = dict.fromkeys(
        ("TEMPORAL_ADDRESS", "TEMPORAL_PAYLOAD_KEYS", "PUBLIC_URL", "ALLOWED_USERS"), ""
    )
    return {**kept, **emptied, "PYTHONUNBUFFERED": "1", **wanted}
