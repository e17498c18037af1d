"""Copies of everything that cannot be made again: the database and the secrets. Temporal's file can."""

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from bots.locks import is_free
from bots.models import Bot

DATABASE = {"sqlite": "db.sqlite3", "postgresql": "db.dump"}
MANIFEST = "backup.json"
SECRETS = ("django_secret_key",)  # what `config.env.kept_secret` keeps in the data directory


LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


class BackupError(Exception):
    """It cannot be done; the message says what to do instead."""


def back_up(directory: Path) -> Path:
    """Write a consistent copy while the bot runs; returns the finished directory."""
    if directory.exists() and any(directory.iterdir()):
        raise BackupError(f"{directory} is not empty: name a new directory.")
    draft = directory.with_name(f"{directory.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    _copy_database(draft / DATABASE[connection.vendor])
    for name in SECRETS:
        source = settings.DATA_DIR / name
        if source.is_file():
            _write_private(draft / name, source.read_bytes())
    manifest = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "django": django.get_version(),
    }
    _write_private(draft / MANIFEST, json.dumps(manifest, indent=2).encode())
    if directory.exists():
        directory.rmdir()
    draft.rename(directory)
    return directory


def restore(directory: Path, *, force: bool = False) -> dict[str, str]:
    """Put a copy in the place of what is there; returns its manifest."""
    try:
        manifest: dict[str, str] = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BackupError(f"{directory} holds no finished backup.") from None
    if manifest["database"] != connection.vendor:
        raise BackupError(
            f"The backup is of {manifest['database']}, DATABASE_URL names {connection.vendor}: "
            "set DATABASE_URL to a database of the same kind."
        )
    _refuse_while_it_runs()
    if not force and _has_data():
        raise BackupError("The database is not empty: say --force to replace what is in it.")
    for name in SECRETS:
        _refuse_other_secret(directory / name, settings.DATA_DIR / name, force=force)
    connections.close_all()
    _put_database(directory / DATABASE[connection.vendor])
    for name in SECRETS:
        if (directory / name).is_file():
            _write_private(settings.DATA_DIR / name, (directory / name).read_bytes())
    _forget_temporal()
    return manifest


def _copy_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_sqlite_file())) as source, closing(_new_file(target)) as copy:
            source.backup(copy)
        return
    _run_postgres("pg_dump", ["--format=custom", "--no-owner", f"--file={target}"])
    target.chmod(0o600)


def _put_database(source: Path) -> None:
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(source)) as saved,
            closing(sqlite3.connect(_sqlite_file(), timeout=20)) as target,
        ):
            saved.backup(target)
        return
    _run_postgres(
        "pg_restore", ["--clean", "--if-exists", "--no-owner", "--exit-on-error", str(source)]
    )


def _sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _new_file(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return sqlite3.connect(path)


def _run_postgres(program: str, arguments: list[str]) -> None:
    """Run a program of PostgreSQL's; the password goes by the environment, where no list of processes shows it."""
    found = shutil.which(program)
    if not found:
        raise BackupError(
            f"{program} is missing: install PostgreSQL's client programs (postgresql-client), "
            "or use your database server's own backups."
        )
    given = connection.get_connection_params()  # what `?host=` and `?sslmode=` add is in it
    env = {variable: str(given[name]) for name, variable in LIBPQ.items() if given.get(name)}
    extra = ["--dbname", str(given["dbname"])] if program == "pg_restore" else []
    ran = subprocess.run(  # noqa: S603 - found on the path, our own arguments
        [found, *extra, *arguments],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise BackupError(f"{program} failed: {ran.stderr.strip()[-400:] or ran.returncode}")


def _refuse_while_it_runs() -> None:
    owner = settings.TEMPORAL_DATABASE.with_name(settings.TEMPORAL_DATABASE.name + ".owner")
    if (owner.exists() and not is_free(owner)) or _is_polled():
        raise BackupError("The bot is running on this database: stop it first.")


def _is_polled() -> bool:
    if Bot._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001
        return False
    return Bot.objects.filter(lease_until__gt=timezone.now()).exists()


def _has_data() -> bool:
    return Bot._meta.db_table in connection.introspection.table_names() and Bot.objects.exists()  # noqa: SLF001


def _refuse_other_secret(saved: Path, kept: Path, *, force: bool) -> None:
    if force or not saved.is_file() or not kept.is_file():
        return
    if saved.read_bytes() != kept.read_bytes() and _has_data():
        raise BackupError(f"{kept} is another secret than the backup's: say --force to replace it.")


def _forget_temporal() -> None:
    """Set the embedded server's file aside: it tells of another past, and the rows arm everything again."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    database: Path = settings.TEMPORAL_DATABASE
    for path in database.parent.glob(f"{database.name}*"):
        if path.name in {database.name, f"{database.name}-wal", f"{database.name}-shm"}:
            path.rename(path.with_name(f"{path.name}.before-restore-{stamp}"))


def _write_private(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
