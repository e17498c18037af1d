"""Something blocks the event loop."""

import asyncio
import time

import pytest

from config.loopwatch import LOOK_EVERY, TOO_LONG, lag, watch_loop
from config.runtime import Runtime
from tests.machine import within

BLOCKED = 3.0  # seconds


@pytest.mark.fault_row(51, "the event loop is blocked for 3 s")
async def test_a_blocked_loop_is_noticed_and_loses_no_task(row, caplog):
    watch = asyncio.create_task(watch_loop())
    done: list[int] = []

    async def work(number: int) -> None:
        await asyncio.sleep(LOOK_EVERY + number / 1000)
        done.append(number)

    tasks = [asyncio.create_task(work(number)) for number in range(200)]
    await asyncio.sleep(LOOK_EVERY / 2)
    time.sleep(BLOCKED)  # noqa: ASYNC251  # this is the fault
    row.injected += 1
    await asyncio.gather(*tasks)
    await asyncio.sleep(2 * LOOK_EVERY)
    watch.cancel()
    (alarm,) = [record for record in caplog.records if record.message == "event loop blocked"]
    assert alarm.seconds >= BLOCKED - LOOK_EVERY - 0.1
    assert lag(1.0) >= BLOCKED - LOOK_EVERY - 0.1
    assert lag(0.0) < within(1.0)
    assert len(done) == 200
    row.figure = f"alarm: {alarm.seconds} s; 200 of 200 tasks done"


async def test_a_loop_that_turns_raises_no_alarm(caplog):
    watch = asyncio.create_task(watch_loop())
    await asyncio.sleep(3 * LOOK_EVERY)
    time.sleep(TOO_LONG / 4)  # noqa: ASYNC251
    await asyncio.sleep(2 * LOOK_EVERY)
    watch.cancel()
    assert "event loop blocked" not in caplog.text


def test_every_process_watches_its_loop():
    runtime = Runtime(("web",))
    runtime._add_parts()
    assert "loop" in {part.name for part in runtime.supervisor.parts}
