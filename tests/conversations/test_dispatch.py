"""Updates are handed over at once and marked a little later, many in one commit."""

import pytest
from asgiref.sync import sync_to_async

from bots.models import Update
from conversations import answering
from conversations.dispatch import ANSWER_PATIENCE, Dispatcher

pytestmark = pytest.mark.django_db(transaction=True)


class Workflows:
    """Stands where Temporal's client would, and takes every signal."""

    def __init__(self):
        self.received = []

    async def start_workflow(self, *_, start_signal, start_signal_args, **__):
        self.received.append(start_signal_args[0].update_id)


@pytest.fixture
def workflows():
    return Workflows()


@pytest.fixture
def dispatcher(workflows):
    return Dispatcher(workflows)


async def rows():
    return [
        (row.state, row.handed_over_at is not None) async for row in Update.objects.order_by("id")
    ]


async def test_what_was_handed_over_is_not_handed_over_again_before_it_is_marked(
    said, dispatcher, workflows
):
    envelopes = [await sync_to_async(said)(f"/ping {number}") for number in range(3)]
    for _ in range(2):
        await dispatcher._hand_over_batch(ANSWER_PATIENCE)
    assert workflows.received == [envelope.update_id for envelope in envelopes]
    assert await rows() == [("received", False)] * 3
    await dispatcher._mark()
    assert await rows() == [("handed_over", True)] * 3
    assert not dispatcher._handed


async def test_an_answer_that_comes_before_the_mark_stays_an_answer(said, dispatcher):
    envelope = await sync_to_async(said)("/ping quick")
    await dispatcher._hand_over_batch(None)
    await sync_to_async(answering.answer)(envelope)
    await dispatcher._mark()
    assert await rows() == [("answered", True)]


async def test_after_a_death_before_the_mark_the_next_process_hands_over_again(
    said, dispatcher, workflows
):
    envelope = await sync_to_async(said)("/ping twice")
    await dispatcher._hand_over_batch(None)
    await Dispatcher(workflows)._hand_over_batch(None)
    assert workflows.received == [envelope.update_id] * 2
