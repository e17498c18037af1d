"""The reminder's workflow with recorded activities, on a server whose clock jumps to the next timer."""

import sysconfig
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from conversations.contracts import DELIVER
from reminders.contracts import ReminderInput
from reminders.workflows import ReminderWorkflow
from tests.machine import within
from tests.replay.recorders import Recorder, recording_worker

pytestmark = pytest.mark.acceptance
TEST_SERVER = Path(sysconfig.get_path("scripts")) / "temporal-test-server"


@pytest_asyncio.fixture
async def skipping() -> AsyncIterator[WorkflowEnvironment]:
    """A server that skips time: one for each test, because the time is the server's."""
    environment = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(TEST_SERVER)
    )
    async with environment:
        yield environment


async def begin(environment, reminder_id, queue):
    return await environment.client.start_workflow(
        ReminderWorkflow.run,
        ReminderInput(reminder_id),
        id=f"{queue}-{reminder_id}",
        task_queue=queue,
    )


async def send_began(handle) -> datetime:
    """Return when the first send was scheduled, by the server's own clock.

    Its time after the end says less: with an activity open, the server may skip to its time-out.
    """
    return next(
        event.event_time.ToDatetime(tzinfo=UTC)
        for event in (await handle.fetch_history()).events
        if event.activity_task_scheduled_event_attributes.activity_type.name == DELIVER
    )


async def test_a_reminder_in_60_seconds_is_sent_once_at_its_time(skipping):
    now = await skipping.get_current_time()
    recorder, queue = Recorder(dues={5: [now + timedelta(seconds=60)]}), str(uuid.uuid4())
    async with recording_worker(skipping.client, recorder, queue):
        handle = await begin(skipping, 5, queue)
        await handle.result()
    assert [call[0] for call in recorder.seen] == ["claim", "deliver", "record"]
    assert recorder.named("deliver") == [(5001,)]
    assert recorder.named("record") == [(1, "sent")]
    assert 60 <= (await send_began(handle) - now).total_seconds() < 60 + within(2)


async def test_a_series_that_is_sent_with_its_claims_needs_no_other_activity(skipping):
    now = await skipping.get_current_time()
    dues = [now + timedelta(seconds=60 * turn) for turn in (1, 2, 3)]
    recorder, queue = Recorder(dues={5: list(dues)}, sends_at_once=True), str(uuid.uuid4())
    async with recording_worker(skipping.client, recorder, queue):
        handle = await begin(skipping, 5, queue)
        await handle.result()
    assert [due for _, due in recorder.named("claim")] == dues
    events = (await handle.fetch_history()).events
    names = [event.activity_task_scheduled_event_attributes.activity_type.name for event in events]
    assert [name for name in names if name] == ["plan", "claim", "claim", "claim"]


async def test_two_reminders_are_sent_once_each(skipping):
    now = await skipping.get_current_time()
    recorder, queue = Recorder(), str(uuid.uuid4())
    recorder.dues = {5: [now + timedelta(days=30)], 6: [now + timedelta(seconds=60)]}
    async with recording_worker(skipping.client, recorder, queue):
        later, sooner = await begin(skipping, 5, queue), await begin(skipping, 6, queue)
        await sooner.result()
        await later.result()
    assert [call[0] for call in recorder.named("claim")] == [6, 5]
    assert len(recorder.named("deliver")) == 2
    assert len(recorder.named("record")) == 2


async def test_a_time_that_is_past_already_fires_at_once_and_never_fails(skipping):
    now = await skipping.get_current_time()
    recorder, queue = Recorder(dues={5: [now - timedelta(hours=2)]}), str(uuid.uuid4())
    async with recording_worker(skipping.client, recorder, queue):
        handle = await begin(skipping, 5, queue)
        await handle.result()
    assert len(recorder.named("deliver")) == 1
    assert (await send_began(handle) - now).total_seconds() < within(5)


async def test_a_nudge_moves_the_time_and_a_cancelled_row_ends_unsent(skipping):
    now = await skipping.get_current_time()
    recorder, queue = Recorder(dues={5: [now + timedelta(days=9)]}), str(uuid.uuid4())
    async with recording_worker(skipping.client, recorder, queue):
        handle = await begin(skipping, 5, queue)
        recorder.change(5, [now + timedelta(days=1)])
        await handle.signal(ReminderWorkflow.nudge)
        await handle.result()
        assert len(recorder.named("deliver")) == 1
        assert timedelta(days=1) <= await send_began(handle) - now < timedelta(days=1, minutes=1)
        recorder.dues[6] = [await skipping.get_current_time() + timedelta(days=9)]
        handle = await begin(skipping, 6, queue)
        recorder.change(6, [])
        await handle.signal(ReminderWorkflow.nudge)
        await handle.result()
    assert [call[0] for call in recorder.named("claim")] == [5]


async def test_telegram_away_for_days_is_waited_for_and_the_message_sent_once(skipping):
    now = await skipping.get_current_time()
    recorder, queue = (
        Recorder(dues={5: [now + timedelta(seconds=60)]}, refusals=900),
        str(uuid.uuid4()),
    )
    async with recording_worker(skipping.client, recorder, queue):
        await (await begin(skipping, 5, queue)).result()
    assert recorder.refusals == 0
    assert len(recorder.named("deliver")) == 1
    assert recorder.named("record") == [(1, "sent")]
    assert await skipping.get_current_time() - now > timedelta(hours=6), (
        "past one activity's patience"
    )


async def test_a_long_series_goes_on_in_new_runs_and_misses_nothing(skipping):
    now = await skipping.get_current_time()
    dues = [now + timedelta(days=day) for day in range(1, 61)]
    recorder, queue = Recorder(dues={5: list(dues)}), str(uuid.uuid4())
    async with recording_worker(skipping.client, recorder, queue):
        handle = await begin(skipping, 5, queue)
        await handle.result()
    assert [due for _, due in recorder.named("claim")] == dues
    assert len(recorder.named("deliver")) == 60
    events = len((await handle.fetch_history()).events)
    assert events < 320, "the first run ended before its history grew long"
