"""Django's SQLite backend, with this process's writers in a queue of their own.

SQLite lets a waiting writer sleep for up to 100 ms and look again, so that under load the lock lies idle
while everybody sleeps, and some never find it free. Here the next one is woken when a transaction ends;
only writers of other processes still wait in SQLite's way.
"""

from threading import Lock
from typing import Any

from django.db.backends.sqlite3 import base

PATIENCE = 20.0  # seconds, as SQLite's own timeout: then SQLite decides

_turn = Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions wait for their turn in this process."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        self._has_turn = _turn.acquire(timeout=PATIENCE)
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # not in the stubs
        finally:
            self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            _turn.release()
