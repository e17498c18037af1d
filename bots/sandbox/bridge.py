"""The one way from the event loop to the database: a single thread with a single connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models, transaction

P = ParamSpec("P")
T = TypeVar("T")

# One thread, so that calls are handled in the order they came and SQLite never waits for itself.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-db")


async def run(job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the job in one transaction of the database thread and return what it returns."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_thread, lambda: _in_transaction(job, *args, **kwargs))


def _in_transaction(job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    connection.close_if_unusable_or_obsolete()
    with transaction.atomic():
        return job(*args, **kwargs)


async def close() -> None:
    """Close the thread's database connection; it opens again by itself when needed."""
    await asyncio.get_running_loop().run_in_executor(_thread, connection.close)


def count_up(row: models.Model, field: str) -> int:
    """Raise a counter of the row by one, safely between processes, and return the new value."""
    table = row._meta.db_table  # noqa: SLF001 - Django's documented way to a table's name
    statement = f'UPDATE "{table}" SET {field} = {field} + 1 WHERE id = %s RETURNING {field}'  # noqa: S608 - names from code
    with connection.cursor() as cursor:
        cursor.execute(statement, [row.pk])
        found: Any = cursor.fetchone()
    value = int(found[0])
    setattr(row, field, value)
    return value
