"""What an operator sees of one conversation."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from conversations.models import Attempt, Chat, Message
from conversations.operators import AuditEntry
from tests.desk.conftest import hear, make_chat, page_of, say

pytestmark = pytest.mark.django_db


def read(client, chat, **query):
    return client.get(page_of(chat), query).content.decode()


def test_both_sides_are_shown_with_their_words_escaped(desk, chat):
    hear(chat, "<script>alert(1)</script> & hello")
    say(chat, "Good evening")
    page = read(desk, chat)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; hello" in page
    assert "<script>alert" not in page
    assert "Good evening" in page


def test_days_and_times_are_the_chats_with_utc_on_hover(desk, bot):
    tokyo = make_chat(bot, 8, "Hanako", timezone="Asia/Tokyo")
    hear(tokyo, "late here", created_at=datetime(2026, 10, 6, 23, 30, tzinfo=UTC))
    page = read(desk, tokyo)
    assert "Wednesday 7 October 2026" in page
    assert ">08:30</time>" in page
    assert "2026-10-06 23:30:00 UTC" in page


def test_a_reply_quotes_what_it_answers(desk, chat):
    asked = say(chat, "When should I remind you?")
    hear(chat, "at nine", reply_to_message_id=asked.message_id)
    page = read(desk, chat)
    assert f"?at={asked.pk}#m{asked.pk}" in page
    assert page.count("When should I remind you?") == 2


def test_an_edited_message_keeps_its_earlier_texts(desk, chat):
    hear(chat, "call mum", edits=[{"text": "cal mum", "at": "2026-10-06T12:00:00+00:00"}])
    page = read(desk, chat)
    assert "edited" in page
    assert "cal mum" in page
    assert "6 Oct, 14:00" in page


def test_button_presses_and_the_bots_own_edits_are_events(desk, chat):
    keyboard = {"inline_keyboard": [[{"text": "Done", "callback_data": "done:1"}]]}
    asked = say(chat, "water the plants", params={"reply_markup": keyboard})
    hear(chat, "done:1", kind="callback", target=asked)
    say(chat, "water the plants ✓", kind="edit", method="editMessageText", target=asked)
    page = read(desk, chat)
    assert "pressed “Done”" in page
    assert "edited a message: water the plants ✓" in page
    assert page.count('class="desk-event"') == 2


def test_states_are_told_as_far_as_they_are_known(desk, chat):
    say(chat, "one", message_id=4711)
    say(chat, "two", state="queued", message_id=None, sent_at=None)
    failed = say(chat, "three", state="failed", message_id=None, error="Forbidden: bot was blocked")
    for number in (1, 2, 3):
        Attempt.objects.create(message=failed, number=number, outcome="failed")
    lost = say(chat, "four", state="unknown", message_id=None)
    Attempt.objects.create(message=lost, number=1).note_step("candidate", "another's", 814)
    page = read(desk, chat)
    assert "candidate 814: another&#x27;s" in page
    assert "Sent · 4711" in page
    assert "Queued" in page
    assert "Forbidden: bot was blocked · 3 attempts" in page
    assert "it may have arrived" in page
    assert "Bots are not told whether it was read" in page
    assert "delivered" not in page.lower()


def test_without_the_right_to_read_only_lengths_are_shown(viewer, chat):
    asked = say(chat, "secret plan", params={"reply_markup": {
        "inline_keyboard": [[{"text": "hidden label", "callback_data": "x"}]]}})  # fmt: skip
    hear(chat, "my PIN is 1234", reply_to_message_id=asked.message_id,
         edits=[{"text": "my PIN is 9999", "at": "2026-10-06T12:00:00+00:00"}])  # fmt: skip
    hear(chat, "x", kind="callback", target=asked)
    for page in (read(viewer, chat), viewer.get(page_of(chat, "feed")).json()["html"]):
        assert "••• (14 characters)" in page
        for word in ("PIN", "1234", "9999", "secret plan", "hidden label"):
            assert word not in page


def test_groups_show_who_spoke_and_topics_can_be_read_alone(desk, bot):
    group = make_chat(bot, -100, "Family", type="supergroup")
    hear(group, "in general", sender_name="Jonas")
    hear(group, "about cake", sender_name="Mia", thread_id=12)
    page = read(desk, group)
    assert "Jonas" in page
    assert "topic 12" in page
    alone = read(desk, group, topic=12)
    assert "about cake" in alone
    assert "in general" not in alone


def test_ten_thousand_messages_are_read_in_pages(desk, chat):
    Message.objects.bulk_create(
        Message(chat=chat, key=f"many:{number}", direction="in", state="received",
                text=f"message-{number:05}", message_id=number)
        for number in range(10_000)
    )  # fmt: skip
    newest = read(desk, chat)
    assert "message-09999" in newest
    assert "message-09939" not in newest
    first = Message.objects.get(text="message-09940").pk
    earlier = read(desk, chat, before=first)
    assert "message-09939" in earlier
    assert "message-09940" not in earlier
    middle = read(desk, chat, at=Message.objects.get(text="message-05000").pk)
    assert "message-05000" in middle
    assert "Jump to the newest" in middle


@pytest.mark.parametrize("query", [{"before": "x"}, {"at": "-1"}, {"topic": "9" * 30}])
def test_odd_addresses_are_pages_that_do_not_exist(desk, chat, query):
    assert desk.get(page_of(chat), query).status_code == 404


def test_a_refresh_is_empty_until_something_changes(desk, chat):
    row = say(chat, "on its way", state="sending", message_id=None)
    version = desk.get(page_of(chat, "feed")).json()["version"]
    assert desk.get(page_of(chat, "feed"), {"version": version}).status_code == 204
    row.move(Message.State.SENDING, after=Message.State.SENT, message_id=9)
    changed = desk.get(page_of(chat, "feed"), {"version": version}).json()
    assert "Sent · 9" in changed["html"]


def test_queries_do_not_grow_with_the_transcript(desk, chat, django_assert_max_num_queries):
    def fill(number):
        for _ in range(number):
            asked = say(chat, "asked", state="failed", message_id=None, error="away")
            hear(chat, "answer", reply_to_message_id=asked.message_id or 0)

    fill(3)
    read(desk, chat)
    with django_assert_max_num_queries(22) as few:
        read(desk, chat)
    fill(25)
    with django_assert_max_num_queries(len(few)):
        read(desk, chat)


def test_opening_is_written_down_once_a_visit_and_marks_nothing_read(desk, operator, chat):
    Chat.objects.filter(pk=chat.pk).update(unread=3)
    read(desk, chat)
    read(desk, chat)
    entry = AuditEntry.objects.get(chat=chat)
    assert (entry.verb, entry.actor) == ("opened", operator)
    chat.refresh_from_db()
    assert chat.unread == 3
    AuditEntry.objects.update(at=timezone.now() - timedelta(minutes=6))
    read(desk, chat)
    assert AuditEntry.objects.filter(chat=chat, verb="opened").count() == 2


def test_reading_up_to_a_row_leaves_later_ones_unread(desk, chat):
    first = hear(chat, "one")
    hear(chat, "two")
    Chat.objects.filter(pk=chat.pk).update(unread=2)
    assert desk.post(page_of(chat, "seen"), {"upto": first.pk}).status_code == 204
    chat.refresh_from_db()
    assert chat.unread == 1
    desk.post(page_of(chat, "seen"), {"upto": first.pk + 100})
    chat.refresh_from_db()
    assert chat.unread == 0
