"""Hostile and odd texts, by their numbers: one kind answer each, and nothing wrong stored.

As messages, as edits of a message, below a photo, on a button, and as names of people and groups.
"""

import pytest

from conversations.models import Chat, Message
from reminders.models import Reminder
from tests.chat_rules.hostile import NAMES, TEXTS
from tests.chat_rules.wire import (
    CHAT,
    USER,
    callback,
    has_no_turns,
    is_clean,
    message,
    shown,
    stored,
)

each = pytest.mark.parametrize(("number", "text", "right"), TEXTS, ids=NAMES)


@each
def test_words(receive, number, text, right):
    rows = shown(receive(message(text)))
    assert len(rows) == 1, [row.text for row in rows]
    assert stored() == right
    assert all(map(is_clean, Message.objects.values_list("text", flat=True)))
    assert Chat.objects.get(chat_id=CHAT["id"]).timezone == "Europe/Berlin"


@each
def test_words_that_edit_a_message(receive, number, text, right):
    first = message("in 30 min green tea")
    receive(first)
    body = {**first["message"], "text": text, "edit_date": 1791288400}
    rows = receive({"edited_message": body})
    assert len(shown(rows)) <= 1
    reminder = Reminder.objects.get(number=1)
    assert is_clean(reminder.text)
    assert has_no_turns(reminder.text)
    if right:
        assert stored() == right
    else:
        assert reminder.text.strip()
        assert f"{reminder.due_at:%H:%M}" == "12:35"


@each
def test_words_below_a_photo(receive, number, text, right):
    photo = [{"file_id": "P", "file_unique_id": "p", "width": 1, "height": 1, "file_size": 1}]
    rows = shown(receive(message(photo=photo, caption=text[:1024])))
    assert len(rows) == 1, [row.text for row in rows]
    for reminder in Reminder.objects.all():
        assert is_clean(reminder.text)
        assert reminder.attachment == "photo"


@each
def test_words_on_a_button(receive, number, text, right):
    for prefix in ("", "r1:", "q1:", "o1:z:", "u1:", "j1:in:", "h1:yes:", "i1:take:", "l1:", "g1:"):
        rows = receive(callback((prefix + text)[:64]))
        assert [row.kind for row in rows].count("toast") == 1
    assert not Reminder.objects.exists()


@each
def test_words_in_names(receive, number, text, right):
    sender = {**USER, "first_name": text, "last_name": text, "username": text[:32]}
    group = {"id": -1005, "type": "supergroup", "title": text, "username": text[:32]}
    body = {
        "message_id": 1,
        "date": 0,
        "chat": group,
        "from": sender,
        "text": "/remind in 5 min tea",
    }
    assert len(shown(receive({"message": body}))) == 1
    reminder = Reminder.objects.get()
    assert reminder.text == "tea"
    assert is_clean(reminder.creator_name)
    assert is_clean(reminder.chat.title)


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b\u200b", "\u2800", "\u3164", "\ufeff", "\ud83d"], ids=ascii
)
def test_nothing_visible_is_answered_with_how_to_begin(receive, text):
    rows = receive(message(text))
    assert rows[0].text.startswith("Write what and when, for example:")
