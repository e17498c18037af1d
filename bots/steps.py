"""Show that an activity's process lives: a killed one is noticed within seconds."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import ParamSpec, TypeVar

from temporalio import activity

from bots.database import in_database

HEARTBEAT_AFTER = 1.0  # seconds: most steps are over before the first beat
HEARTBEAT_EVERY = 1.0  # seconds: three fit into the heartbeat timeout

P = ParamSpec("P")
R = TypeVar("R")


@asynccontextmanager
async def heartbeat() -> AsyncIterator[None]:
    """Beat while the body runs."""

    async def beat() -> None:
        await asyncio.sleep(HEARTBEAT_AFTER)
        while True:
            activity.heartbeat()
            await asyncio.sleep(HEARTBEAT_EVERY)

    task = asyncio.create_task(beat(), name="heartbeat")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def step(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run an activity's database step in a thread, beating meanwhile."""
    async with heartbeat():
        return await in_database(function, *args, **kwargs)
