"""Files people sent: fetched from Telegram when an operator asks, checked, and passed through."""

from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from bots.errors import CallError
from bots.files import FileTooLargeError, download
from bots.telegram import lines
from conversations.desk.access import chat_for
from conversations.desk.bubbles import LARGEST_FILE
from conversations.desk.redact import may_read
from conversations.models import Message
from conversations.operators import audit

# What a browser may show, told by a file's first bytes; anything else is only saved to disk.
_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftyp", "video/mp4"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
)
SAVED = "application/octet-stream"
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def type_of(head: bytes) -> str:
    """Return the content type of a file that begins so; never one that can carry a script."""
    return next((kind for at, sign, kind in _SIGNS if head[at:].startswith(sign)), SAVED)


async def fetch(request: HttpRequest, pk: int, row: int) -> HttpResponseBase:
    """Pass one message's file through. Only ids of our own rows go in; no address comes out."""
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET"})
    message = await sync_to_async(_allowed)(request, pk, row)
    try:
        line = lines.of(message.chat.bot_id)
        parts = download(line, str(message.params["file_id"]), LARGEST_FILE)
        head = await anext(parts, b"")
    except KeyError:
        return _told("No token is configured for this bot here.", 503)
    except FileTooLargeError:
        return _told("Telegram gives bots files of up to 20 MB.", 413)
    except CallError:
        return _told("Telegram did not give the file. It may be too old.", 502)
    kind = type_of(head)
    name = str(message.params.get("file_name") or f"file-{row}").rpartition("/")[2]
    place = content_disposition_header(kind == SAVED, name) or "attachment"
    headers = {**HEADERS, "Content-Disposition": place}
    return StreamingHttpResponse(_joined(head, parts), content_type=kind, headers=headers)


def _allowed(request: HttpRequest, pk: int, row: int) -> Message:
    user = request.user
    if not (user.is_active and user.is_staff and may_read(user)):
        raise PermissionDenied
    chat = chat_for(request, pk)
    message = Message.objects.select_related("chat").filter(chat=chat, pk=row).first()
    if message is None or not message.params.get("file_id"):
        raise Http404
    audit(user, "fetched file", chat, message=row)
    return message


async def _joined(head: bytes, parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for part in parts:
        yield part


def _told(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
