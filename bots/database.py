"""The one bridge from the event loop to Django's ORM."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections

P = ParamSpec("P")
R = TypeVar("R")

# What says that the database is away, or has no room: it comes back, and nobody needs to die of it.
AWAY = (OperationalError, InterfaceError)

# SQLite's busy wait is unfair: few writers keep its tail short (measured: 8 to 10 threads).
_threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="database")


async def in_database(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run ORM code in a thread of its own, on a connection that is still alive.

    Django's own async calls share one thread, where a slow query delays every other one.
    """

    def work() -> R:
        close_old_connections()
        try:
            return function(*args, **kwargs)
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(_threads, work)
