import asyncio
import socket
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from config.asgi import application
from config.webserver import WebServer
from tests.machine import within

Wrapper = connections["default"].__class__


def count(monkeypatch, name: str) -> list[str]:
    """Write down each call of a method of every database connection."""
    method, calls = getattr(Wrapper, name), []

    def counting(self, *args):
        calls.append(threading.current_thread().name)
        return method(self, *args)

    monkeypatch.setattr(Wrapper, name, counting)
    return calls


async def fetch(port: int, path: str, headers: str = "") -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
    writer.write(request.encode())
    try:
        async with asyncio.timeout(within(20)):
            return await reader.read()
    finally:
        writer.close()


@pytest.mark.django_db(transaction=True)
async def test_it_serves_django_in_our_loop_with_its_static_files():
    async with WebServer(application, "127.0.0.1:0") as web:
        page = await fetch(web.port, "/admin/login/")
        assert page.startswith(b"HTTP/1.1 200")
        assert b"csrfmiddlewaretoken" in page
        assert b"Content-Security-Policy" in page or b"content-security-policy" in page
        assert b"server: uvicorn" not in page
        static = await fetch(web.port, "/static/admin/css/base.css")
        assert static.startswith(b"HTTP/1.1 200")
        assert b"text/css" in static
        assert len(static) > 10_000
    with pytest.raises(ConnectionRefusedError):
        await fetch(web.port, "/")


@pytest.mark.django_db(transaction=True)
async def test_a_request_leaves_no_database_connection_behind(monkeypatch):
    opened, closed = count(monkeypatch, "get_new_connection"), count(monkeypatch, "_close")
    async with WebServer(application, "127.0.0.1:0") as web:
        for _ in range(3):
            # A session that is asked for reads the database.
            await fetch(
                web.port, "/admin/", "Cookie: sessionid=unknownunknownunknownunknown1234\r\n"
            )
    assert len(opened) == len(closed) == 3


async def test_a_taken_port_is_one_line_that_names_the_setting():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ImproperlyConfigured, match=f"WEB_BIND=127.0.0.1:{port}: .*in use"):
            async with WebServer(application, f"127.0.0.1:{port}"):
                pass


async def test_a_request_in_progress_is_finished_and_a_hanging_one_does_not_hold_the_stop():
    begun, release = asyncio.Event(), asyncio.Event()

    async def slow(scope, receive, send):
        begun.set()
        if scope["path"] == "/slow":
            await release.wait()
        else:
            await asyncio.Event().wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"finished"})

    loop = asyncio.get_running_loop()
    async with WebServer(slow, "127.0.0.1:0") as web:
        good = asyncio.create_task(fetch(web.port, "/slow"))
        bad = asyncio.create_task(fetch(web.port, "/hangs"))
        await begun.wait()
        loop.call_later(0.3, release.set)
        began = loop.time()
    assert loop.time() - began < within(4)
    assert b"finished" in await good
    await bad


async def test_a_server_that_ends_is_noticed():
    async with WebServer(application, "127.0.0.1:0") as web:
        waiting = asyncio.create_task(web.wait())
        web._server.should_exit = True
        async with asyncio.timeout(within(5)):
            await waiting
