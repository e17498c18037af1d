"""`manage.py runbot` as a process, with its embedded Temporal server in reach."""

import os
import signal
import socket
import sys
from pathlib import Path

import httpx

from tests.acceptance.harness.processes import Process, clean_environment
from tests.acceptance.harness.waiting import until

# Everything the bot starts by itself must be there after so many seconds, on a busy machine too.
START_SECONDS = 60.0


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class Runbot:
    """One runbot: started, killed and started again with the same settings."""

    def __init__(self, directory: Path, **env: str) -> None:
        self.directory = directory
        self.web = f"127.0.0.1:{free_port()}"
        self.env = clean_environment(DATA_DIR=str(directory), WEB_BIND=self.web, **env)
        self.arguments: list[str] = []
        self.log_path = directory / "runbot.log"
        self._process: Process | None = None

    @property
    def process(self) -> Process:
        """The process of the latest start."""
        assert self._process is not None, "it was never started"
        return self._process

    def launch(self) -> Process:
        """Start the process and do not wait."""
        command = [sys.executable, "manage.py", "runbot", *self.arguments]
        self._process = Process(command, self.env, self.log_path)
        return self._process

    def ready(self) -> int:
        """Return the status of /readyz; 0 while nothing listens."""
        try:
            return httpx.get(f"http://{self.web}/readyz", timeout=5, trust_env=False).status_code
        except httpx.TransportError:
            return 0

    def metric(self, name: str) -> float:
        """Return a figure of /metrics."""
        text = httpx.get(f"http://{self.web}/metrics", timeout=5, trust_env=False).text
        lines = (line.split() for line in text.splitlines())
        return float(next(line[1] for line in lines if line[0] == f"reminderbot_{name}"))

    def kill(self) -> None:
        """SIGKILL the bot; its Temporal server lives on."""
        self.process.kill()

    def stop(self, number: int = signal.SIGTERM, seconds: float = 15.0) -> int:
        """End it by a signal and return its exit code."""
        self.process.signal(number)
        return self.process.wait(seconds)

    @property
    def temporal_address(self) -> str:
        """`host:port` of the embedded server."""
        if configured := self.env.get("TEMPORAL_ADDRESS"):
            return configured
        from bots.serverprocess import ServerProcess

        return ServerProcess(self.directory / "temporal.db").address

    def temporal_pid(self) -> int | None:
        """The running embedded server's process id; None when none runs."""
        from bots.serverprocess import ServerProcess

        server = ServerProcess(self.directory / "temporal.db")
        return server.pid if server.runs() else None

    def kill_temporal(self) -> int:
        """SIGKILL the embedded server; returns the process id it had."""
        pid = self.temporal_pid()
        assert pid, "no embedded server runs"
        os.kill(pid, signal.SIGKILL)
        until(lambda: self.temporal_pid() != pid, 10, "the end of the killed Temporal server")
        return pid

    def close(self) -> None:
        """End everything it started."""
        if self._process is not None:
            self._process.signal(signal.SIGCONT)
            self._process.kill()
        pid = self.temporal_pid()
        if pid:
            os.kill(pid, signal.SIGKILL)
