"""How many statements a message costs: the way in and the way out stay as short as they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bots.inbox import store
from conversations import answering, parcels
from conversations.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def statements():
    """Return how many statements a call executes."""

    def count(call, *args):
        with CaptureQueriesContext(connection) as captured:
            call(*args)
        found = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        assert found, "nothing was captured"
        return len(found), "\n".join(found)

    return count


def update(number):
    return {"update_id": number, "message": {"chat": {"id": 7}, "message_id": number, "text": "x"}}


def test_an_update_is_stored_with_three_statements(bot, statements):
    made, what = statements(store, bot.pk, update(900_001))
    assert made <= 3, what


@pytest.mark.parametrize(
    ("text", "most"),
    [("/ping hello", 10), ("in 3 hours water the plants", 20), ("/list", 12)],
)
def test_an_answer_takes_few_statements(said, chat, statements, text, most):
    answering.answer(said("/ping first"))
    made, what = statements(answering.answer, said(text))
    assert made <= most, what


def test_an_answer_takes_no_more_in_a_long_conversation(said, chat, statements):
    first, _ = statements(answering.answer, said("/ping 0"))
    for number in range(1, 20):
        answering.answer(said(f"/ping {number}"))
    last, what = statements(answering.answer, said("/ping 20"))
    assert last <= first, what


def test_a_delivery_takes_few_statements(said, chat, statements):
    [row] = answering.answer(said("/ping hello")).message_ids
    claimed, what = statements(parcels.claim, row)
    assert claimed <= 6, what
    released = parcels.claim(row)
    assert isinstance(released, Message), "it was claimed already"


def test_a_receipt_takes_few_statements(said, chat, statements):
    [row] = answering.answer(said("/ping hello")).message_ids
    parcel = parcels.claim(row)
    noted, what = statements(parcels.note_sent, parcel, {"message_id": 5000})
    assert noted <= 4, what
    sent = Message.objects.get(pk=row)
    assert (sent.state, sent.message_id) == ("sent", 5000)
    chat.refresh_from_db()
    assert (chat.in_flight_id, chat.highest_message_id) == (None, 5000)
    bot = chat.bot
    bot.refresh_from_db()
    assert bot.highest_message_id == 5000
