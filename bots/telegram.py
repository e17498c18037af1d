"""The wire: one line per bot, over which every Bot API call of the product goes."""

import functools
import ssl
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import httpx
from django.conf import settings
from telegram import Bot as PtbBot
from telegram import InputFile
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bots.circuit import circuits
from bots.errors import CallError, sort_error
from bots.inbox import RawUpdate

# Telegram's server may keep a send for 8 s before it answers; PTB's own 5 s would make doubts of its
# own. See "What a failed sendMessage means" in the docs on delivery.
SEND_READ_TIMEOUT = 45.0
POLL_READ_TIMEOUT = 10.0  # seconds on top of the long poll itself
# Left out, Telegram keeps an earlier setting (https://core.telegram.org/bots/api#getupdates).
WANTED_UPDATES = (
    "message", "edited_message", "channel_post", "edited_channel_post", "callback_query",
    "my_chat_member", "message_reaction",
)  # fmt: skip


if find_spec("sniffio") is None:
    # httpcore tries this import several times a call; a failing one searches the disk each time.
    sys.modules["sniffio"] = None  # type: ignore[assignment]


class FileTooLargeError(Exception):
    """A file is larger than whoever asked for it wants to read."""


def bot_id_of(token: str) -> int:
    """Return the bot's user id, the part of its token before the colon."""
    return int(token.partition(":")[0])


@functools.cache
def trusted() -> ssl.SSLContext:
    """Return the authorities a connection trusts, read once: it takes 20 ms, and a line makes two."""
    return httpx.create_ssl_context()


class Line(PtbBot):
    """One bot's connection to Telegram: raw updates in, raw calls out, errors sorted."""

    def __init__(self, token: str) -> None:
        api = settings.TELEGRAM_API_URL
        super().__init__(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=HTTPXRequest(
                connection_pool_size=64,
                connect_timeout=5,
                read_timeout=SEND_READ_TIMEOUT,
                pool_timeout=5,
                httpx_kwargs={"verify": trusted()},
            ),
            get_updates_request=HTTPXRequest(
                connection_pool_size=2,
                connect_timeout=5,
                read_timeout=POLL_READ_TIMEOUT,
                pool_timeout=5,
                httpx_kwargs={"verify": trusted()},
            ),
        )
        self._last_poll = time.monotonic()
        self._rejection: InvalidToken | None = None

    @property
    def rejection(self) -> InvalidToken | None:
        """The error with which Telegram refused the token in a poll: PTB ends polling in silence then."""
        return self._rejection

    @property
    def last_poll(self) -> float:
        """When getUpdates was last answered, in monotonic seconds; at first, when the line was made."""
        return self._last_poll

    async def get_updates(  # type: ignore[override]  # raw on purpose: one odd update must not stop the rest
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: Any = 0,  # noqa: ASYNC109  # the Bot API's own name
        allowed_updates: Sequence[str] | None = None,
        **_: Any,
    ) -> tuple[RawUpdate, ...]:
        """Return updates as they came, so that an update nobody can parse is stored and passed by."""
        seconds = getattr(timeout, "total_seconds", lambda: timeout)()
        wanted = {
            "offset": offset,
            "limit": limit,
            "timeout": int(seconds),
            "allowed_updates": list(allowed_updates or WANTED_UPDATES),
        }
        try:
            found = await self._post("getUpdates", wanted, read_timeout=POLL_READ_TIMEOUT + seconds)
        except InvalidToken as error:
            self._rejection = error
            raise
        self._last_poll = time.monotonic()
        return tuple(
            RawUpdate(item["update_id"], item)
            for item in found
            if isinstance(item, dict) and isinstance(item.get("update_id"), int)
        )

    async def call(
        self, method: str, params: dict[str, Any], *, patience: float = SEND_READ_TIMEOUT
    ) -> Any:
        """Call one Bot API method and return its result as JSON; raises CallError.

        `patience` is how many seconds the answer may take.
        """
        began = time.monotonic()
        circuit, answered = circuits.of(bot_id_of(self.token)), None
        ticket = circuit.begin()
        try:
            result = await self._post(method, dict(params), read_timeout=patience)
            answered = True
        except TelegramError as error:
            failure = sort_error(error, time.monotonic() - began)
            answered = not failure.away
            raise CallError(failure) from None
        finally:
            circuit.end(ticket, answered=answered)
        return result

    async def download(self, file_id: str, limit: int) -> bytes:
        """Return the bytes of a file somebody sent; raises CallError, or FileTooLargeError."""
        began = time.monotonic()
        try:
            file = await self.get_file(file_id)
            if (file.file_size or 0) > limit:
                raise FileTooLargeError
            content = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise CallError(sort_error(error, time.monotonic() - began)) from None
        if len(content) > limit:
            raise FileTooLargeError
        return content

    async def upload(
        self, method: str, params: dict[str, Any], field: str, name: str, content: bytes
    ) -> Any:
        """Call a method with one file; raises CallError."""
        return await self.call(method, {**params, field: InputFile(content, filename=name)})


class Lines:
    """The lines of this process, by bot id."""

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}

    def open(self, token: str) -> Line:
        """Return the bot's line, made on first use."""
        return self._lines.setdefault(bot_id_of(token), Line(token))

    def of(self, bot_id: int) -> Line:
        """Return the line of a bot whose token is configured; raises KeyError for any other."""
        return self._lines[bot_id]

    def all(self) -> list[Line]:
        """Return every open line."""
        return list(self._lines.values())

    async def stop(self) -> None:
        """Close the HTTP connections."""
        for line in self.all():
            for request in line._request:  # noqa: SLF001  # Bot.shutdown acts only after getMe
                await request.shutdown()


lines = Lines()
