"""Nudges need no server: the client is only handed through."""

import asyncio
import logging
import threading
from unittest.mock import sentinel

import pytest

from bots import link as link_module
from bots.link import Link
from tests.machine import within


@pytest.fixture
async def link():
    link = Link()
    link.open(sentinel.client)
    yield link
    await link.close()


def from_another_thread(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


async def test_a_nudge_from_another_thread_runs_on_the_loop_with_the_client(link):
    seen = asyncio.Queue()

    async def call(client):
        seen.put_nowait((client, threading.current_thread()))

    from_another_thread(lambda: link.nudge(call))
    async with asyncio.timeout(within(5)):
        assert await seen.get() == (sentinel.client, threading.main_thread())


async def test_without_a_running_bot_a_nudge_does_nothing_and_says_so(caplog):
    caplog.set_level(logging.DEBUG)
    assert Link().nudge(lambda _: pytest.fail("it must not be called")) is False
    assert "nudge_without_link" in caplog.text


async def test_a_failing_nudge_is_logged_without_its_text_and_never_raised(link, caplog):
    done = asyncio.Event()

    async def call(client):
        done.set()
        raise ValueError("call the dentist")

    assert link.nudge(call)
    async with asyncio.timeout(within(5)):
        await done.wait()
    await link.close()
    (record,) = caplog.records
    assert (record.getMessage(), record.error) == ("nudge_failed", "ValueError")


async def test_a_nudge_that_hangs_is_given_up(link, monkeypatch, caplog):
    monkeypatch.setattr(link_module, "NUDGE_SECONDS", 0.05)
    link.nudge(lambda _: asyncio.Event().wait())
    async with asyncio.timeout(within(5)):
        while not caplog.records:
            await asyncio.sleep(0.01)
    assert caplog.records[0].error == "TimeoutError"


async def test_an_urgent_nudge_does_not_wait_behind_a_burst(link):
    gate, urgent = asyncio.Event(), asyncio.Event()

    async def call(client):
        urgent.set()

    for _ in range(link_module.MOST_AT_ONCE + 1):
        link.nudge(lambda _: gate.wait())
    link.nudge(call, urgent=True)
    async with asyncio.timeout(within(5)):
        await urgent.wait()
    assert not gate.is_set()
    gate.set()


async def test_a_flood_is_refused_beyond_the_limit_and_taken_again_later(link, monkeypatch, caplog):
    monkeypatch.setattr(link_module, "MOST_WAITING", 3)
    gate, ran = asyncio.Event(), []

    async def call(client):
        await gate.wait()
        ran.append(1)

    assert [link.nudge(call) for _ in range(5)] == [True, True, True, False, False]
    assert "nudge_refused" in caplog.text
    gate.set()
    async with asyncio.timeout(within(5)):
        while len(ran) < 3 or link._waiting:
            await asyncio.sleep(0.01)
    assert link.nudge(call) is True


async def test_only_so_many_run_at_one_time(link):
    running = most = 0

    async def call(client):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1

    for _ in range(200):
        assert link.nudge(call)
    await link.close()
    assert most == link_module.MOST_AT_ONCE


async def test_closing_waits_for_open_nudges_and_then_cancels_them(link, caplog):
    caplog.set_level(logging.INFO)
    finished = asyncio.Event()

    async def short(client):
        await asyncio.sleep(0.01)
        finished.set()

    link.nudge(short)
    link.nudge(lambda _: asyncio.Event().wait())
    await link.close(within=0.2)
    assert finished.is_set()
    assert [record.count for record in caplog.records] == [1]
    assert link.nudge(short) is False


def test_a_loop_that_was_closed_under_it_costs_nothing(caplog):
    link = Link()

    async def main():
        link.open(sentinel.client)

    asyncio.run(main())
    assert link.nudge(lambda _: pytest.fail("it must not be called")) is False
