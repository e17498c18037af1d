"""Activities run outside Django's request cycle: their threads drop dead connections here."""

import functools
import inspect
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor


class FreshConnections(Interceptor):
    """Gives every synchronous activity a database connection that works.

    Measured: without it, after one restart of PostgreSQL every later activity of a thread fails.
    """

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        """Wrap what runs an activity."""
        return _FreshConnectionsInbound(next)


class _FreshConnectionsInbound(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        # Connections belong to threads: closing them here, on the loop's thread, would do nothing.
        if not _is_async(input.fn):
            input.fn = _with_fresh_connections(input.fn)
        return await super().execute_activity(input)


def _is_async(function: Callable[..., Any]) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(
        getattr(function, "__call__", None)  # noqa: B004
    )


def _with_fresh_connections(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def run(*args: Any) -> Any:
        close_old_connections()
        try:
            return function(*args)
        finally:
            close_old_connections()

    return run
