"""The desk says what happened in words: whose chat, on whose clock, by whom, and what a number counts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from bots.models import Update
from conversations.operators import audit
from reminders.models import Broadcast, Command, Delivery, Reminder
from tests.desk.conftest import hear, make_chat, page_of, say

pytestmark = pytest.mark.django_db
KEYS = {"inline_keyboard": [[{"text": "✅ Done", "callback_data": "done:1"}]]}


def listed(client, name, **query):
    return client.get(reverse(f"admin:{name}_changelist"), query).content.decode()


def head_of(page):
    return page[page.index('id="header-inner"') :].split("</h1>")[0]


def make_reminder(chat, **fields):
    due = timezone.now() + timedelta(hours=2)
    values = {"number": 3, "text": "milk", "due_at": due, "fire_at": due, "armed_revision": 1,
              "timezone": "Asia/Tokyo", "start_local": "2026-01-01T00:00:00", **fields}  # fmt: skip
    return Reminder.objects.create(chat=chat, **values)


def test_a_press_is_told_by_its_button_in_the_list_of_messages(desk, viewer, chat):
    asked = say(chat, "⏰ milk", params={"reply_markup": KEYS})
    hear(chat, "done:1", kind="callback", target=asked)
    page = listed(desk, "conversations_message")
    assert "[pressed “✅ Done”]" in page
    assert "done:1" not in page
    assert "[pressed a button]" in listed(viewer, "conversations_message")


def test_every_list_says_on_whose_clock_its_times_are(desk, bot):
    chat = make_chat(bot, 7, "Yuki", timezone="Asia/Tokyo")
    hear(chat, "hello")
    reminder, at = make_reminder(chat), datetime(2026, 10, 7, 0, 30, tzinfo=UTC)
    Delivery.objects.create(reminder=reminder, due_at=at, planned_at=at, state="sent")
    assert "· Tokyo</span>" in listed(desk, "conversations_chat")
    assert "· Tokyo</span>" in listed(desk, "conversations_message")
    page = listed(desk, "reminders_delivery")
    assert "Wed 7 Oct 2026, 09:30" in page
    assert "Asia/Tokyo" in page


def test_failed_and_unknown_are_counted_apart(desk, chat):
    say(chat, "one", state="failed", message_id=None)
    say(chat, "two", state="unknown", message_id=None)
    say(chat, "three", state="unknown", message_id=None)
    page = listed(desk, "conversations_chat")
    assert "1 failed" in page
    assert "2 unknown" in page


def test_a_number_in_the_menu_says_what_it_counts(desk, bot):
    chat = make_chat(bot, 7, "Anna", unread=1)
    say(chat, "one", state="failed", message_id=None)
    page = desk.get(reverse("admin:index")).content.decode()
    assert 'title="Messages that failed or may not have arrived, in 7 days">1 to check<' in page
    assert ">1 unread<" in page


def test_the_head_of_a_page_names_the_menus_group(owner):
    for name, group in (("conversations_auditentry", "The machine"), ("conversations_upkeep", "The machine"),
                        ("auth_user", "People and access")):  # fmt: skip
        assert group in head_of(listed(owner, name)), name
    ada = User.objects.get(username="ada")
    page = owner.get(reverse("admin:auth_user_change", args=[ada.pk])).content.decode()
    assert ">ada<" in head_of(page)
    assert "Authentication and Authorization" not in head_of(page)


def test_the_menu_leads_owners_to_codes_and_locks(owner, viewer):
    for name in ("otp_totp_totpdevice", "otp_static_staticdevice", "axes_accessattempt"):
        address = reverse(f"admin:{name}_changelist")
        assert f'href="{address}"' in owner.get("/admin/").content.decode()
        assert f'href="{address}"' not in viewer.get("/admin/").content.decode()
        assert viewer.get(address).status_code == 403


def test_the_list_of_users_tells_their_roles_and_the_zone_of_their_sign_in(owner, operator):
    User.objects.filter(pk=operator.pk).update(last_login=datetime(2026, 10, 7, 15, 4, tzinfo=UTC))
    page = listed(owner, "auth_user")
    assert "everything" in page
    assert ">operator<" in page
    assert "7 Oct 2026, 15:04 UTC" in page


def test_an_update_names_its_chat_and_how_long_its_answer_took(desk, chat):
    now = datetime(2026, 10, 7, 15, 4, 5, tzinfo=UTC)
    row = Update.objects.create(bot=chat.bot, update_id=5, sequence=5, kind="edited_message", payload={},
                                chat_id=7, state="answered", received_at=now, handed_over_at=now,
                                answered_at=now + timedelta(milliseconds=240))  # fmt: skip
    stranger = {"bot": chat.bot, "kind": "message", "payload": {}, "received_at": now}
    Update.objects.create(
        update_id=6, sequence=6, chat_id=4321, state="poison", error="KeyError: x", **stranger
    )
    page = listed(desk, "bots_update")
    for words in ("Anna Schmidt", "edited message", "4321", "KeyError: x", "240 ms"):
        assert words in page, words
    page = desk.get(reverse("admin:bots_update_change", args=[row.pk])).content.decode()
    assert "15:04:05</time> UTC, after 240 ms" in page


def test_a_revision_is_shown_once_there_was_a_change(desk, chat):
    make_reminder(chat)
    assert ">revision 1<" not in listed(desk, "reminders_reminder")
    changed = make_reminder(chat, number=4, revision=3, armed_revision=3)
    Command.objects.create(actor_name="ada", verb="send_now", reminder=changed, revision_seen=2)
    page = listed(desk, "reminders_reminder")
    assert ">revision 3<" in page
    assert "ada: Send now" in page


def test_who_changes_their_mind_is_led_back_to_the_reminder(desk, chat):
    reminder = make_reminder(chat)
    page = desk.get(reverse("admin:reminders_reminder_order", args=["cancel"]), {"id": reminder.pk})
    assert page.context["back"] == reverse("admin:reminders_reminder_change", args=[reminder.pk])


def test_the_log_of_orders_speaks(desk, chat):
    Command.objects.create(actor_name="ada", verb="send_now", reminder=make_reminder(chat),
                           revision_seen=1, requested_at=datetime(2026, 10, 7, 9, tzinfo=UTC))  # fmt: skip
    page = listed(desk, "reminders_command")
    for words in (
        "Requested (UTC)",
        "7 Oct 2026, 09:00:00",
        "ada",
        "Send now",
        "#3 · Anna Schmidt",
    ):
        assert words in page, words
    assert "Actor name" not in page
    assert "1 result" not in page
    assert 'data-label="Select record"' not in page  # what a phone would call the first column


def test_the_audit_log_tells_details_in_words(owner, operator, chat):
    audit(operator, "exported", chat, form="csv")
    page = listed(owner, "conversations_auditentry")
    assert "form csv" in page
    assert "{&#x27;form" not in page


def test_a_chats_language_is_named(desk, bot):
    chat = make_chat(bot, 7, "Lena", language="de")
    assert "Deutsch" in desk.get(page_of(chat, "details")).content.decode()


def test_a_new_broadcast_is_called_new(desk):
    page = desk.get(reverse("admin:reminders_broadcast_add")).content.decode()
    assert "New broadcast" in page
    draft = Broadcast.objects.create(text="hello", reason="why")
    page = desk.get(reverse("admin:reminders_broadcast_change", args=[draft.pk])).content.decode()
    assert "New broadcast" not in page


def test_a_search_that_found_the_message_does_not_call_it_delivered(desk, chat):
    now = timezone.now()
    steps = [{"at": now.isoformat(), "step": "result", "answer": answer}
             for answer in ("delivered", "not delivered")]  # fmt: skip
    row = say(chat, "⏰ milk")
    row.attempts.create(number=1, outcome="sent", began_at=now, steps=steps)
    page = desk.get(page_of(chat)).content.decode()
    assert "result: it is in the chat" in page
    assert "result: it is not in the chat" in page
    assert "delivered" not in page
