"""Read requests and write answers at the ASGI level: Django's middleware would cost 5 ms a call."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser
from django.http.request import split_domain_port, validate_host

from bots.sandbox.errors import ApiError, bad_request
from bots.sandbox.params import Upload

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LARGEST_BODY = 60 * 1024 * 1024


@dataclass
class Request:
    """One HTTP request, read to its end."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    client: tuple[str, int] | None = None
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> dict[str, Any]:
        """Return the body as a JSON object."""
        try:
            found = json.loads(self.body or b"{}")
        except ValueError:
            raise bad_request("can't parse the JSON body") from None
        if not isinstance(found, dict):
            raise bad_request("a JSON object is expected")
        return found


class MemoryUploads(MemoryFileUploadHandler):
    """Keep every uploaded file in memory, whatever its size: the body already is."""

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        self.activated = True


async def read_request(scope: Scope, receive: Receive) -> Request:
    """Read a request with its whole body."""
    chunks: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise ConnectionResetError
        chunks.append(event.get("body", b""))
        size += len(chunks[-1])
        if size > LARGEST_BODY:
            raise ApiError(413, "Request Entity Too Large")
        if not event.get("more_body"):
            break
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
    query = dict(parse_qsl(scope.get("query_string", b"").decode(), keep_blank_values=True))
    return Request(
        scope["method"], scope["path"], query, headers, b"".join(chunks), scope.get("client")
    )


def read_values(request: Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Return the parameters and files of a Bot API call, from the address and the body."""
    values: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= request.json()
    elif request.content_type == "multipart/form-data":
        read_multipart(request, values, files)
    else:
        values |= parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    return values, files


def read_multipart(request: Request, values: dict[str, Any], files: dict[str, Upload]) -> None:
    """Read form fields and uploads."""
    meta = {
        "CONTENT_TYPE": request.headers["content-type"],
        "CONTENT_LENGTH": str(len(request.body)),
    }
    uploads = [MemoryUploads(HttpRequest())]
    fields, found = MultiPartParser(meta, BytesIO(request.body), uploads, "utf-8").parse()
    values |= fields.dict()
    for name in found:
        uploaded: Any = found[name]
        files[name] = Upload(
            uploaded.name or name,
            uploaded.content_type or "application/octet-stream",
            uploaded.read(),
        )


def check_origin(request: Request) -> None:
    """Refuse what another site made a browser send: the sandbox has no login."""
    host = request.headers.get("host", "")
    name, _ = split_domain_port(host)
    if not validate_host(name, ["localhost", "127.0.0.1", "[::1]", *settings.ALLOWED_HOSTS]):
        raise ApiError(403, f"Forbidden: {name} is not in DJANGO_ALLOWED_HOSTS")
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != host:
        raise ApiError(403, "Forbidden: requests from other sites are not accepted")
    if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        raise ApiError(403, "Forbidden: requests from other sites are not accepted")


async def answer_json(send: Send, status: int, body: Any) -> None:
    """Answer with JSON."""
    data = json.dumps(body, separators=(",", ":")).encode()
    await answer_bytes(send, status, data, "application/json")


async def answer_bytes(send: Send, status: int, data: bytes, mime_type: str) -> None:
    """Answer with bytes of a given type, never to be sniffed or cached."""
    headers = [
        (b"content-type", mime_type.encode()),
        (b"content-length", str(len(data)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": data})
