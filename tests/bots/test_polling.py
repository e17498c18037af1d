"""The poller without its database: it waits, says so once, and polls again when the rows are back."""

import asyncio
from contextlib import suppress

import pytest
from django.db import OperationalError

from bots import polling
from bots.polling import LEASE, Poller
from tests.machine import within


class Row:
    """A bot's row in a database that is away for the first so many questions."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.asked = 0
        self.back = asyncio.Event()

    def take_lease(self, owner: str, seconds: float) -> bool:
        self.asked += 1
        if self.asked <= self.failures:
            raise OperationalError("the database is away")
        return True


@pytest.fixture
def poller(monkeypatch):
    monkeypatch.setattr(polling, "RENEWAL", 0.01)
    return Poller("15:poller", "test", lambda: None)


async def test_it_outlives_its_database(poller, monkeypatch, caplog):
    row = Row(failures=3)

    async def poll(bot) -> None:
        row.take_lease("test", LEASE)
        row.back.set()

    async def forget(function, *args) -> None:
        raise OperationalError("still away")

    monkeypatch.setattr(poller, "_poll_in_turn", poll)
    monkeypatch.setattr(polling, "in_database", forget)
    task = asyncio.create_task(poller.run())
    async with asyncio.timeout(within(5)):
        await row.back.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert task.cancelled(), "its end without a database is quiet"
    assert caplog.text.count("no polling without the database") == 1


async def test_the_lease_is_held_without_the_database_until_it_has_run_out(poller, monkeypatch):
    row = Row(failures=0)

    async def ask(function, *args):
        return function(*args)

    monkeypatch.setattr(polling, "in_database", ask)
    assert await poller._holds_lease(row)
    row.failures = 99
    assert await poller._holds_lease(row)
    poller._renewed -= LEASE + 1
    with pytest.raises(OperationalError):
        await poller._holds_lease(row)
