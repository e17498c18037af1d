"""The one way from the event loop to the database: a single thread with a single connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

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
    await asyncio.get_running_loop().run_in_executor(_thread, _close)


def _close() -> None:
    connection.close()
