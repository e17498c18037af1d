"""A bot under load for a while: people who set reminders and talk, an operator, deaths, and a doctor."""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass

import httpx
import psutil

from tests.acceptance.harness.operator import Operator
from tests.acceptance.harness.waiting import until

PER_SECOND = 2  # reminders: 120 a minute
AHEAD = (20, 40)  # seconds: many, else what one death holds up is never due at the next
TALKERS = 10
PER_PERSON = 18  # reminders one person sets: a person may set twenty within an hour
ORDER_EVERY = 2.0  # seconds between an operator's orders
SAMPLE_EVERY = 1.0
ADMIN = "/admin/reminders/reminder/order"
ORDERS = (("cancel", {}), ("reschedule", {"when": "in 20 seconds"}), ("send_now", {}))


@dataclass(frozen=True)
class Death:
    """One SIGKILL; moments are seconds after it, of the new process."""

    with_temporal: bool
    polled: float
    sent: float


@dataclass(frozen=True)
class Life:
    """What one process took: bytes and descriptors, at first and at the most."""

    seconds: float
    first_memory: int
    most_memory: int
    most_files: int
    last_files: int


class Soak:
    """One soak: its load, its deaths and what was measured."""

    def __init__(self, world, bot, seconds: int) -> None:
        self.world, self.bot, self.seconds = world, bot, seconds
        people = max(TALKERS, -(-seconds * PER_SECOND // PER_PERSON))
        self.chats = [world.chat(f"P{number}") for number in range(people)]
        self.set = self.said = 0
        self.orders: dict[str, int] = defaultdict(int)
        self.deaths: list[Death] = []
        self._samples: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
        self._temporal: list[int] = []
        self._chosen = random.Random(59)
        self._over = threading.Event()

    @contextmanager
    def load(self) -> Iterator[None]:
        """Have people and an operator at work meanwhile; their own errors are raised at the end."""
        with ThreadPoolExecutor() as actors:
            running = [actors.submit(act) for act in (self._people, self._operator)]
            try:
                yield
            finally:
                self._over.set()
            for one in running:
                one.result()

    @contextmanager
    def doctor(self) -> Iterator[None]:
        """Measure the processes meanwhile."""
        over = threading.Event()

        def measure() -> None:
            while not over.wait(SAMPLE_EVERY):
                self._sample()

        with ThreadPoolExecutor() as doctor:
            running = doctor.submit(measure)
            try:
                yield
            finally:
                over.set()
            running.result()

    def _people(self) -> None:
        """Each second some set reminders and one of the talkers says something."""
        began, second = time.time(), 0
        while not self._over.wait(max(0.0, began + second - time.time())):
            second += 1
            talker = self.chats[second % TALKERS]
            written = [(talker, f"/ping talk {self.said:04}")]
            for _ in range(PER_SECOND):
                chat = self.chats[self.set % len(self.chats)]
                ahead = self._chosen.randint(*AHEAD)
                written.append((chat, f"/remind in {ahead} seconds item {self.set:04}"))
                self.set += 1
            self.said += 1
            self.world.api.enqueue(written)

    def _operator(self) -> None:
        """Cancel, move and send reminders by the pages of the bot; while it is dead nothing answers."""
        olga = Operator(self.bot)
        with closing(olga.http):
            self._give_orders(olga)

    def _give_orders(self, olga: Operator) -> None:
        turn = 0
        while not self._over.wait(ORDER_EVERY):
            rows = self.world.rows(
                "SELECT id FROM reminders_reminder WHERE state = 'active' ORDER BY id DESC LIMIT 40"
            )
            if not rows:
                continue
            verb, more = ORDERS[turn % len(ORDERS)]
            pk = self._chosen.choice(rows)["id"]
            try:
                olga.submit(f"{ADMIN}/{verb}/", form_url=f"{ADMIN}/{verb}/?id={pk}", **more)
            except httpx.TransportError:
                self.orders["unheard"] += 1
                continue
            self.orders[verb] += 1
            turn += 1

    def kill(self, *, with_temporal: bool) -> None:
        """SIGKILL the bot, and its server where it dies with it; start it again at once."""
        polls, sends = (len(self.world.proxy.named(name)) for name in ("getUpdates", "sendMessage"))
        killed = time.time()
        self.bot.kill()
        if with_temporal:
            self.bot.kill_temporal()
        self.bot.launch()
        polled = self._first("getUpdates", polls, killed)
        sent = self._first("sendMessage", sends, killed)
        self.deaths.append(Death(with_temporal, polled - killed, sent - killed))

    def _first(self, method: str, before: int, killed: float) -> float:
        """Return when the new process made its first call; what the old one wrote comes in at once."""
        born = killed + 0.5

        def found():
            calls = self.world.proxy.named(method)[before:]
            return next((call.began for call in calls if call.began > born), 0.0)

        return until(found, 60, f"the first {method} of the new process")

    def settle(self) -> None:
        """Wait until everything that was asked for is done."""
        made = "SELECT count(*) FROM reminders_reminder"
        until(lambda: self.world.database.value(made) == self.set, 60, f"{self.set} reminders")
        waiting = f"{made} WHERE state NOT IN ('finished', 'cancelled')"
        until(
            lambda: self.world.database.value(waiting) == 0, AHEAD[1] + 90, "every reminder's end"
        )
        claimed = "SELECT count(*) FROM reminders_delivery WHERE state = 'claimed'"
        until(lambda: self.world.database.value(claimed) == 0, 90, "every delivery's end")
        until(lambda: not self.world.unfinished(), 90, "all settled")

    def _sample(self) -> None:
        process = self.bot.process
        try:
            one = (time.time() - process.began, process.memory(), process.open_files())
            pid = self.bot.temporal_pid()
            server = psutil.Process(pid).memory_info().rss if pid else 0
        except psutil.Error:
            return  # it died this moment
        self._samples[process.pid].append(one)
        self._temporal.append(server)

    @property
    def lives(self) -> list[Life]:
        """What each process took, from the moment it was at work."""
        found = []
        for samples in self._samples.values():
            if steady := [one for one in samples if one[0] > 8]:
                _, memory, files = zip(*steady, strict=True)
                found.append(Life(samples[-1][0], memory[0], max(memory), max(files), files[-1]))
        return found

    @property
    def temporal_memory(self) -> tuple[int, int]:
        """Bytes the Temporal server took at the end and at the most."""
        return self._temporal[-1], max(self._temporal)
