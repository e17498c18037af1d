"""What the tests of the promises share: an account at Telegram that is only a list of ids."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connections

from bots import database, probing
from bots.telegram import lines
from tests.reliability.account import BOT_ID, Account


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """The bot's account, in place of the wire."""
    made = Account()
    monkeypatch.setitem(lines._lines, BOT_ID, made)
    monkeypatch.setattr(probing, "INTERVAL", 0.0)
    monkeypatch.setattr(probing.trust, "_until", {})
    monkeypatch.setattr(probing.trust, "_tested", set())
    monkeypatch.setattr("conversations.logchat._latest", {})
    yield made
    close_database_threads()


def close_database_threads() -> None:
    """Close the connections the bridge's threads hold, so that the test database can be dropped."""
    count = database._threads._max_workers
    together = threading.Barrier(count, timeout=20)

    def close() -> None:
        together.wait()
        connections.close_all()

    for ended in [database._threads.submit(close) for _ in range(count)]:
        ended.result()
