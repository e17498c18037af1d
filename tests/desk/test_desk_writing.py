"""What an operator does in a conversation, and what nobody else may do."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from bots.envelope import Envelope, IncomingMessage
from conversations.answering import answer
from conversations.models import Chat, Message
from conversations.operators import AuditEntry, Label, Note
from tests.desk.conftest import TOKEN, hear, page_of, say, signed_in

pytestmark = pytest.mark.django_db


def row_page(row, name):
    return reverse(f"admin:conversations_chat_{name}", args=[row.chat_id, row.pk])


def test_a_reply_is_one_durable_row_however_often_the_form_is_sent(
    desk, operator, chat, django_capture_on_commit_callbacks
):
    form = {"token": TOKEN, "text": "Hello\nthere <b>"}
    with patch("conversations.outbox.link.nudge") as nudge:
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                assert desk.post(page_of(chat, "answer"), form).status_code == 302
    row = Message.objects.get(chat=chat)
    assert (row.text, row.state, row.author) == ("Hello\nthere <b>", "queued", operator)
    assert nudge.call_count == 1
    assert AuditEntry.objects.filter(verb="answered").count() == 1
    entry = AuditEntry.objects.get(verb="answered")
    assert "Hello" not in str(entry.details)


def test_variables_of_a_canned_reply_are_filled_in(desk, operator, chat):
    operator.first_name = "Mia"
    operator.save()
    desk.post(page_of(chat, "answer"), {"token": TOKEN, "text": "Hi {{name}}, {{operator}} here"})
    assert Message.objects.get().text == "Hi Anna Schmidt, Mia here"


def test_an_answer_in_a_topic_goes_to_the_topic(desk, chat):
    desk.post(page_of(chat, "answer"), {"token": TOKEN, "text": "here", "topic": "12"})
    assert Message.objects.get().thread_id == 12


@pytest.mark.parametrize("form", [{"text": "no token"}, {"token": TOKEN, "text": "  "},
                                  {"token": "../x", "text": "odd token"}])  # fmt: skip
def test_an_odd_form_sends_nothing(desk, chat, form):
    assert desk.post(page_of(chat, "answer"), form).status_code == 302
    assert not Message.objects.exists()


def test_a_failed_message_is_queued_again(desk, chat):
    row = say(chat, "late", state="failed", message_id=None, error="away")
    desk.post(row_page(row, "retry"))
    row.refresh_from_db()
    assert (row.state, row.error, row.possible_repeat) == ("queued", "", False)


def test_an_unknown_message_sent_again_is_marked_as_a_possible_repeat(desk, chat):
    row = say(chat, "lost", state="unknown", message_id=None)
    desk.post(row_page(row, "retry"))
    row.refresh_from_db()
    assert (row.state, row.possible_repeat) == ("queued", True)


@pytest.mark.parametrize("fields", [{"state": "sent"}, {"state": "queued"},
                                    {"state": "failed", "key": "delivery:1"}])  # fmt: skip
def test_what_did_not_fail_here_is_not_sent_again(desk, chat, fields):
    row = say(chat, "fine", **fields)
    desk.post(row_page(row, "retry"))
    row.refresh_from_db()
    assert row.state == fields["state"]


def test_a_sent_reply_can_be_changed_for_two_days(desk, operator, chat):
    row = say(chat, "Helo", author=operator)
    desk.post(row_page(row, "edit"), {"token": TOKEN, "text": "Hello"})
    change = Message.objects.get(kind="edit")
    assert (change.method, change.text, change.target) == ("editMessageText", "Hello", row)
    assert change.params["message_id"] == row.message_id


def test_an_old_or_foreign_message_is_not_changed(desk, operator, chat):
    old = say(chat, "old", author=operator, sent_at=timezone.now() - timedelta(hours=49))
    bots = say(chat, "the bot's own")
    for row in (old, bots):
        desk.post(row_page(row, "edit"), {"token": TOKEN, "text": "Hello"})
    assert not Message.objects.filter(kind="edit").exists()


def test_a_row_of_another_chat_is_not_found(desk, bot, chat):
    other = Chat.objects.create(bot=bot, chat_id=99)
    row = say(other, "elsewhere", state="failed", message_id=None)
    address = reverse("admin:conversations_chat_retry", args=[chat.pk, row.pk])
    assert desk.post(address).status_code == 404
    row.refresh_from_db()
    assert row.state == "failed"


def test_notes_are_kept_on_their_own_tab_and_never_sent(desk, operator, chat):
    desk.post(page_of(chat, "add_note"), {"text": "speaks Polish"})
    assert Note.objects.get().author == operator
    assert "speaks Polish" in desk.get(page_of(chat, "notes")).content.decode()
    assert "speaks Polish" not in desk.get(page_of(chat)).content.decode()
    assert not Message.objects.exists()


def test_labels_and_the_answerable_operator_are_set(desk, operator, chat):
    label = Label.objects.create(name="vip", colour="amber")
    form = {"labels": [label.pk], "assignee": operator.pk}
    desk.post(page_of(chat, "save_details"), form)
    chat.refresh_from_db()
    assert list(chat.labels.all()) == [label]
    assert chat.assignee == operator
    assert {entry.verb for entry in AuditEntry.objects.all()} == {"labelled", "assigned"}
    desk.post(page_of(chat, "take"))
    chat.refresh_from_db()
    assert chat.assignee is None


def test_a_chat_is_assigned_only_to_operators(desk, chat):
    outsider = User.objects.create_user("guest")
    desk.post(page_of(chat, "save_details"), {"assignee": outsider.pk})
    chat.refresh_from_db()
    assert chat.assignee is None


def test_a_blocked_chats_messages_are_kept_and_not_answered(desk, chat):
    desk.post(page_of(chat, "bar"), {"barred": "1"})
    said = IncomingMessage(message_id=5, text="/start", date=1)
    told = answer(Envelope(chat.bot_id, 5, chat.chat_id, 5, f"{chat.bot_id}:5", said))
    assert told.message_ids == []
    assert Message.objects.get(direction="in").text == "/start"
    assert not Message.objects.filter(direction="out").exists()
    desk.post(page_of(chat, "bar"), {"barred": "0"})
    said = IncomingMessage(message_id=6, text="/start", date=1)
    assert answer(Envelope(chat.bot_id, 6, chat.chat_id, 6, f"{chat.bot_id}:6", said)).message_ids


def test_the_limits_of_a_chat_are_lifted_and_restored(desk, chat):
    for lifted, verb in (("1", "lifted limits"), ("0", "restored limits")):
        desk.post(page_of(chat, "limits"), {"lifted": lifted})
        assert Chat.objects.get(pk=chat.pk).limits_lifted is (lifted == "1")
        assert AuditEntry.objects.latest("pk").verb == verb


VERBS = ("answer", "seen", "add_note", "save_details", "take", "bar", "limits")


@pytest.mark.parametrize("verb", VERBS)
def test_looking_at_a_verbs_address_does_nothing(desk, chat, verb):
    before = Chat.objects.values().get(pk=chat.pk)
    assert desk.get(page_of(chat, verb)).status_code == 405
    assert Chat.objects.values().get(pk=chat.pk) == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_viewer_changes_nothing(viewer, chat, verb):
    form = {"token": TOKEN, "text": "hello", "barred": "1", "upto": "9", "lifted": "1"}
    assert viewer.post(page_of(chat, verb), form).status_code == 403
    assert not Message.objects.exists()
    assert not Note.objects.exists()
    assert not Chat.objects.get(pk=chat.pk).barred
    assert not Chat.objects.get(pk=chat.pk).limits_lifted


@pytest.mark.parametrize("verb", [*VERBS, "change", "feed", "notes", "details"])
def test_staff_without_a_role_see_and_do_nothing(chat, verb):
    client = signed_in(User.objects.create_user("new", is_staff=True))
    hear(chat, "private words")
    for answered in (client.get(page_of(chat, verb)), client.post(page_of(chat, verb))):
        assert answered.status_code in {403, 405}
        assert b"private words" not in answered.content


@pytest.mark.parametrize("verb", VERBS)
def test_a_form_without_the_csrf_token_is_refused(operator, chat, verb):
    strict = signed_in(operator, enforce_csrf_checks=True)
    assert strict.post(page_of(chat, verb), {"token": TOKEN, "text": "x"}).status_code == 403
    assert not Message.objects.exists()


@pytest.mark.parametrize("verb", ["change", "feed", "notes", "details", *VERBS])
def test_strangers_are_sent_to_the_sign_in_page(client, chat, verb):
    answered = client.get(page_of(chat, verb))
    assert answered.status_code == 302
    assert "/login/" in answered["Location"]
