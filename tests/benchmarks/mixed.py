"""`python -m tests.benchmarks.mixed`: how soon every message is answered while twenty people write at once.

500 messages of all kinds, each person's a second and a half apart; times are seen by the Bot API
server's log of accepted sends.
"""

import os
import shutil
import tempfile
import time
from pathlib import Path

# Before Django's settings are read, as for the tests.
_DIRECTORY = Path(tempfile.mkdtemp(prefix="bench"))
os.environ |= {"DATA_DIR": str(_DIRECTORY), "TELEGRAM_BOT_TOKEN": "", "TEMPORAL_ADDRESS": ""}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

from tests.acceptance.harness.background import Background  # noqa: E402
from tests.acceptance.harness.botapi import BotApi, Chat  # noqa: E402
from tests.acceptance.harness.database import Databases  # noqa: E402
from tests.acceptance.harness.waiting import until  # noqa: E402
from tests.acceptance.harness.world import World  # noqa: E402

MESSAGES, PEOPLE, APART = 500, 20, 1.5
KINDS = (
    "/ping {n}",
    "in {n} hours water plant {n}",
    "/list",
    "what a day {n}",
    "/help",
    "tomorrow 9am call number {n}",
    "/why {n}",
    "every weekday 08:30 meeting {n}",
    "/timezone",
    "/ping again {n}",
)


def write(chats: list[Chat]) -> dict[int, list[float]]:
    """Send the messages at a steady rate; returns when each chat's were sent (Unix seconds)."""
    asked: dict[int, list[float]] = {chat.chat_id: [] for chat in chats}
    began = time.time()
    for number in range(MESSAGES):
        chat = chats[number % PEOPLE]
        pause = began + number * APART / PEOPLE - time.time()
        if pause > 0:
            time.sleep(pause)
        asked[chat.chat_id].append(time.time())
        chat.say(KINDS[(number // PEOPLE + number) % len(KINDS)].format(n=number + 1))
    return asked


def main() -> None:
    """Measure and print one line."""
    django.setup()
    background, api, databases = Background(), BotApi(_DIRECTORY / "api"), Databases(_DIRECTORY)
    (_DIRECTORY / "world").mkdir()
    database = databases.create("sqlite", _DIRECTORY / "world")
    world = World(background, api, database, _DIRECTORY / "world")
    try:
        chats = [world.chat(f"P{number}") for number in range(PEOPLE)]
        world.start()
        for chat in chats:
            chat.say("/timezone Berlin")
        until(lambda: len(world.sends()) == PEOPLE, 60, "every zone")
        asked = write(chats)
        until(lambda: len(world.sends()) >= PEOPLE + MESSAGES, 120, "every answer")
        waits = []
        for chat in chats:
            answered = [sent.at for sent in world.sends(chat)][1:]
            waits += [then - when for when, then in zip(asked[chat.chat_id], answered, strict=True)]
        waits.sort()
        p50, p99 = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
        print(
            f"{MESSAGES} mixed messages from {PEOPLE} people, {PEOPLE / APART:.1f} a second: "
            f"answered after p50 {1000 * p50:.0f} ms, p99 {1000 * p99:.0f} ms, worst {1000 * waits[-1]:.0f} ms"
        )
    finally:
        world.close()
        api.close()
        databases.close()
        background.close()
        shutil.rmtree(_DIRECTORY, ignore_errors=True)


if __name__ == "__main__":
    main()
