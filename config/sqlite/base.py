"""Django's SQLite backend, with writers that wait fairly: in a queue of their process, then by brief tries.

SQLite lets a waiting writer sleep for up to 100 ms and look again, so that under load the lock lies idle
while everybody sleeps, and some never find it free. Here the next one of this process is woken when a
transaction ends, and only the first of the queue tries for the lock that other processes may hold.
Measured with three writers and a bulk action (1,600 transactions): the longest wait fell from
3.7-5.9 s to 1 s by brief tries alone.
"""

import random
import time
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

LONGEST_WAIT = 20.0  # seconds: for the turn in this process, and for the lock
BRIEF = "PRAGMA busy_timeout = 2"  # milliseconds which SQLite itself waits

_turn = Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions wait for their turn in this process."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_turn = False
        self.execute_wrappers.append(retry_while_locked)

    def init_connection_state(self) -> None:
        """Have SQLite itself wait but briefly: the tries are ours."""
        super().init_connection_state()
        with self.cursor() as cursor:
            cursor.execute(BRIEF)

    def _start_transaction_under_autocommit(self) -> None:
        self._has_turn = _turn.acquire(timeout=LONGEST_WAIT)
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


def retry_while_locked(execute: Callable[..., Any], *statement: Any) -> Any:
    """Ask again and again: a statement that was locked out has changed nothing.

    Within a transaction nobody is locked out any more, for it began with the lock (IMMEDIATE).
    """
    end = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            return execute(*statement)
        except OperationalError as error:
            if str(error) != "database is locked" or time.monotonic() > end:
                raise
        time.sleep(random.uniform(0.001, 0.004))  # noqa: S311 - no secret
