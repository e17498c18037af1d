"""`python -m tests.benchmarks`: how quick the bot is beside a bare PTB bot on the same server.

Prints tables; never part of the suite. Times are seen by the Bot API server's log of accepted sends.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

# Before Django's settings are read, as for the tests.
_DIRECTORY = Path(tempfile.mkdtemp(prefix="bench"))
os.environ |= {"DATA_DIR": str(_DIRECTORY), "TELEGRAM_BOT_TOKEN": "", "TEMPORAL_ADDRESS": ""}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402
import psutil  # noqa: E402

from tests.acceptance.harness.background import Background  # noqa: E402
from tests.acceptance.harness.botapi import BotApi, Chat, Sent  # noqa: E402
from tests.acceptance.harness.database import Databases  # noqa: E402
from tests.acceptance.harness.processes import Process, clean_environment  # noqa: E402
from tests.acceptance.harness.proxy import FaultProxy  # noqa: E402
from tests.acceptance.harness.waiting import until  # noqa: E402
from tests.acceptance.harness.world import World  # noqa: E402

ONE_AT_A_TIME = 200
QUEUED, CHATS = 500, 20


def percentile(values: list[float], share: float) -> float:
    """Return a percentile of seconds, in milliseconds."""
    ordered = sorted(values)
    return 1000 * ordered[int(share * (len(ordered) - 1))]


class Measured:
    """One bot under measurement: its chats and what the server accepted from it."""

    def __init__(self, name: str, api: BotApi, bot: int) -> None:
        self.name, self._api, self._bot = name, api, bot
        self.chats = [api.private_chat(bot, f"P{number}") for number in range(CHATS)]
        self._after = 0

    def answers(self) -> list[Sent]:
        return self._api.sends(self._bot, "sendMessage")

    def one_at_a_time(self) -> list[float]:
        """Return the seconds from each message to its answer's acceptance; chats take turns."""
        waits = []
        for number in range(ONE_AT_A_TIME):
            chat: Chat = self.chats[number % CHATS]
            asked = time.time()
            chat.say(f"/ping {number}")
            found = until(
                lambda n=number: self._answer(f"pong: {n}"), 30, f"the answer to {number}"
            )
            waits.append(found.at - asked)
        return waits

    def _answer(self, text: str) -> Sent | None:
        page = self._api.get("sends", bot=self._bot, after=self._after)["sends"]
        for row in page:
            self._after = row["id"]
            if row["text"] == text:
                return Sent(row["id"], row["at"], row["method"], row["chat_id"], 0, text, {})
        return None

    def queued(self) -> float:
        """Return messages answered per second, with all of them queued at once."""
        before = len(self.answers())
        began = time.time()
        self._api.enqueue([(self.chats[n % CHATS], f"/ping q{n}") for n in range(QUEUED)])
        until(lambda: len(self.answers()) - before >= QUEUED, 300, f"{QUEUED} answers")
        return QUEUED / (self.answers()[-1].at - began)


def bare_bot(url: str, token: str) -> Process:
    """Start the bare bot."""
    env = clean_environment(TOKEN=token, API=url)
    return Process([sys.executable, "-m", "tests.benchmarks.bare"], env, _DIRECTORY / "bare.log")


def memory(*processes: int) -> float:
    """Return the resident memory of processes in MiB."""
    return sum(psutil.Process(pid).memory_info().rss for pid in processes) / 2**20


def measure(title: str, measured: Measured, memory_of: Callable[[], float]) -> None:
    """Print one line of the table."""
    measured.answers()
    waits = measured.one_at_a_time()
    rate = measured.queued()
    print(
        f"{title:<22}{1000 * median(waits):>9.1f}{percentile(waits, 0.99):>9.1f}"
        f"{rate:>12.1f}{memory_of():>12.0f}",
        flush=True,
    )


def main() -> None:
    """Measure both bots on one server."""
    django.setup()
    background, api, databases = Background(), BotApi(_DIRECTORY / "api"), Databases(_DIRECTORY)
    (_DIRECTORY / "world").mkdir()
    world = World(
        background, api, databases.create("sqlite", _DIRECTORY / "world"), _DIRECTORY / "world"
    )
    try:
        began = time.time()
        bot = world.start()
        print(f"start to ready: {time.time() - began:.1f} s")
        bot.stop()
        began = time.time()
        world.start(bot)
        print(f"start to ready, second start: {time.time() - began:.1f} s\n")
        print(f"{'':<22}{'p50 ms':>9}{'p99 ms':>9}{'queued/s':>12}{'memory MiB':>12}")
        bare_token = "109999999:" + "bare_bot_" * 4
        bare_id = api.new_bot(bare_token)
        bare_line = FaultProxy(background, api.url)  # with no fault: the same way for both bots
        process = bare_bot(bare_line.url, bare_token)
        try:
            measure(
                "bare PTB echo bot", Measured("bare", api, bare_id), lambda: memory(process.pid)
            )
        finally:
            process.kill()
            bare_line.close()
        measure(
            "reminder bot", Measured("bot", api, world.bot_id),
            lambda: memory(bot.process.pid, bot.temporal_pid() or 0),
        )  # fmt: skip
        print(
            f"\nOne at a time: {ONE_AT_A_TIME} messages; queued: {QUEUED} messages from {CHATS} chats."
        )
        print(
            "The reminder bot paces itself to 30 sends a second, 1 a second and chat after a burst."
        )
    finally:
        world.close()
        api.close()
        databases.close()
        background.close()
        shutil.rmtree(_DIRECTORY, ignore_errors=True)


if __name__ == "__main__":
    main()
