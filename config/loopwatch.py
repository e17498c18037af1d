"""Notices when the event loop stands still: whatever blocks it delays every chat at once."""

import asyncio
import logging
import time

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.25  # seconds
TOO_LONG = 1.0  # seconds that the loop may be late; polls, sends and timers all wait that long


async def watch_loop() -> None:
    """Look at the loop until cancelled; each time it stood still is one warning with its seconds."""
    while True:
        began = time.monotonic()
        await asyncio.sleep(LOOK_EVERY)
        stood = time.monotonic() - began - LOOK_EVERY
        if stood >= TOO_LONG:
            logger.warning("event loop blocked", extra={"seconds": round(stood, 1)})
