"""Tell Telegram the bot's commands, in every language, so that people see them when they type `/`."""

import asyncio
import logging
from typing import Any

from django.conf import settings
from django.utils import translation

from bots.errors import CallError
from bots.telegram import Line, lines
from conversations.router import router

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 300.0  # seconds between tries while Telegram is away


async def publish() -> None:
    """Set every bot's menu; a bot whose line is closed for now is tried again."""
    await asyncio.gather(*(_publish(line) for line in lines.all()))


async def _publish(line: Line) -> None:
    pause = FIRST_PAUSE
    while True:
        try:
            for code, _ in settings.LANGUAGES:
                await line.call("setMyCommands", _menu(code))
        except CallError as error:
            logger.info("menu not set yet: %s", error.failure.verdict)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return


def _menu(code: str) -> dict[str, Any]:
    """Return the parameters of setMyCommands; English is for every language without its own.

    https://core.telegram.org/bots/api#setmycommands
    """
    with translation.override(code):
        commands = [
            {"command": command.name, "description": str(command.summary)}
            for command in router.commands.values()
            if command.summary
        ]
    return {"commands": commands, **({} if code == "en" else {"language_code": code})}
