"""The bot's database as a test sees it: rows by plain SQL, on SQLite and PostgreSQL alike."""

import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.acceptance.harness.postgres import Postgres
from tests.acceptance.harness.processes import ROOT, clean_environment


class Database:
    """One database for one test."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._file = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else None

    @property
    def is_sqlite(self) -> bool:
        return self._file is not None

    @property
    def file(self) -> Path:
        """The file of a SQLite database."""
        assert self._file is not None
        return self._file

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Return rows as dictionaries; `?` marks a value."""
        if self._file is not None:
            with closing(sqlite3.connect(self._file, timeout=20)) as connection:
                connection.row_factory = sqlite3.Row
                return [dict(row) for row in connection.execute(query, values)]
        with psycopg.connect(self.url, row_factory=dict_row) as link:
            return list(link.execute(query.replace("%", "%%").replace("?", "%s"), values))

    def value(self, query: str, *values: Any) -> Any:
        """Return the first column of the first row."""
        return next(iter(self.rows(query, *values)[0].values()))


class Databases:
    """Makes databases for tests, migrated once per kind and then copied."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._sqlite: Path | None = None
        self._postgres: Postgres | None = None
        self._template = ""

    @property
    def postgres(self) -> Postgres:
        """The PostgreSQL server, started on first use."""
        if self._postgres is None:
            self._postgres = Postgres()
        return self._postgres

    def create(self, kind: str, directory: Path) -> Database:
        """Return a migrated database of a kind: sqlite or postgresql."""
        return self._copy_sqlite(directory) if kind == "sqlite" else self._copy_postgres()

    def drop(self, database: Database) -> None:
        """Remove a database of the server."""
        if not database.is_sqlite:
            self.postgres.drop(database.url)

    def close(self) -> None:
        """End the server."""
        if self._postgres is not None:
            self._postgres.close()

    def _copy_sqlite(self, directory: Path) -> Database:
        if self._sqlite is None:
            self._sqlite = self._directory / "template.sqlite3"
            migrate({"DATABASE_URL": f"sqlite:///{self._sqlite}", "DATA_DIR": str(self._directory)})
        target = directory / "db.sqlite3"
        with (
            closing(sqlite3.connect(self._sqlite)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
        return Database(f"sqlite:///{target}")

    def _copy_postgres(self) -> Database:
        if not self._template:
            url = self.postgres.create()
            migrate({"DATABASE_URL": url, "DATA_DIR": str(self._directory)})
            self._template = url.partition("?")[0].rpartition("/")[2]
        return Database(self.postgres.create(self._template))


def migrate(env: Mapping[str, str]) -> None:
    """Migrate a database by the product's own command."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT, env=clean_environment(DJANGO_SECRET_KEY="only for a migration" * 3, **env), check=True,
    )  # fmt: skip


def seconds(moment: Any) -> float:
    """Return a database's time as Unix seconds: SQLite gives text, PostgreSQL a datetime."""
    found = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
