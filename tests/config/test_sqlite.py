"""A locked SQLite file is asked for again and again, and not for ever; other errors are not waited out."""

import pytest
from django.db import OperationalError

from config import sqlite


class File:
    """Answers a statement with errors first."""

    def __init__(self, *errors: str) -> None:
        self.errors = list(errors)
        self.asked = 0

    def execute(self, sql: str, *_) -> str:
        self.asked += 1
        if self.errors:
            raise OperationalError(self.errors.pop(0))
        return f"done: {sql}"


def test_a_lock_is_waited_for():
    file = File(*["database is locked"] * 3)
    assert sqlite._retry_while_locked(file.execute, "BEGIN", None, False, {}) == "done: BEGIN"
    assert file.asked == 4


def test_a_lock_that_stays_is_an_error_in_the_end(monkeypatch):
    monkeypatch.setattr(sqlite, "LONGEST_WAIT", 0.02)
    file = File(*["database is locked"] * 10_000)
    with pytest.raises(OperationalError):
        sqlite._retry_while_locked(file.execute, "BEGIN", None, False, {})
    assert file.asked > 1


def test_a_full_disk_is_an_error_at_once():
    file = File("database or disk is full")
    with pytest.raises(OperationalError):
        sqlite._retry_while_locked(file.execute, "BEGIN", None, False, {})
    assert file.asked == 1
