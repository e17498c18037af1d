"""Just enough HTTP/1.1 to stand between a Bot API client and its server."""

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

_CALL = re.compile(r"/bot([^/]+)/(\w+)")
_PART = re.compile(rb'name="(\w+)"\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--', re.DOTALL)


@dataclass(frozen=True)
class Message:
    """A request or an answer: its head and its body as they came."""

    head: bytes
    body: bytes

    @property
    def raw(self) -> bytes:
        return self.head + self.body

    @property
    def method(self) -> str:
        """The Bot API method that is called."""
        found = _CALL.search(self.head.split(b"\r\n", 1)[0].decode("latin-1"))
        return found[2] if found else ""

    @property
    def status(self) -> int:
        return int(self.head.split(b" ", 2)[1])

    def parameters(self) -> dict[str, Any]:
        """Return the call's parameters, whichever way they were encoded."""
        kind = header(self.head, "content-type")
        if "json" in kind:
            return dict(json.loads(self.body or b"{}"))
        if "multipart" in kind:
            return {
                name.decode(): value.decode("utf-8", "replace")
                for name, value in _PART.findall(self.body)
            }
        return {name: values[-1] for name, values in parse_qs(self.body.decode()).items()}


def header(head: bytes, name: str) -> str:
    """Return a header's value, or nothing."""
    found = re.search(rf"(?im)^{name}:\s*(.*?)\r?$", head.decode("latin-1"))
    return found[1] if found else ""


async def read_message(reader: asyncio.StreamReader) -> Message | None:
    """Return the next message of a connection; None when the other side has closed it."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        if "chunked" in header(head, "transfer-encoding"):
            raise ValueError("chunked messages are not expected here")
        body = await reader.readexactly(int(header(head, "content-length") or 0))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return Message(head, body)


def answer(status: int, body: bytes, kind: str = "application/json") -> bytes:
    """Return an answer made by the proxy itself."""
    lines = (f"HTTP/1.1 {status} Made-up", f"Content-Type: {kind}", f"Content-Length: {len(body)}")
    return "\r\n".join((*lines, "", "")).encode() + body
