"""Which sends were begun here and have not left yet: a page in a file, which outlives a killed process.

A process that dies between taking a send and making its call leaves a doubt that takes a minute to
decide. What still stands on its page has never left, and may be sent again at once.
"""

import os
import threading
from pathlib import Path

from django.conf import settings

from bots.locks import FileLock, is_free

PAGE = 4096  # bytes: written by one call, which a SIGKILL does not cut in two
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
KEPT = 50  # pages of dead processes; the others are of no use to anybody any more


class Departures:
    """The page of this process; its file is locked as long as the process lives, frozen or not."""

    def __init__(self) -> None:
        self._page: FileLock | None = None
        self._waiting: dict[str, None] = {}
        self._lock = threading.Lock()

    def open(self) -> None:
        """Begin the one page. Where the system names no boot there is none: each death leaves a doubt."""
        boot, place = _boot_id(), _place()
        if not boot or self._page is not None:
            return
        place.mkdir(parents=True, exist_ok=True)
        _forget_old(place)
        with self._lock:
            self._page = FileLock.take(place / f"{boot}.{os.getpid()}.{os.urandom(4).hex()}")
            self._write()

    def begin(self, key: str) -> None:
        """Note a send that is about to be taken; called before that is committed."""
        with self._lock:
            self._waiting[key] = None
            self._write()

    def leave(self, key: str) -> None:
        """Note that the call may have been made from now on; called right before it."""
        with self._lock:
            if key in self._waiting:
                del self._waiting[key]
                self._write()

    def _write(self) -> None:
        """Write the newest that find room: what is left out is a doubt after a death, and no mistake."""
        while sum(len(key) + 1 for key in self._waiting) > PAGE:
            del self._waiting[next(iter(self._waiting))]
        if self._page is not None:
            os.pwrite(self._page.fileno, "\n".join(self._waiting).encode().ljust(PAGE), 0)


def never_left(key: str) -> bool:
    """Say whether a process that is dead had begun this send and had not made its call."""
    boot = _boot_id()
    pages = _place().glob(f"{boot}.*") if boot else ()
    return any(is_free(page) and key in page.read_text(encoding="ascii").split() for page in pages)


def _place() -> Path:
    return Path(settings.DATA_DIR) / "departures"


def _boot_id() -> str:
    """Return what changes with each start of the machine: after a power cut a page may be an old one."""
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _forget_old(place: Path) -> None:
    pages = sorted(place.iterdir(), key=lambda page: page.stat().st_mtime)
    for page in pages[:-KEPT]:
        if is_free(page):
            page.unlink(missing_ok=True)


departures = Departures()
