"""What can go wrong between a bot and its Bot API server, and how often it did."""

import json
import time
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """A way for a call to go wrong."""

    RESET = "reset before the request is forwarded"
    LOSE = "forwarded, then reset: the answer is lost"
    DELAY = "forwarded late"
    SLOW = "forwarded at once, answered late"
    HANG = "forwarded and never answered"
    TRUNCATE = "half of the answer"
    GARBAGE = "an answer that is no JSON"
    ANSWER = "answered by the proxy, never forwarded"


@dataclass
class Fault:
    """Happens to the calls it matches, after `skip` of them, `times` times; counts both."""

    kind: Kind
    method: str = "sendMessage"
    chat_id: int = 0  # 0: any
    text: str = ""  # part of the text; empty: any
    skip: int = 0
    times: int = 1
    seconds: float = 0.0
    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    matched: int = field(default=0, init=False)
    fired: int = field(default=0, init=False)

    def takes(self, method: str, parameters: dict[str, Any]) -> bool:
        """Say whether it happens to this call, and count."""
        if self.method not in {"", method} or self.fired >= self.times:
            return False
        if self.chat_id and str(parameters.get("chat_id")) != str(self.chat_id):
            return False
        if self.text not in str(parameters.get("text", "")):
            return False
        self.matched += 1
        if self.matched <= self.skip:
            return False
        self.fired += 1
        return True


@dataclass
class Quota(Fault):
    """Refuses every send beyond `most` within one second, as Telegram may."""

    most: int = 30
    _taken: deque[float] = field(default_factory=deque, init=False)

    def takes(self, method: str, parameters: dict[str, Any]) -> bool:
        """Say whether this call is one too many, and count."""
        now = time.monotonic()
        while self._taken and now - self._taken[0] >= 1:
            self._taken.popleft()
        if len(self._taken) >= self.most:
            return super().takes(method, parameters)
        if method == self.method:
            self._taken.append(now)
        return False


def refusal(code: int, description: str, **wanted: Any) -> Fault:
    """Return a fault that answers with an error of the Bot API; `parameters` as Telegram names them."""
    error = {"ok": False, "error_code": code, "description": description}
    if "parameters" in wanted:
        error["parameters"] = wanted.pop("parameters")
    return Fault(Kind.ANSWER, status=code, body=json.dumps(error).encode(), **wanted)


def too_many(retry_after: int, **wanted: Any) -> Fault:
    """Return a 429."""
    text = f"Too Many Requests: retry after {retry_after}"
    return refusal(429, text, parameters={"retry_after": retry_after}, **wanted)


def quota(most: int) -> Quota:
    """Return a 429 for each send beyond so many within one second."""
    told = too_many(1)
    return Quota(told.kind, status=told.status, body=told.body, times=10_000, most=most)


def web_page(code: int, **wanted: Any) -> Fault:
    """Return an error page of a web server that knows no Bot API."""
    page = f"<html><body><h1>{code}</h1></body></html>".encode()
    return Fault(Kind.ANSWER, status=code, body=page, content_type="text/html", **wanted)
