"""A message is answered once, in one transaction, and a failing handler loses nothing."""

from dataclasses import replace

import pytest

from bots.envelope import STORED, IncomingMessage
from bots.models import Update
from conversations import answering
from conversations.models import Chat, Message
from conversations.replies import Reply
from conversations.router import router

pytestmark = pytest.mark.django_db


def test_an_answer_is_stored_with_its_message_and_its_update(said):
    envelope = said("/ping hello")
    answer = answering.answer(envelope)
    assert answer.text == "pong: hello"
    incoming = Message.objects.get(key=envelope.request_id)
    [outgoing] = Message.objects.filter(direction="out")
    assert (incoming.text, outgoing.text, outgoing.state) == (
        "/ping hello",
        "pong: hello",
        "queued",
    )
    assert answer.message_ids == [outgoing.pk]
    assert Update.objects.get(update_id=envelope.update_id).state == "answered"


def test_a_repeat_returns_the_stored_answer_and_changes_nothing(said):
    envelope = said("/ping once")
    first = answering.answer(envelope)
    assert answering.answer(envelope) == first
    assert Message.objects.count() == 2
    assert Chat.objects.get().unread == 1


def test_a_message_that_was_left_in_its_row_is_read_from_there(said):
    envelope = replace(said(), message=IncomingMessage(event=STORED))
    Update.objects.filter(update_id=envelope.update_id).update(
        payload={"message": {"chat": {"id": 7}, "message_id": 1, "text": "/ping carried"}}
    )
    assert answering.answer(envelope).text == "pong: carried"


@pytest.mark.parametrize(
    "erase",
    [lambda rows: rows.delete(), lambda rows: rows.update(payload={})],
    ids=["row", "words"],
)
def test_a_message_that_was_erased_meanwhile_is_answered_by_nothing(said, erase):
    envelope = replace(said(), message=IncomingMessage(event=STORED))
    erase(Update.objects.all())
    assert answering.answer(envelope).message_ids == []
    assert not Chat.objects.exists(), "and brings nobody back"


def test_a_failing_handler_is_answered_kindly_and_undone(said, monkeypatch, caplog):
    def fail(chat, incoming):
        Chat.objects.filter(pk=chat.pk).update(title="half done")
        raise RuntimeError("a bug")

    monkeypatch.setitem(router.commands, "ping", type(router.commands["ping"])("ping", fail))
    envelope = said("/ping x")
    answer = answering.answer(envelope)
    assert "Sorry" in answer.text
    assert Chat.objects.get().title == "Ann", "what the handler did is rolled back"
    assert Message.objects.filter(key=envelope.request_id, text="/ping x").exists(), (
        "the words are kept"
    )
    assert "handler failed" in caplog.text


def test_an_edit_keeps_the_earlier_words(said):
    answering.answer(said("first words", message_id=500))
    answering.answer(said("second words", event="edit", message_id=500))
    original = Message.objects.get(message_id=500, kind="text")
    assert original.text == "second words"
    assert [edit["text"] for edit in original.edits] == ["first words"]


def test_every_press_gets_a_toast_first(said, monkeypatch):
    monkeypatch.setitem(router.buttons, "x1", lambda chat, incoming: Reply())
    answering.answer(said(event="callback", callback_id="cb", callback_data="x1:go"))
    [row] = Message.objects.filter(direction="out")
    assert (row.method, row.params["callback_query_id"]) == ("answerCallbackQuery", "cb")


def test_a_block_closes_the_chat_and_words_open_it_again(said):
    answering.answer(said("/ping a"))
    answering.answer(said(event="member", member_status="kicked"))
    assert Chat.objects.get().state == "blocked"
    answering.answer(said("/ping b"))
    assert Chat.objects.get().state == "active"
