"""Is Telegram there at all? While it is not, sends wait in their rows and hold no worker's slot."""

import time
from collections import defaultdict
from collections.abc import Callable

TRIP = 3  # failures in a row, with no answer between them, that mean an outage
SILENCE = 10.0  # seconds without any answer while calls are open that mean one, too
TRIAL_INTERVAL = 4.0  # seconds between trials during an outage: how late the end of one is noticed


class Circuit:
    """What one bot's calls say about the line: closed while answers come, open during an outage."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open_calls: dict[int, float] = {}
        self._last_answer = clock()
        self._failures = 0
        self._next_trial = 0.0
        self._counter = 0

    def begin(self) -> int:
        """Note that a call leaves; returns its ticket."""
        self._counter += 1
        self._open_calls[self._counter] = self._clock()
        return self._counter

    def end(self, ticket: int, *, answered: bool | None) -> None:
        """Note how a call ended: any answer, a refusal too, proves the line; None says nothing of it."""
        self._open_calls.pop(ticket, None)
        if answered:
            self._failures, self._last_answer = 0, self._clock()
        elif answered is not None:
            self._failures += 1

    @property
    def is_open(self) -> bool:
        """Whether there is an outage."""
        return self._failures >= TRIP or self._is_silent()

    def _is_silent(self) -> bool:
        if not self._open_calls:
            return False
        since = max(self._last_answer, min(self._open_calls.values()))
        return self._clock() - since > SILENCE

    def take_trial(self) -> float:
        """Return 0 to the one caller that may find out now, to others the seconds to come back after."""
        now = self._clock()
        if now < self._next_trial:
            return self._next_trial - now
        self._next_trial = now + TRIAL_INTERVAL
        return 0.0


class Circuits:
    """The circuits of this process, by bot."""

    def __init__(self) -> None:
        self._circuits: dict[int, Circuit] = defaultdict(Circuit)

    def of(self, bot_id: int) -> Circuit:
        """Return a bot's circuit."""
        return self._circuits[bot_id]


circuits = Circuits()
