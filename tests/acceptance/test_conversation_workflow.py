"""The conversation's workflow with recorded activities: order, repeats, and what a new run is given."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from datetime import timedelta

import pytest
import pytest_asyncio
from temporalio.client import Client, WorkflowHandle

from bots.temporal import connect
from conversations.contracts import Answer, ConversationState, Posted, Stats
from conversations.workflows import EVENTS_AT_REST, EVENTS_PER_RUN, ConversationWorkflow
from tests.machine import within
from tests.replay.recorders import WORKFLOWS, Recorder, envelope, recording_worker, replayer

pytestmark = pytest.mark.acceptance
Begin = Callable[..., "asyncio.Future[WorkflowHandle]"]


@pytest_asyncio.fixture(scope="module")
async def client(embedded) -> Client:
    """The real server, as the product starts it: none of these tests waits for a timer."""
    return await connect(target=embedded.address)


@pytest_asyncio.fixture
async def recorder() -> Recorder:
    return Recorder()


@pytest_asyncio.fixture
async def begin(client, recorder) -> AsyncIterator[Begin]:
    """Returns a function that starts a conversation; a worker runs it."""
    queue = str(uuid.uuid4())

    async def start(state: ConversationState | None = None) -> WorkflowHandle:
        return await client.start_workflow(
            ConversationWorkflow.run, state or ConversationState(), id=queue, task_queue=queue,
            task_timeout=timedelta(seconds=within(5)),
        )  # fmt: skip

    async with recording_worker(client, recorder, queue):
        yield start
        await client.get_workflow_handle(queue).terminate()


async def settled(handle: WorkflowHandle, answered: int) -> Stats:
    """Return the stats once so many messages have been answered."""
    async with asyncio.timeout(within(60)):
        while (stats := await asked(handle)).answered < answered:
            await asyncio.sleep(0.05)
    return stats


async def asked(handle: WorkflowHandle) -> Stats:
    """Return the stats; a worker that is busy may take its time."""
    patience = timedelta(seconds=within(10))
    return await handle.query(ConversationWorkflow.stats, rpc_timeout=patience)


async def delivered(recorder: Recorder, count: int) -> list[int]:
    """Return the rows that were sent, once there are so many."""
    async with asyncio.timeout(within(60)):
        while len(recorder.named("deliver")) < count:
            await asyncio.sleep(0.05)
    return [row for (row,) in recorder.named("deliver")]


async def test_messages_are_answered_and_sent_in_the_order_of_their_arrival(begin, recorder):
    handle = await begin()
    for number in (1, 2, 5, 3, 4, 6):
        await handle.signal(ConversationWorkflow.receive, envelope(number))
    stats = await settled(handle, 6)
    assert [number for (number,) in recorder.named("answer")] == [1, 2, 5, 3, 4, 6]
    assert await delivered(recorder, 6) == [1, 2, 5, 3, 4, 6]
    assert stats == Stats(received=6, out_of_order=2, answered=6, highest_sequence=6)


async def test_a_repeat_has_no_second_effect_whether_its_first_is_waiting_or_answered(
    begin, recorder
):
    recorder.may_send.clear()
    handle = await begin()
    for number in (1, 1, 2, 1):
        await handle.signal(ConversationWorkflow.receive, envelope(number))
    await settled(handle, 2)
    await handle.signal(ConversationWorkflow.receive, envelope(2))
    recorder.may_send.set()
    assert await delivered(recorder, 2) == [1, 2]
    stats = await handle.query(ConversationWorkflow.stats)
    assert (stats.received, stats.repeats, stats.answered) == (2, 3, 2)
    assert recorder.named("answer") == [(1,), (2,)]


async def test_every_request_can_be_asked_for_its_answer(begin, recorder):
    handle = await begin()
    await handle.signal(ConversationWorkflow.receive, envelope(1, text="hello"))
    await settled(handle, 1)
    answer = await handle.query(ConversationWorkflow.response, "7:1")
    assert answer == Answer("7:1", "re: hello", [1], [1])
    assert await handle.query(ConversationWorkflow.response, "7:99") is None


async def test_trouble_with_sending_never_holds_up_the_answers(begin, recorder):
    recorder.may_send.clear()
    handle = await begin()
    for number in range(1, 6):
        await handle.signal(ConversationWorkflow.receive, envelope(number))
    await settled(handle, 5)
    assert recorder.named("deliver") == []
    recorder.may_send.set()
    assert await delivered(recorder, 5) == [1, 2, 3, 4, 5]


async def test_what_was_sent_with_its_answer_is_not_sent_again(begin, recorder):
    recorder.sends_at_once = True
    handle = await begin()
    for number in (1, 2):
        await handle.signal(ConversationWorkflow.receive, envelope(number))
        await settled(handle, number)
    recorder.may_send.clear()
    await handle.signal(ConversationWorkflow.post, Posted([70]))
    await handle.signal(ConversationWorkflow.receive, envelope(3))
    await settled(handle, 3)
    assert await delivered(recorder, 2) == [1, 2], "the third waits behind the posted row"
    recorder.may_send.set()
    assert await delivered(recorder, 4) == [1, 2, 70, 3]


async def test_posted_rows_join_the_order_and_are_sent_once(begin, recorder):
    recorder.may_send.clear()
    handle = await begin()
    await handle.signal(ConversationWorkflow.receive, envelope(1))
    await settled(handle, 1)
    await handle.signal(ConversationWorkflow.post, Posted([70, 71]))
    await handle.signal(ConversationWorkflow.post, Posted([71, 72]))
    recorder.may_send.set()
    assert await delivered(recorder, 4) == [1, 70, 71, 72]


async def test_a_new_run_begins_with_what_the_last_one_left(begin, recorder):
    state = ConversationState(
        stats=Stats(received=9, repeats=1, out_of_order=2, answered=8, highest_sequence=40),
        pending=[envelope(41)],
        outgoing=[39],
        recent=[Answer("7:40", "earlier", [39])],
    )
    handle = await begin(state)
    stats = await settled(handle, 9)
    assert sorted(await delivered(recorder, 2)) == [39, 41]
    assert stats == Stats(9, 1, 2, 9, 40, 0)
    await handle.signal(ConversationWorkflow.receive, envelope(40))
    answer = await handle.query(ConversationWorkflow.response, "7:40")
    assert answer == Answer("7:40", "earlier", [39])
    assert (await handle.query(ConversationWorkflow.stats)).repeats == 2


async def test_what_is_too_much_to_carry_is_left_in_its_row(begin, recorder, client):
    texts = [f"{number} " + "я" * 4_000 for number in range(1, 201)]
    sent = [envelope(number, text=text) for number, text in enumerate(texts, 1)]
    assert sum(len(json.dumps(asdict(one))) for one in sent) > 2 * 2**20, (
        "more than a payload holds"
    )
    handle = await begin()
    for one in sent:
        await handle.signal(ConversationWorkflow.receive, one)
    await settled(handle, len(sent))
    assert [number for (number,) in recorder.named("answer")] == list(range(1, len(sent) + 1))
    described = await client.get_workflow_handle(handle.id).describe()
    assert described.run_id != handle.first_execution_run_id, "the rest was carried into a new run"


@pytest.mark.fault_row(53, "a chat's history grows long: 400 messages")
async def test_a_busy_chat_goes_on_in_new_runs_and_loses_nothing(begin, recorder, client, row):
    handle = await begin()
    first_run = handle.first_execution_run_id
    count = row.injected = 400
    for number in range(1, count + 1):
        await handle.signal(ConversationWorkflow.receive, envelope(number))
    stats = await settled(handle, count)
    assert await delivered(recorder, count) == list(range(1, count + 1))
    assert (stats.received, stats.answered, stats.repeats, stats.out_of_order) == (
        count,
        count,
        0,
        0,
    )
    described = await client.get_workflow_handle(handle.id).describe()
    assert described.run_id != first_run, "the history was long enough for a new run"
    first = await client.get_workflow_handle(handle.id, run_id=first_run).fetch_history()
    await replayer(WORKFLOWS).replay_workflow(first)
    assert len(first.events) < 2_000
    assert len(first.events) > EVENTS_PER_RUN / 2
    row.figure = f"{stats.answered} of {count} answered; first run {len(first.events):,} events"


@pytest.mark.chaos
@pytest.mark.fault_row(53, "a chat's history grows very long: 10,000 messages")
async def test_ten_thousand_messages_lose_none_and_no_run_grows_too_long(
    begin, recorder, client, row
):
    handle = await begin()
    count = row.injected = 10_000
    for first in range(1, count + 1, 500):
        for number in range(first, first + 500):
            await handle.signal(ConversationWorkflow.receive, envelope(number))
        await settled(handle, first + 499)
    stats = await settled(handle, count)
    assert await delivered(recorder, count) == list(range(1, count + 1))
    assert (stats.answered, stats.repeats) == (count, 0)
    lengths, run_id = [], handle.first_execution_run_id
    while run_id:
        history = await client.get_workflow_handle(handle.id, run_id=run_id).fetch_history()
        await replayer(WORKFLOWS).replay_workflow(history)
        lengths.append(len(history.events))
        last = history.events[-1].workflow_execution_continued_as_new_event_attributes
        run_id = last.new_execution_run_id
    assert max(lengths) < 2_000
    row.figure = f"0 lost; {len(lengths)} runs replayed, the longest {max(lengths):,} events"


async def test_at_rest_a_run_ends_early_and_nothing_is_lost(begin, recorder, client):
    """A short history is soon replayed after a restart."""
    handle = await begin()
    first_run, count = handle.first_execution_run_id, 80
    for number in range(1, count + 1):
        await handle.signal(ConversationWorkflow.receive, envelope(number))
        await delivered(recorder, number)
        await settled(handle, number)  # and the workflow knows
    stats = await settled(handle, count)
    assert (stats.received, stats.answered, stats.repeats) == (count, count, 0)
    assert await delivered(recorder, count) == list(range(1, count + 1))
    first = await client.get_workflow_handle(handle.id, run_id=first_run).fetch_history()
    assert EVENTS_AT_REST < len(first.events) < EVENTS_PER_RUN
