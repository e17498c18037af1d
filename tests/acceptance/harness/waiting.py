"""Tests wait for conditions, with a deadline and a reason, and never for a time to pass."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from tests.machine import within

T = TypeVar("T")
LOOK = 0.03  # seconds between looks: a look is a query or a small request
_never = threading.Event()


def until(condition: Callable[[], T], seconds: float = 20.0, what: str = "") -> T:
    """Return the condition's first true value; fail after so many seconds, saying what was missing.

    The seconds are those of an ordinary machine.
    """
    deadline = time.monotonic() + within(seconds)
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} s: {what or condition}")
        _never.wait(LOOK)
    return found


def wait_for_time(moment: float) -> None:
    """Return at a moment of the wall clock (Unix seconds): for faults that are due at a time."""
    while (left := moment - time.time()) > 0:
        _never.wait(left)
