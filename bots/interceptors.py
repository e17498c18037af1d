"""Activities run outside Django's request cycle: their threads drop dead connections here."""

import functools
import inspect
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor


class FreshConnections(Interceptor):
    """Gives every synchronous activity a database connection that works.

    Measured: without it, after one restart of PostgreSQL every later activity of a thread fails.
    """

    def __init__(self) -> None:
        self._used: set[BaseDatabaseWrapper] = set()

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        """Wrap what runs an activity."""
        return _FreshConnectionsInbound(next, self)

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with a look at its thread's connections before and after."""

        @functools.wraps(function)
        def run(*args: Any) -> Any:
            close_old_connections()
            try:
                return function(*args)
            finally:
                close_old_connections()
                self._used.update(connections.all(initialized_only=True))

        return run

    def close(self) -> None:
        """Close what the threads keep open; called once no activity runs any more."""
        while self._used:
            connection = self._used.pop()
            connection.inc_thread_sharing()
            connection.close()


class _FreshConnectionsInbound(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, fresh: FreshConnections) -> None:  # noqa: A002
        super().__init__(next)
        self._fresh = fresh

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        # Connections belong to threads: closing them here, on the loop's thread, would do nothing.
        if not _is_async(input.fn):
            input.fn = self._fresh.wrap(input.fn)
        return await super().execute_activity(input)


def _is_async(function: Callable[..., Any]) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(
        getattr(function, "__call__", None)  # noqa: B004
    )
