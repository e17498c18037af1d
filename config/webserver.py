"""The web server inside the process's one event loop."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import uvicorn
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bots.listening import listen

# Long enough for a page that is being made, short enough for a stop within ten seconds.
DRAIN_SECONDS = 2


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone: the supervisor owns them."""
        yield


class WebServer:
    """Serves an ASGI application on WEB_BIND while it is entered; `wait` ends when it dies."""

    def __init__(self, application: Any, bind: str = "") -> None:
        self._bind = bind or settings.WEB_BIND
        self._server = _Server(
            uvicorn.Config(
                application,
                lifespan="off",
                ws="none",
                log_config=None,
                # Addresses hold tokens and secrets of others; the reverse proxy keeps its own log.
                access_log=False,
                server_header=False,
                proxy_headers=bool(settings.PUBLIC_URL),
                timeout_graceful_shutdown=DRAIN_SECONDS,
            )
        )
        self._task: asyncio.Task[None] | None = None
        self.port = 0

    async def __aenter__(self) -> Self:
        # Bound here: the server itself would end the whole process when the port is taken.
        listening = bind(self._bind)
        self.port = listening.getsockname()[1]
        self._task = asyncio.create_task(self._server.serve([listening]), name="uvicorn")
        # The server offers no event to wait for.
        while not self._server.started and not self._task.done():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        return self

    async def wait(self) -> None:
        """Last as long as the server does."""
        if self._task is not None:
            await asyncio.shield(self._task)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        if self._task is not None:
            await asyncio.wait([self._task], timeout=DRAIN_SECONDS + 1)
            self._task.cancel()


def bind(address: str) -> socket.socket:
    """Return a listening socket for `host:port`; port 0 takes a free one."""
    host, _, port = address.rpartition(":")
    try:
        return listen(host.strip("[]"), int(port))
    except OSError as error:
        raise ImproperlyConfigured(
            f"WEB_BIND={address}: {error.strerror}. End the program that uses it, or set WEB_BIND "
            "to another host:port."
        ) from None
