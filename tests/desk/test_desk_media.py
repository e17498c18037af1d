"""Files of a conversation: fetched on demand, checked, passed through without their address."""

import asyncio
import contextlib

import pytest
from django.test import AsyncClient
from django.urls import reverse

from bots.errors import CallError
from bots.files import FileTooLargeError, download
from bots.telegram import Line, lines
from conversations.desk import media
from conversations.operators import AuditEntry
from tests.desk.conftest import hear

pytestmark = pytest.mark.django_db
SECRET = "1000001:" + "s" * 35
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 30_000


@pytest.fixture
def picture(chat):
    params = {
        "attachment": "photo",
        "file_id": "abc",
        "file_size": len(PNG),
        "file_name": "köter.png",
    }
    return hear(chat, "", kind="photo", params=params)


def address(row):
    return reverse("admin:conversations_chat_media", args=[row.chat_id, row.pk])


@pytest.fixture
def telegram(monkeypatch):
    """Replaces the line's edge: what the file store answers is set by the test."""
    store = {"parts": [PNG[:70_000], PNG[70_000:]], "asked": []}

    async def fake(line, file_id, largest):
        store["asked"].append((file_id, largest))
        for part in store["parts"]:
            if isinstance(part, Exception):
                raise part
            yield part

    monkeypatch.setattr(media, "download", fake)
    monkeypatch.setattr(lines, "of", lambda bot_id: object())
    return store


@pytest.mark.django_db(transaction=True)
async def test_a_picture_is_passed_through_and_the_look_written_down(operator, picture, telegram):
    client = AsyncClient()
    await client.aforce_login(operator)
    answered = await client.get(address(picture))
    assert answered["Content-Type"] == "image/png"
    assert answered["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answered["Content-Security-Policy"]
    assert answered["Content-Disposition"].startswith("inline")
    assert "no-store" in answered["Cache-Control"]
    assert b"".join([part async for part in answered.streaming_content]) == PNG
    assert telegram["asked"] == [("abc", 20_000_000)]
    assert (await AuditEntry.objects.aget()).verb == "fetched file"


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"<html><script>", b"%PDF-1.7", b""])
def test_anything_a_browser_could_run_is_only_saved(desk, picture, telegram, content):
    telegram["parts"] = [content]
    answered = desk.get(address(picture))
    assert answered["Content-Type"] == "application/octet-stream"
    assert answered["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(("error", "status"), [(FileTooLargeError(), 413), (None, 503)])
def test_what_cannot_be_fetched_is_said_kindly(desk, picture, telegram, monkeypatch, error, status):
    if error:
        telegram["parts"] = [error]
    else:
        monkeypatch.setattr(lines, "of", lambda bot_id: {}[bot_id])
    answered = desk.get(address(picture))
    assert answered.status_code == status
    assert answered["Content-Type"].startswith("text/plain")


def test_a_file_needs_the_right_to_read_and_its_own_chat(viewer, desk, bot, picture, telegram):
    assert viewer.get(address(picture)).status_code == 403
    other = reverse("admin:conversations_chat_media", args=[picture.chat_id + 1, picture.pk])
    assert desk.get(other).status_code == 404
    words = hear(picture.chat, "no file here")
    assert desk.get(address(words)).status_code == 404
    assert desk.post(address(picture)).status_code == 405
    assert telegram["asked"] == []


def test_strangers_fetch_nothing(client, picture, telegram):
    assert client.get(address(picture)).status_code == 403
    assert telegram["asked"] == []


@contextlib.asynccontextmanager
async def file_server(answers):
    """A file server that tells one answer for every path, on a free port."""
    seen = []

    async def handle(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = head.split()[1]
        seen.append(path)
        length = next((int(line.split(":")[1]) for line in head.splitlines()
                       if line.lower().startswith("content-length")), 0)  # fmt: skip
        await reader.readexactly(length)
        status, body = answers(path)
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n"
                     "Connection: close\r\n\r\n".encode() + body)  # fmt: skip
        with contextlib.suppress(ConnectionError):
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], seen


def get_file(path, size=100):
    return ('{"ok": true, "result": {"file_id": "abc", "file_unique_id": "u", '
            f'"file_size": {size}, "file_path": "{path}"}}}}').encode()  # fmt: skip


async def fetch(settings, answers, largest=1000):
    async with file_server(answers) as (port, seen):
        settings.TELEGRAM_API_URL = f"http://127.0.0.1:{port}"
        line = Line(SECRET)
        try:
            return b"".join([part async for part in download(line, "abc", largest)]), seen
        finally:
            for request in line._request:
                await request.shutdown()


async def test_a_file_comes_from_the_bots_own_folder(settings):
    def answers(path):
        return (200, get_file("photos/1.jpg")) if "getFile" in path else (200, b"\xff\xd8\xffdata")

    content, seen = await fetch(settings, answers)
    assert content == b"\xff\xd8\xffdata"
    assert seen[-1] == f"/file/bot{SECRET}/photos/1.jpg"


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "http://evil.example/x", ""])
async def test_a_path_that_leaves_the_folder_is_refused(settings, path):
    with pytest.raises(CallError):
        await fetch(settings, lambda asked: (200, get_file(path)))


@pytest.mark.parametrize("told", [50, 5000])
async def test_a_file_over_the_limit_is_cut_whatever_size_was_told(settings, told):
    def answers(path):
        return (200, get_file("a.bin", told)) if "getFile" in path else (200, b"x" * 5000)

    with pytest.raises(FileTooLargeError):
        await fetch(settings, answers)


async def test_a_failing_file_server_gives_an_error_without_the_address(settings):
    def answers(path):
        return (200, get_file("a.bin")) if "getFile" in path else (404, b"gone")

    with pytest.raises(CallError) as caught:
        await fetch(settings, answers)
    assert SECRET not in str(caught.value)
