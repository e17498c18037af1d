"""Notices when the event loop stands still: whatever blocks it delays every chat at once."""

import asyncio
import logging
import time
from collections import deque

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.1  # seconds
TOO_LONG = 1.0  # seconds that the loop may be late; polls, sends and timers all wait that long
KEPT = 600  # looks: the latest minute

_lags: deque[float] = deque(maxlen=KEPT)


async def watch_loop() -> None:
    """Look at the loop until cancelled; each time it stood still is one warning with its seconds."""
    while True:
        began = time.monotonic()
        await asyncio.sleep(LOOK_EVERY)
        stood = max(0.0, time.monotonic() - began - LOOK_EVERY)
        _lags.append(stood)
        if stood >= TOO_LONG:
            logger.warning("event loop blocked", extra={"seconds": round(stood, 1)})


def lag(share: float) -> float:
    """Return how late the loop was at most in this share of the latest minute's looks, in seconds."""
    looks = sorted(_lags)
    return looks[int(share * (len(looks) - 1))] if looks else 0.0
