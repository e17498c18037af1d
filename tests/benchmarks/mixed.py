"""`python -m tests.benchmarks.mixed [RATE ...]`: how soon every message is answered while twenty people write.

500 messages of all kinds a round, at steady rates (messages a second), each round in a new world. A
wait is from the moment before the message is given to the Bot API server to the moment in that
server's log at which it accepted the answer. Everything shares this machine: so the processor time
that each process took for one message is printed beside the waits.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

# Before Django's settings are read, as for the tests.
_DIRECTORY = Path(tempfile.mkdtemp(prefix="bench"))
os.environ |= {"DATA_DIR": str(_DIRECTORY), "TELEGRAM_BOT_TOKEN": "", "TEMPORAL_ADDRESS": ""}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402
import psutil  # noqa: E402

from tests.acceptance.harness.background import Background  # noqa: E402
from tests.acceptance.harness.botapi import BotApi, Chat  # noqa: E402
from tests.acceptance.harness.database import Databases  # noqa: E402
from tests.acceptance.harness.waiting import until  # noqa: E402
from tests.acceptance.harness.world import World  # noqa: E402

MESSAGES, PEOPLE = 500, 20
# What twenty people write who say something every 13, 5, 2.5 and 1.5 seconds.
RATES = (1.5, 4.0, 8.0, 13.3)
PROMISED = 1.0  # seconds
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


def write(chats: list[Chat], rate: float) -> dict[int, list[float]]:
    """Send the messages at a steady rate; returns when each chat's were sent (Unix seconds)."""
    asked: dict[int, list[float]] = {chat.chat_id: [] for chat in chats}
    began = time.time()
    for number in range(MESSAGES):
        chat = chats[number % PEOPLE]
        pause = began + number / rate - time.time()
        if pause > 0:
            time.sleep(pause)
        asked[chat.chat_id].append(time.time())
        chat.say(KINDS[(number // PEOPLE + number) % len(KINDS)].format(n=number + 1))
    return asked


def processor(pids: list[int]) -> list[float]:
    """Return the seconds of processor time that each process has taken so far."""
    return [sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids]


def measure(world: World, api: BotApi, rate: float) -> None:
    """Run one round and print its line."""
    chats = [world.chat(f"P{number}") for number in range(PEOPLE)]
    bot = world.start()
    for chat in chats:
        chat.say("/timezone Berlin")
    until(lambda: len(world.sends()) == PEOPLE, 60, "every zone")
    pids = [bot.process.pid, bot.temporal_pid() or 0, api.process.pid, os.getpid()]
    before, began = processor(pids), time.time()
    asked = write(chats, rate)
    written = MESSAGES / (time.time() - began)
    until(lambda: len(world.sends()) >= PEOPLE + MESSAGES, 120, "every answer")
    used = [
        1000 * (now - then) / MESSAGES for now, then in zip(processor(pids), before, strict=True)
    ]
    waits: list[float] = []
    for chat in chats:
        answered = [sent.at for sent in world.sends(chat)][1:]
        waits += [then - when for when, then in zip(asked[chat.chat_id], answered, strict=True)]
    waits.sort()
    shares = "".join(
        f"{1000 * waits[int(share * (MESSAGES - 1))]:>8.0f}" for share in (0.5, 0.9, 0.99, 1)
    )
    late = sum(wait > PROMISED for wait in waits)
    cost = "".join(f"{each:>9.0f}" for each in used)
    print(
        f"{rate:>5.1f}{written:>9.1f}{shares}{late:>8}{cost}{os.getloadavg()[0]:>8.1f}", flush=True
    )


def main() -> None:
    """Print a table with a line for each rate."""
    django.setup()
    rates = [float(argument) for argument in sys.argv[1:]] or RATES
    background, api, databases = Background(), BotApi(_DIRECTORY / "api"), Databases(_DIRECTORY)
    print(
        f"{MESSAGES} mixed messages from {PEOPLE} people; waits in ms; processor ms for a message\n"
    )
    print(f"{'rate':>5}{'written':>9}{'p50':>8}{'p90':>8}{'p99':>8}{'worst':>8}{'> 1 s':>8}"
          f"{'bot':>9}{'Temporal':>9}{'Bot API':>9}{'people':>9}{'load':>8}")  # fmt: skip
    try:
        for number, rate in enumerate(rates):
            directory = _DIRECTORY / f"world{number}"
            directory.mkdir()
            world = World(background, api, databases.create("sqlite", directory), directory)
            try:
                measure(world, api, rate)
            finally:
                world.close()
    finally:
        api.close()
        databases.close()
        background.close()
        shutil.rmtree(_DIRECTORY, ignore_errors=True)


if __name__ == "__main__":
    main()
