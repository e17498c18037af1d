"""Cut a client's connection without an answer, to show what a lost answer does to a bot."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

_open: dict[tuple[str, int], asyncio.Transport] = {}


class DroppableProtocol(H11Protocol):
    """Remember each connection, so that it can be cut from inside."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.client:
            _open[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.client:
            _open.pop(self.client, None)


def drop(client: tuple[str, int] | None) -> None:
    """Cut the client's connection at once; under another server nothing happens."""
    transport = _open.get((client[0], client[1])) if client else None
    if transport is not None:
        transport.abort()
