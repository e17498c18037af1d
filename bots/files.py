"""Files people sent, fetched from Telegram piece by piece; the address with the token stays here."""

from collections.abc import AsyncIterator
from urllib.parse import quote

import httpx

from bots.errors import CallError, Failure, Verdict
from bots.telegram import Line

PIECE = 64 * 1024  # bytes
TIMEOUT = httpx.Timeout(30.0, connect=5.0)


class FileTooLargeError(Exception):
    """The file is larger than was asked for."""


async def download(line: Line, file_id: str, largest: int) -> AsyncIterator[bytes]:
    """Yield a file's bytes; raises CallError or, above `largest` bytes, FileTooLargeError.

    https://core.telegram.org/bots/api#getfile
    """
    found = await line.call("getFile", {"file_id": file_id})
    if int(found.get("file_size") or 0) > largest:
        raise FileTooLargeError
    url = f"{line.base_file_url}/{_checked(str(found.get('file_path') or ''))}"
    try:
        async with (
            httpx.AsyncClient(timeout=TIMEOUT) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise _failure(f"the file server answered {answer.status_code}")
            passed = 0
            async for piece in answer.aiter_bytes(PIECE):
                passed += len(piece)
                if passed > largest:
                    raise FileTooLargeError
                yield piece
    except httpx.HTTPError as error:  # its text may carry the address, and so the token
        raise _failure(type(error).__name__) from None


def _checked(path: str) -> str:
    """Return the path for an address; it comes from outside, so it may not leave the bot's files."""
    if not path or path.startswith("/") or "://" in path or ".." in path.split("/"):
        raise _failure("the file has no path")
    return quote(path)


def _failure(text: str) -> CallError:
    return CallError(Failure(Verdict.REFUSED, text))
