"""Log lines for people and for machines, in which no secret and no person's words can appear."""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

TOKEN = re.compile(r"(\d{5,})(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
# The address of a chat's calendar is a secret, too.
FEED = re.compile(r"(/calendar/)[A-Za-z0-9_-]{16,}")
# Everything that could end a line, move the cursor or turn the reading direction.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
HIDDEN = "[hidden]"
CANARY = "1234567890:AAcanary_canary-canary_canary-canary"
# Replacing shorter ones would tear ordinary words apart.
SHORTEST_SECRET = 8
LONGEST_VALUE = 500
# Below these levels libraries log requests, payloads or SQL (and what people wrote).
QUIETEST = {
    "httpx": "WARNING",
    "httpcore": "WARNING",
    "telegram": "INFO",
    "temporalio": "INFO",
    "django.db.backends": "INFO",
    "uvicorn": "WARNING",
    "asyncio": "INFO",
    "axes": "WARNING",
}
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class SafeFormatter(logging.Formatter):
    """Writes console lines; whatever way a secret came into a record, it does not come out."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        known = sorted({s for s in secrets if len(s) >= SHORTEST_SECRET}, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, known))) if known else None

    def format(self, record: logging.LogRecord) -> str:
        """Return `time LEVEL logger event key=value`, with the traceback indented below."""
        level, event = record.levelname, self.event(record)
        ids = "".join(f" {key}={self.clean(str(value))}" for key, value in details(record))
        head = f"{_time(record)} {level:<7} {record.name} {event}{ids}"
        below = "".join(f"\n    {self.clean(line)}" for line in _trace(record))
        return head + below

    def event(self, record: logging.LogRecord) -> str:
        """Return the message; cut, because some libraries quote whole answers."""
        text = self.clean(record.getMessage())
        return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}..."

    def clean(self, text: str) -> str:
        """Hide secrets, then make control characters visible."""
        text = FEED.sub(rf"\1{HIDDEN}", TOKEN.sub(rf"\1:{HIDDEN}", text))
        if self._secrets:
            text = self._secrets.sub(HIDDEN, text)
        return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class JsonFormatter(SafeFormatter):
    """Writes one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time (UTC), level, logger, event, the ids, and the traceback if any."""
        line: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "event": self.event(record),
        }
        for key, value in details(record):
            line.setdefault(key, self.clean(value) if isinstance(value, str) else value)
        trace = [self.clean(part) for part in _trace(record)]
        if trace:
            line["traceback"] = trace
        return json.dumps(line)


def details(record: logging.LogRecord) -> Iterator[tuple[str, str | int | float | None]]:
    """Give the record's `extra`: ids and numbers, no objects that might carry a text."""
    for key, value in vars(record).items():
        if key in STANDARD:
            continue
        if value is None or isinstance(value, bool | int | float):
            yield key, value
        elif isinstance(value, str | date | UUID):
            yield key, str(value)[:LONGEST_VALUE]


def configuration(style: str, level: str, secrets: Iterable[str]) -> dict[str, Any]:
    """Return Django's LOGGING: one handler at the root, so that nothing goes round it."""
    formatter = {"console": SafeFormatter, "json": JsonFormatter}[style](secrets)
    lowest = logging.getLevelNamesMapping()
    held = {
        name: {
            "level": max(level, floor, key=lowest.__getitem__),
            "propagate": True,
            "handlers": [],
        }
        for name, floor in QUIETEST.items()
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"safe": {"()": lambda: formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "safe"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django adds handlers of its own to these two.
            "django": {"handlers": [], "level": "NOTSET", "propagate": True},
            "django.server": {"handlers": [], "level": "NOTSET", "propagate": True},
            **held,
        },
    }


def check_redaction(secrets: Iterable[str] = ()) -> None:
    """Send a false token and the real secrets through every handler; refuse if one shows."""
    for handler in _handlers():
        for secret in (CANARY, *(s for s in secrets if len(s) >= SHORTEST_SECRET)):
            if secret in handler.format(_record_with(secret)):
                raise ImproperlyConfigured(
                    f"A secret would appear in the log lines of {type(handler).__name__}: "
                    "remove that handler or give it a formatter of config.logs."
                )


def log_uncaught() -> None:
    """Let the last words of a dying process or thread go through the handlers too."""

    def log(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        error = error or kind()
        logging.getLogger("uncaught").critical("uncaught", exc_info=(kind, error, trace))

    sys.excepthook = log
    threading.excepthook = lambda args: log(args.exc_type, args.exc_value, args.exc_traceback)
    logging.captureWarnings(capture=True)


def _record_with(secret: str) -> logging.LogRecord:
    trace = (ValueError, ValueError(secret), None)
    record = logging.LogRecord(
        "canary", logging.INFO, __file__, 1, f"{secret} %s", (f"https://host/bot{secret}/x",), trace
    )
    record.canary = secret
    return record


def _handlers() -> Iterator[logging.Handler]:
    known = [logging.getLogger(), *logging.Logger.manager.loggerDict.values()]
    for each in known:
        if isinstance(each, logging.Logger):
            yield from (h for h in each.handlers if not isinstance(h, logging.NullHandler))


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _trace(record: logging.LogRecord) -> list[str]:
    """Return the lines of the traceback; of each exception's text only the first line.

    The lines behind it quote rows ("DETAIL: Failing row contains ...") and so what people wrote.
    """
    if not record.exc_info or record.exc_info[1] is None:
        return []
    shown = traceback.TracebackException.from_exception(record.exc_info[1])
    for each in _chain(shown):
        each._str = str(each).split("\n", 1)[0][:LONGEST_VALUE]  # type: ignore[attr-defined]  # noqa: SLF001
    return "".join(shown.format()).rstrip().split("\n")


def _chain(shown: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    yield shown
    for cause in (shown.__cause__, shown.__context__, *(shown.exceptions or ())):
        if cause is not None:
            yield from _chain(cause)
