import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, connections
from temporalio import activity, workflow

from bots.temporal import build_worker, connect

pytestmark = [pytest.mark.acceptance, pytest.mark.django_db(transaction=True)]


@activity.defn
def leave_a_dead_connection() -> str:
    connection.ensure_connection()
    connection.connection.close()
    connection.close_at = 0
    return threading.current_thread().name


@activity.defn
def use_the_connection() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 41 + 1")
        return cursor.fetchone()[0]


@activity.defn
async def stay_on_the_loop() -> str:
    return threading.current_thread().name


@workflow.defn(sandboxed=False)
class Steps:
    @workflow.run
    async def run(self) -> list[str]:
        within = timedelta(seconds=5)
        steps = (leave_a_dead_connection, use_the_connection, stay_on_the_loop)
        return [
            str(await workflow.execute_activity(step, schedule_to_close_timeout=within))
            for step in steps
        ]


@workflow.defn(sandboxed=False)
class Use:
    @workflow.run
    async def run(self) -> int:
        within = timedelta(seconds=5)
        return await workflow.execute_activity(use_the_connection, schedule_to_close_timeout=within)


async def test_a_thread_drops_a_dead_connection_before_its_next_activity(
    embedded, settings, monkeypatch
):
    # One thread, so that the second activity meets what the first left behind.
    monkeypatch.setattr("bots.temporal.ACTIVITY_THREADS", 1)
    settings.TEMPORAL_TASK_QUEUE = queue = f"q-{uuid.uuid4()}"
    client = await connect(target=embedded.address)
    activities = [leave_a_dead_connection, use_the_connection, stay_on_the_loop]
    async with build_worker(client, [Steps], activities):
        answers = await client.execute_workflow(Steps.run, id=queue, task_queue=queue)
    thread, answer, loop_thread = answers
    assert thread.startswith("activity")
    assert answer == "42"
    assert loop_thread == threading.main_thread().name


async def test_a_stopped_worker_leaves_no_thread_and_no_connection_behind(
    embedded, settings, monkeypatch
):
    settings.TEMPORAL_TASK_QUEUE = queue = f"q-{uuid.uuid4()}"
    closed = []
    wrapper = connections["default"].__class__
    close = wrapper._close
    monkeypatch.setattr(wrapper, "_close", lambda self: closed.append(1) or close(self))
    client = await connect(target=embedded.address)
    activities = [use_the_connection]
    async with build_worker(client, [Use], activities):
        await client.execute_workflow(Use.run, id=queue, task_queue=queue)
        assert closed == []
    assert closed == [1]
    left = [each for each in threading.enumerate() if each.name.startswith("activity")]
    for thread in left:
        thread.join(5)
        assert not thread.is_alive()
