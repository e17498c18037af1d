"""Looks at everything a running bot leans on, and says what is wrong with it."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.checks import INFO, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from temporalio.service import RPCError

from bots.client import connect_once
from bots.diagnosis import Finding, telegram
from bots.serverprocess import binary
from bots.temporal import address, explain

# Room for a day of waiting reminders and logs: Temporal needs some 20 kB for each reminder.
LEAST_FREE_BYTES = 500_000_000


async def examine() -> AsyncIterator[Finding]:
    """Give one finding after the other, the nearest things first."""
    for probe in (configuration, data_directory, database):
        for finding in await sync_to_async(lambda probe=probe: list(probe()))():
            yield finding
    yield await temporal()
    if settings.SANDBOX:
        yield Finding("Telegram", fine=True, seen="no token: runbot starts the sandbox")
        return
    for token in settings.TELEGRAM_BOT_TOKENS:
        async for finding in telegram(token):
            yield finding


def configuration() -> Iterator[Finding]:
    """Look at the settings, as every start does."""
    problems = [message for message in run_checks() if message.level > INFO]
    for message in problems:
        yield Finding("Settings", fine=False, seen=message.msg, hint=message.hint or "")
    if not problems:
        yield Finding("Settings", fine=True, seen="nothing to mend")


def data_directory() -> Iterator[Finding]:
    """Look whether files can be written, and how many."""
    directory = Path(settings.DATA_DIR)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            free = shutil.disk_usage(directory).free
    except OSError as error:
        seen, hint = f"{directory}: {error.strerror}", "Set DATA_DIR to a directory you can write."
        yield Finding("Data directory", fine=False, seen=seen, hint=hint)
        return
    yield Finding("Data directory", fine=True, seen=f"{directory} can be written")
    seen, hint = f"{free / 1e9:.1f} GB free", "Make room, or move DATA_DIR to a larger disk."
    yield Finding("Disk", fine=free >= LEAST_FREE_BYTES, seen=seen, hint=hint)


def database() -> Iterator[Finding]:
    """Look whether the database answers and has every table."""
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        seen = f"{connection.vendor} gives no answer: {str(error).splitlines()[0]}"
        yield Finding("Database", fine=False, seen=seen, hint="Look at DATABASE_URL.")
        return
    yield Finding("Database", fine=True, seen=f"{connection.vendor} answers")
    seen = f"{missing} are missing" if missing else "all applied"
    hint = "Run `manage.py migrate`, or `manage.py runbot`, which does it."
    yield Finding("Migrations", fine=not missing, seen=seen, hint=hint)


async def temporal() -> Finding:
    """Look whether the configured cluster, or our own server, answers and has the namespace."""
    host = address()
    try:
        if not host:
            return Finding("Temporal", fine=True, seen=f"{binary()} starts with runbot")
        await connect_once(host)
    except ImproperlyConfigured as error:
        return Finding("Temporal", fine=False, seen=str(error))
    except (RuntimeError, RPCError, TimeoutError) as error:
        if not settings.TEMPORAL_ADDRESS:
            return Finding("Temporal", fine=True, seen="not running now: it starts with runbot")
        hint = "Look at TEMPORAL_ADDRESS and at that server."
        return Finding("Temporal", fine=False, seen=f"{host}: {explain(error)}", hint=hint)
    seen = f"{host} answers, namespace {settings.TEMPORAL_NAMESPACE}"
    return Finding("Temporal", fine=True, seen=seen)
