"""SQLite's writers of one process wait for each other in order, and none finds the lock taken."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

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


def test_a_transaction_that_cannot_begin_keeps_no_turn():
    holder = connection.copy()
    holder.inc_thread_sharing()
    try:
        with holder.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")  # as another process would
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=0")
        with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
            pass
        assert not base._turn.locked()
    finally:
        holder.close()
        connection.close()
