import asyncio
import logging
from contextlib import asynccontextmanager

import pytest
from django.core.checks import run_checks

from config import deadman, health
from tests.machine import within

SECRET = "4f1c0a7e-canary"


@asynccontextmanager
async def monitor(status: str = "200 OK"):
    """A monitor on loopback; yields the paths it is asked for."""
    asked: asyncio.Queue[str] = asyncio.Queue()

    async def serve(reader, writer):
        line = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()
        await asked.put(line)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/{SECRET}", asked
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def reporting(url: str):
    task = asyncio.create_task(deadman.report_health(url, interval=0.01))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def healthy(monkeypatch, states):
    """Have health found well or not, one state after the other; says when all were used."""
    used = asyncio.Event()
    left = iter(states)

    async def report():
        well = next(left, None)
        if well is None:
            used.set()
            await asyncio.Event().wait()
        return {"ok": well, "temporal": {"ok": well}}

    monkeypatch.setattr(health, "report", report)
    return used


async def test_the_monitor_hears_of_health_and_only_of_health(monkeypatch, caplog):
    used = healthy(monkeypatch, [True, False, False, True])
    async with monitor() as (url, asked), reporting(url):
        await asyncio.wait_for(used.wait(), within(20))
        assert [asked.get_nowait() for _ in range(asked.qsize())] == [f"/{SECRET}"] * 2
    assert [record.bad for record in caplog.records if hasattr(record, "bad")] == [["temporal"]] * 2


async def test_a_monitor_that_is_away_is_no_trouble_and_its_address_is_not_logged(
    monkeypatch, caplog
):
    caplog.set_level(logging.WARNING)
    used = healthy(monkeypatch, [True, True])
    async with monitor("503 Away") as (url, asked), reporting(url):
        await asyncio.wait_for(used.wait(), within(20))
        assert asked.qsize() == 2
    assert caplog.text.count("the monitor was not reached") == 2
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("url", "wrong"), [("", False), ("https://example.org/x", False), ("example", True)]
)
def test_an_address_that_cannot_be_asked_is_refused_at_the_start(settings, url, wrong):
    settings.HEARTBEAT_URL = url
    assert ("config.E020" in {found.id for found in run_checks()}) is wrong
