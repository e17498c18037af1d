"""The supervisor with real signals, in a process of its own, and with parts that misbehave."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import supervisor as module
from config.supervisor import Supervisor
from tests.machine import within


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.02)


class Recorder:
    """Parts that write down what happens to them."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def context(self, name: str):
        events = self.events

        class Context:
            async def __aenter__(self):
                events.append(f"+{name}")
                return self

            async def __aexit__(self, *_):
                events.append(f"-{name}")

        return Context()

    async def coroutine(self, name: str) -> None:
        self.events.append(f"+{name}")
        try:
            await asyncio.Event().wait()
        finally:
            self.events.append(f"-{name}")


async def running(supervisor: Supervisor):
    task = asyncio.create_task(supervisor.run())
    async with asyncio.timeout(within(5)):
        while not all(part.state == "running" for part in supervisor.parts):
            await asyncio.sleep(0.005)
    return task


async def test_parts_start_in_order_and_stop_in_reverse():
    supervisor, seen = Supervisor(), Recorder()
    supervisor.add("first", lambda: seen.context("first"))
    supervisor.add("second", lambda: seen.coroutine("second"))
    supervisor.add("third", lambda: seen.context("third"))
    task = await running(supervisor)
    supervisor.stop.set()
    assert await task == 0
    assert seen.events == ["+first", "+second", "+third", "-third", "-second", "-first"]
    assert {part.state for part in supervisor.parts} == {"stopped"}


async def test_a_part_that_dies_is_restarted_and_the_others_do_not_notice(caplog):
    supervisor, seen, lives = Supervisor(), Recorder(), []

    async def mortal():
        lives.append(1)
        if len(lives) < 3:
            raise ValueError("oh")
        await asyncio.Event().wait()

    supervisor.add("steady", lambda: seen.context("steady"))
    part = supervisor.add("mortal", mortal)
    task = await running(supervisor)
    async with asyncio.timeout(within(5)):
        while len(lives) < 3:
            await asyncio.sleep(0.005)
    assert (part.restarts, part.error) == (2, "ValueError")
    assert seen.events == ["+steady"]
    assert [record.part for record in caplog.records] == ["mortal", "mortal"]
    supervisor.stop.set()
    assert await task == 0


async def test_a_part_that_merely_ends_counts_as_dead():
    supervisor, seen, lives = Supervisor(), Recorder(), []

    async def short():
        lives.append(1)
        if len(lives) > 1:
            await asyncio.Event().wait()

    part = supervisor.add("short", short)
    task = await running(supervisor)
    async with asyncio.timeout(within(5)):
        while len(lives) < 2:
            await asyncio.sleep(0.005)
    assert part.error == "PartEndedError"
    supervisor.stop.set()
    assert await task == 0
    assert seen.events == []


async def test_a_context_whose_wait_ends_is_closed_and_entered_again():
    supervisor, entered, left = Supervisor(), [], []

    class Server:
        async def __aenter__(self):
            entered.append(1)
            return self

        async def wait(self):
            if len(entered) > 1:
                await asyncio.Event().wait()

        async def __aexit__(self, *_):
            left.append(1)

    supervisor.add("server", Server)
    task = await running(supervisor)
    async with asyncio.timeout(within(5)):
        while len(entered) < 2:
            await asyncio.sleep(0.005)
    assert len(left) == 1
    supervisor.stop.set()
    await task
    assert len(left) == 2


async def test_a_part_that_keeps_dying_ends_the_process_and_the_others_stop_cleanly(caplog):
    supervisor, seen = Supervisor(), Recorder()

    async def hopeless():
        raise ValueError("oh")

    supervisor.add("first", lambda: seen.context("first"))
    part = supervisor.add("hopeless", hopeless)
    assert await supervisor.run() == 1
    assert part.restarts == module.MOST_DEATHS + 1
    assert part.state == "dead"
    assert seen.events == ["+first", "-first"]
    assert "part_keeps_dying" in caplog.text


async def test_deaths_far_apart_do_not_end_the_process(monkeypatch):
    monkeypatch.setattr(module, "DEATHS_WINDOW", -1.0)
    supervisor, lives = Supervisor(), []

    async def mortal():
        lives.append(1)
        raise ValueError("oh")

    supervisor.add("mortal", mortal)
    task = asyncio.create_task(supervisor.run())
    async with asyncio.timeout(within(10)):
        while len(lives) < module.MOST_DEATHS * 2:
            await asyncio.sleep(0.005)
    supervisor.stop.set()
    assert await task == 0


async def test_a_wrong_setting_is_not_tried_again(caplog):
    supervisor, tries = Supervisor(), []

    async def misconfigured():
        tries.append(1)
        raise ImproperlyConfigured("set WEB_BIND")

    supervisor.add("web", misconfigured)
    assert await supervisor.run() == 1
    assert len(tries) == 1
    assert "part_cannot_start: set WEB_BIND" in caplog.text


async def test_a_later_part_does_not_start_before_the_earlier_one_is_ready():
    supervisor, seen, tries = Supervisor(), Recorder(), []

    class Slow:
        async def __aenter__(self):
            tries.append(1)
            if len(tries) < 3:
                raise ValueError("not yet")
            seen.events.append("+slow")
            return self

        async def __aexit__(self, *_):
            pass

    supervisor.add("slow", Slow)
    supervisor.add("next", lambda: seen.context("next"))
    task = await running(supervisor)
    assert seen.events == ["+slow", "+next"]
    supervisor.stop.set()
    assert await task == 0


async def test_a_part_that_swallows_its_cancellation_is_not_started_again():
    supervisor, lives = Supervisor(), []

    async def drains():
        lives.append(1)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return

    supervisor.add("drains", drains)
    task = await running(supervisor)
    supervisor.stop.set()
    assert await task == 0
    assert len(lives) == 1


async def test_what_does_not_stop_is_left_behind_but_the_first_part_is_stopped(monkeypatch, caplog):
    monkeypatch.setattr(module, "STOP_SECONDS", 0.4)
    monkeypatch.setattr(module, "LAST_PART_SECONDS", 0.2)
    supervisor, seen, release = Supervisor(), Recorder(), asyncio.Event()

    async def stubborn():
        try:
            await asyncio.Event().wait()
        finally:
            await release.wait()

    supervisor.add("first", lambda: seen.context("first"))
    part = supervisor.add("stubborn", stubborn)
    task = await running(supervisor)
    supervisor.stop.set()
    assert await task == 1
    assert seen.events == ["+first", "-first"]
    assert "part_stopped_late" in caplog.text
    release.set()
    await asyncio.wait([part.task])


PROGRAM = """
import asyncio, sys
from config.supervisor import Supervisor

class First:
    async def __aenter__(self): return self
    async def __aexit__(self, *_): print("first stopped", flush=True)

async def second():
    print("ready", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(float(sys.argv[1]))
        print("second drained", flush=True)

async def main():
    supervisor = Supervisor()
    supervisor.add("first", First)
    supervisor.add("second", second)
    return await supervisor.run()

sys.exit(asyncio.run(main()))
"""


@pytest.fixture
def program():
    started = []

    def start(drain: str):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, drain],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_first_signal_drains_and_ends_cleanly(program, number):
    process = program("0.2")
    process.send_signal(number)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (0, "second drained\nfirst stopped\n"), err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_the_second_signal_ends_at_once(program, number, code):
    process = program("30")
    process.send_signal(number)
    began = time.monotonic()
    while process.poll() is None and time.monotonic() - began < 5:
        time.sleep(0.1)
        process.send_signal(number)
    assert process.wait(1) == code
    assert process.stdout.read() == ""
