"""Long lists: counted to a limit, and searched without folding every text of a table."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conversations.desk import paging
from conversations.desk.folding import says
from conversations.desk.paging import BoundedPaginator, pinned
from conversations.models import Chat, Message
from tests.desk.conftest import hear, make_chat

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "word"),
    [("Buy MILK", "milk"), ("молоко", "Молоко"), ("МОЛОКО", "молоко"), ("50% off", "0%"),
     ("a_b", "a_b"), ("back\\slash", "k\\s"), ("it's", "t's")],
)  # fmt: skip
def test_a_word_is_found_whatever_its_case(chat, said, word):
    hear(chat, said)
    assert Message.objects.filter(says("text", word)).exists()


@pytest.mark.parametrize(("said", "word"), [("axb", "a_b"), ("50 off", "0%"), ("milk", "oat")])
def test_signs_stand_for_themselves(chat, said, word):
    hear(chat, said)
    assert not Message.objects.filter(says("text", word)).exists()


def test_a_long_list_is_counted_to_its_limit(bot, monkeypatch):
    monkeypatch.setattr(paging, "MOST", 3)
    for number in range(5):
        make_chat(bot, number + 1, "x")
    with CaptureQueriesContext(connection) as captured:
        pages = BoundedPaginator(Chat.objects.order_by("pk"), 2)
        assert (pages.count, pages.is_cut, pages.num_pages) == (3, True, 2)
    assert "LIMIT 3" in captured[0]["sql"]


@pytest.mark.parametrize("few", [1, 10])
def test_pinned_rows_are_the_same_in_the_same_order(bot, monkeypatch, few):
    monkeypatch.setattr(paging, "FEW", few)
    for number in range(4):
        make_chat(bot, number + 1, "yes" if number else "no")
    rows = Chat.objects.filter(title="yes").order_by("-chat_id")
    assert [row.chat_id for row in pinned(rows)] == [4, 3, 2]
