"""Files people and bots send: stored in the database, fetched with getFile and a download."""

import struct
from secrets import token_urlsafe
from typing import Any

from bots.sandbox.accounts import find_bot
from bots.sandbox.editing import MEDIA
from bots.sandbox.errors import ApiError, bad_request, unknown_method
from bots.sandbox.formatting import read_caption
from bots.sandbox.models import SandboxBot, StoredFile
from bots.sandbox.params import Params, Upload
from bots.sandbox.sending import send

LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
PNG_START = b"\x89PNG\r\n\x1a\n"


def store(upload: Upload) -> StoredFile:
    """Keep a file under a new id."""
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > LARGEST_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    return StoredFile.objects.create(
        file_id=f"SB{token_urlsafe(24)}",
        name=upload.name[:200],
        mime_type=upload.mime_type[:100],
        data=upload.data,
    )


def file_fields(stored: StoredFile) -> dict[str, Any]:
    """Return what every file object of the Bot API has."""
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_id[2:18],
        "file_size": len(stored.data),
    }


def as_content(kind: str, stored: StoredFile, *, duration: int = 0) -> dict[str, Any]:
    """Return a message's content with the file as this kind of media."""
    found = file_fields(stored)
    if kind == "photo":
        width, height = picture_size(bytes(stored.data))
        return {"photo": [found | {"width": width, "height": height}]}
    if kind == "sticker":
        found |= {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return {"sticker": found | {"type": "regular"}}
    found["mime_type"] = stored.mime_type
    if kind == "document":
        return {"document": found | {"file_name": stored.name}}
    found["duration"] = duration
    if kind in {"video", "animation"}:
        found |= {"width": 640, "height": 360}
    return {kind: found}


def picture_size(data: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG in pixels; other pictures count as 800 by 600."""
    if data.startswith(PNG_START) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    return 800, 600


def send_media(bot: SandboxBot, params: Params) -> Any:
    """Send a photo, document or another file: uploaded now, or known by its file_id."""
    kind = params.method.removeprefix("send").lower()
    stored = given_file(params, kind)
    content = as_content(kind, stored, duration=params.integer("duration"))
    return send(bot, params, content | read_caption(params))


def given_file(params: Params, kind: str) -> StoredFile:
    """Return the file a call brings along or names."""
    given = params.text(kind)
    attached = given.removeprefix("attach://") if given.startswith("attach://") else kind
    if attached in params.files:
        return store(params.files[attached])
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    stored = StoredFile.objects.filter(file_id=given).first()
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored


def get_file(bot: SandboxBot, params: Params) -> Any:
    """Return where a file can be downloaded."""
    stored = StoredFile.objects.filter(file_id=params.text("file_id")).first()
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return file_fields(stored) | {"file_path": f"files/{stored.file_id}"}


def read_stored_file(token: str, path: str) -> tuple[bytes, str]:
    """Return a file's bytes for a download with the bot's token."""
    find_bot(token)
    stored = StoredFile.objects.filter(file_id=path.removeprefix("files/")).first()
    if stored is None:
        raise unknown_method()
    return bytes(stored.data), "application/octet-stream"


METHODS = {f"send{kind.capitalize()}": send_media for kind in (*MEDIA, "sticker")}
