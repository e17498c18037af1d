"""Several writers on one SQLite file: they wait for each other and none is refused."""

import threading
import time
from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.utils import timezone

from bots import inbox
from bots.link import link
from bots.models import Bot, Update
from conversations.models import Chat
from reminders.creating import Wish, create
from reminders.models import Reminder
from reminders.operators import Target, apply_batch, request, result_of
from reminders.when.meaning import Kind, Meaning
from tests.machine import within


@pytest.mark.django_db(transaction=True)
@pytest.mark.fault_row(19, "three writers and an operator's bulk action on SQLite")
def test_writers_wait_for_each_other_and_never_fail(row, full, monkeypatch):
    monkeypatch.setattr(link, "nudge", lambda work, **_: None)
    chat = Chat.objects.create(bot=Bot.objects.create(pk=19), chat_id=19, timezone="UTC")
    operator = get_user_model().objects.create_superuser("olga")
    crowd = Crowd(400 if full else 100)
    due = timezone.now() + timedelta(days=1)
    meaning = Meaning(Kind.INSTANT, "item", due)
    targets = [
        Target(made.pk, made.revision, {})
        for made in (create(chat, Wish(text="item"), meaning) for _ in range(crowd.each))
    ]
    batch = request(operator, "cancel", targets)
    crowd.run(
        *(partial(crowd.store, writer) for writer in range(3)),
        lambda: apply_batch(batch, within=60),
    )
    count = Update.objects.count()
    row.injected = count
    row.figure = f"{count} stored, {result_of(batch)}, longest wait {max(crowd.waits):.2f} s"
    assert crowd.errors == []
    assert count == 3 * crowd.each
    assert set(Reminder.objects.values_list("state", flat=True)) == {"cancelled"}
    assert max(crowd.waits) < within(2)


class Crowd:
    """Several writers at once, each on a connection of its own."""

    def __init__(self, each: int) -> None:
        self.each = each
        self.waits: list[float] = []
        self.errors: list[Exception] = []

    def store(self, writer: int) -> None:
        for number in range(self.each):
            began = time.monotonic()
            inbox.store(19, {"update_id": writer * 100_000 + number + 1})
            self.waits.append(time.monotonic() - began)

    def run(self, *works) -> None:
        threads = [threading.Thread(target=self._work, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _work(self, work) -> None:
        try:
            work()
        except DatabaseError as error:
            self.errors.append(error)
        finally:
            connection.close()
