"""SQLite's writers wait: of one process in order, for other processes again and again and not for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from bots.models import Bot
from config.sqlite import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the queue is SQLite's"),
]
WRITERS, ROUNDS = 8, 25


def raise_counter(_):
    """Read, add one and write, on a connection that does not wait for SQLite's lock at all."""
    try:
        connection.execute_wrappers.remove(base.retry_while_locked)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=0")
        for _ in range(ROUNDS):
            with transaction.atomic():
                bot = Bot.objects.get(pk=42)
                bot.highest_message_id += 1
                bot.save(update_fields=["highest_message_id"])
    finally:
        connection.close()


def lose_the_connection():
    with transaction.atomic():
        assert base._turn.locked()
        connection.close()
        Bot.objects.count()


def test_writers_wait_for_their_turn_and_not_in_sqlite():
    Bot.objects.create(pk=42)
    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(raise_counter, range(WRITERS)))
    assert Bot.objects.get(pk=42).highest_message_id == WRITERS * ROUNDS


def test_a_turn_ends_with_its_transaction_however_it_ends():
    with transaction.atomic():
        assert base._turn.locked()
    assert not base._turn.locked()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert not base._turn.locked()
    with pytest.raises(DatabaseError):
        lose_the_connection()
    assert not base._turn.locked()


def test_a_transaction_that_cannot_begin_keeps_no_turn(monkeypatch):
    holder = connection.copy()
    holder.inc_thread_sharing()
    try:
        with holder.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")  # as another process would
        monkeypatch.setattr(base, "LONGEST_WAIT", 0.02)
        with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
            pass
        assert not base._turn.locked()
    finally:
        holder.close()
        connection.close()


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
    assert base.retry_while_locked(file.execute, "BEGIN", None, False, {}) == "done: BEGIN"
    assert file.asked == 4


def test_a_lock_that_stays_is_an_error_in_the_end(monkeypatch):
    monkeypatch.setattr(base, "LONGEST_WAIT", 0.02)
    file = File(*["database is locked"] * 10_000)
    with pytest.raises(OperationalError):
        base.retry_while_locked(file.execute, "BEGIN", None, False, {})
    assert file.asked > 1


def test_a_full_disk_is_an_error_at_once():
    file = File("database or disk is full")
    with pytest.raises(OperationalError):
        base.retry_while_locked(file.execute, "BEGIN", None, False, {})
    assert file.asked == 1
