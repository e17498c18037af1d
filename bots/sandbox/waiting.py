"""Wake the long polls: each waits for a key, and whoever commits something new wakes that key."""

import asyncio
from collections import defaultdict

from django.db import transaction

# Another process may have written meanwhile, so a waiting poll looks again this often (seconds).
LOOK_AGAIN = 1.0
FEED = "feed"

_sleepers: dict[str, set["Sleeper"]] = defaultdict(set)
_state = {"closing": False}


class Sleeper:
    """One long poll that waits for its key."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.replaced = False
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    def __enter__(self) -> "Sleeper":
        _sleepers[self.key].add(self)
        return self

    def __exit__(self, *_: object) -> None:
        others = _sleepers[self.key]
        others.discard(self)
        if not others:
            del _sleepers[self.key]

    @property
    def dismissed(self) -> bool:
        """True when the answer must go out at once, with or without news."""
        return self.replaced or _state["closing"]

    def wake(self) -> None:
        """Wake the poll; may be called from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._event.set)

    async def sleep(self, seconds: float) -> None:
        """Wait until woken, at most so many seconds."""
        try:
            await asyncio.wait_for(self._event.wait(), min(seconds, LOOK_AGAIN))
        except TimeoutError:
            return
        self._event.clear()


def wake(key: str) -> None:
    """Wake every poll that waits for the key."""
    for sleeper in list(_sleepers.get(key, ())):
        sleeper.wake()


def wake_on_commit(key: str) -> None:
    """Wake the key's polls once what they wait for can be read."""
    transaction.on_commit(lambda: wake(key))


def replace(key: str) -> None:
    """Send the older polls of the key away: only one may run."""
    for sleeper in list(_sleepers.get(key, ())):
        sleeper.replaced = True
        sleeper.wake()


def release_all() -> None:
    """Answer every waiting poll now, because the server stops."""
    _state["closing"] = True
    for key in list(_sleepers):
        wake(key)


def accept_again() -> None:
    """Let polls wait again after `release_all`, for a server that starts anew in this process."""
    _state["closing"] = False
