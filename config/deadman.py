"""A dead man's switch: a monitor elsewhere raises the alarm once it no longer hears that all is well."""

import asyncio
import logging

import httpx

from config import health

logger = logging.getLogger(__name__)

INTERVAL = 60.0  # seconds between reports
PATIENCE = 10.0  # seconds a monitor may take to answer


async def report_health(url: str, interval: float = INTERVAL) -> None:
    """Ask the monitor's address every `interval` seconds while everything works, until cancelled.

    A monitor that cannot be reached raises its own alarm, so that is no error here.
    """
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        while True:
            found = await health.report()
            if found["ok"]:
                await _report(client, url)
            else:
                logger.warning("not well: the monitor is not told", extra={"bad": _bad(found)})
            await asyncio.sleep(interval)


async def _report(client: httpx.AsyncClient, url: str) -> None:
    try:
        (await client.get(url)).raise_for_status()
    except httpx.HTTPError as error:  # its text would carry the address, which is a secret
        logger.warning("the monitor was not reached", extra={"error": type(error).__name__})


def _bad(found: dict[str, object]) -> list[str]:
    return [name for name, part in found.items() if isinstance(part, dict) and not part["ok"]]
