"""The Bot API server as the bot sees it: the real one, with faults where a test wants them."""

import asyncio
import socket
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from tests.acceptance.harness import http
from tests.acceptance.harness.background import Background
from tests.acceptance.harness.faults import Fault, Kind

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
FOREVER = 3600.0  # seconds: no client waits so long
LINGER = struct.pack("ii", 1, 0)  # a close that resets


@dataclass
class Call:
    """One request the bot made, with times in Unix seconds."""

    method: str
    parameters: dict[str, object]
    began: float
    fault: str = ""
    forwarded: float = 0.0
    answered: float = 0.0
    status: int = 0

    @property
    def chat_id(self) -> int:
        return int(str(self.parameters.get("chat_id") or 0))


class FaultProxy:
    """Listens on a port of its own and forwards each call, unless a fault takes it."""

    def __init__(self, background: Background, target: str) -> None:
        self._background = background
        self._host, _, port = target.removeprefix("http://").partition(":")
        self._target_port = int(port)
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.StreamWriter] = set()
        self.port = 0
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.refused_while_closed = 0
        self.open()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def add(self, fault: Fault) -> Fault:
        """Let a fault happen from now on; returned so that the test can see that it fired."""
        self.faults.append(fault)
        return fault

    def named(self, method: str) -> list[Call]:
        """Return the calls of a method so far."""
        return [call for call in list(self.calls) if call.method == method]

    def open(self) -> None:
        """Listen (again, on the same port)."""
        self._background.run(self._open())

    def close(self) -> None:
        """Refuse connections, and cut those there are."""
        self._background.run(self._close())

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in list(self._connections):
            _reset(writer)
        self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(writer)
        upstream: Ends | None = None
        try:
            upstream = await asyncio.open_connection(self._host, self._target_port)
            while (request := await http.read_message(reader)) is not None:
                if not await self._handle(request, reader, writer, upstream):
                    break
        except (ConnectionError, OSError):
            _reset(writer)
        finally:
            self._connections.discard(writer)
            for end in (writer, *(upstream or ())[1:]):
                with suppress(OSError, RuntimeError):
                    end.close()

    async def _handle(
        self,
        request: http.Message,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        upstream: Ends,
    ) -> bool:
        """Serve one call; False when the connection is over."""
        call = Call(request.method, request.parameters(), time.time())
        self.calls.append(call)
        fault = next((one for one in self.faults if one.takes(call.method, call.parameters)), None)
        if fault is not None:
            call.fault = fault.kind
            if fault.kind is Kind.RESET:
                return _reset(writer)
            if fault.kind is Kind.ANSWER:
                made = http.answer(fault.status, fault.body, fault.content_type)
                return await self._answer(call, writer, http.Message(made, b""))
            if fault.kind is Kind.DELAY and not await _idle(reader, fault.seconds):
                return _reset(writer)
        answer = await self._forward(call, request, reader, upstream)
        if answer is None:
            return _reset(writer)
        return await self._return(call, fault, answer, (reader, writer))

    async def _forward(
        self,
        call: Call,
        request: http.Message,
        reader: asyncio.StreamReader,
        upstream: Ends,
    ) -> http.Message | None:
        """Return the server's answer; None when either side hung up before it came."""
        call.forwarded = time.time()
        upstream[1].write(request.raw)
        answering = asyncio.ensure_future(http.read_message(upstream[0]))
        async with _hang_up(reader) as hung_up:
            await asyncio.wait([answering, hung_up], return_when=asyncio.FIRST_COMPLETED)
        if answering.done():
            return answering.result()
        answering.cancel()
        return None

    async def _return(
        self, call: Call, fault: Fault | None, answer: http.Message, client: Ends
    ) -> bool:
        reader, writer = client
        kind = fault.kind if fault else None
        if kind is Kind.LOSE:
            return _reset(writer)
        if fault is not None and kind in {Kind.SLOW, Kind.HANG}:
            seconds = fault.seconds if kind is Kind.SLOW else FOREVER
            if not await _idle(reader, seconds):
                return _reset(writer)
        if kind is Kind.TRUNCATE:
            writer.write(answer.raw[: len(answer.head) + len(answer.body) // 2])
            await writer.drain()
            return False
        if kind is Kind.GARBAGE:
            answer = http.Message(http.answer(200, b"<<< not JSON"), b"")
        return await self._answer(call, writer, answer)

    async def _answer(self, call: Call, writer: asyncio.StreamWriter, answer: http.Message) -> bool:
        writer.write(answer.raw)
        await writer.drain()
        call.answered, call.status = time.time(), answer.status
        return True


@asynccontextmanager
async def _hang_up(reader: asyncio.StreamReader) -> AsyncIterator["asyncio.Task[None]"]:
    """Give a task that ends when the client closes the connection."""

    async def watch() -> None:
        with suppress(ConnectionError):
            await reader.read(1)

    task = asyncio.ensure_future(watch())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _idle(reader: asyncio.StreamReader, seconds: float) -> bool:
    """Let so many seconds pass; False if the client hung up meanwhile."""
    async with _hang_up(reader) as hung_up:
        done, _ = await asyncio.wait([hung_up], timeout=seconds)
    return not done


def _reset(writer: asyncio.StreamWriter) -> bool:
    """Cut the connection so that the other side sees a reset."""
    sock = writer.get_extra_info("socket")
    with suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER)
    writer.transport.abort()
    return False
