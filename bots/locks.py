"""A file lock that a child process can keep, and that is free once its last holder died."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any, Self


class FileLock:
    """An exclusive lock on a file, held until `release` and by each child given `fileno`."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.fileno = descriptor

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """Return the lock, or None when someone else holds it."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return cls(path, descriptor)

    def write(self, note: dict[str, Any]) -> None:
        """Replace the file's text by a note for whoever finds the lock taken."""
        text = json.dumps(note).encode()
        os.ftruncate(self.fileno, 0)
        os.pwrite(self.fileno, text, 0)

    def release(self) -> None:
        """Close our hold; the lock stays taken while a child has it."""
        os.close(self.fileno)


def is_free(path: Path) -> bool:
    """Say whether nobody holds the lock."""
    if not path.exists():
        return True
    lock = FileLock.take(path)
    if lock is None:
        return False
    lock.release()
    return True


def note(path: Path) -> dict[str, Any]:
    """Return the note in a lock's file; empty when there is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
