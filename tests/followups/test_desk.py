"""The desk's pages answer for every role, and GET changes nothing (O10, O11, O13, O16)."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from conversations.models import Attempt
from conversations.operators import AuditEntry
from reminders.models import Command, Delivery, Reminder
from reminders.operators import apply_batch, result_of
from reminders.verbs import VERBS
from tests.followups.conftest import make_chat, make_delivery, make_reminder, member, signed_in
from tests.machine import within

pytestmark = pytest.mark.django_db
LIST = "/admin/reminders/reminder/"


def order_url(verb, reminder=None):
    url = reverse("admin:reminders_reminder_order", args=[verb])
    return f"{url}?id={reminder.pk}" if reminder else url


def seen_of(response):
    return re.search(r'name="seen" value="([^"]+)"', response.content.decode())[1]


def give(client, verb, reminder, **data):
    seen = seen_of(client.get(order_url(verb, reminder)))
    return client.post(order_url(verb), {"seen": seen, **data}, follow=True)


def state_of_everything():
    return (
        list(Reminder.objects.order_by("pk").values()),
        Command.objects.count(),
        Delivery.objects.count(),
    )


def test_the_list_shows_when_in_every_zone_and_how_long_until(desk, chat):
    due = timezone.now() + timezone.timedelta(hours=2, minutes=10, seconds=30)
    make_reminder(chat, due=due, rules=["FREQ=DAILY"])
    desk.cookies["desk_zone"] = "Asia/Tokyo"
    page = desk.get(LIST).content.decode()
    for zone in ("Europe/Berlin", "Asia/Tokyo", "UTC"):
        assert zone in page
    assert "in 2 h 10 min" in page
    assert "every day at" in page


def test_the_list_shows_the_last_error_and_the_attempts(desk, chat):
    reminder = make_reminder(chat, state="failed", fire_at=None)
    delivery = make_delivery(reminder, Delivery.State.FAILED, reason="Forbidden: bot was blocked")
    delivery.message.attempts.create(number=1, outcome="failed")
    delivery.message.attempts.create(number=2, outcome="failed")
    page = desk.get(LIST).content.decode()
    assert "2 attempts" in page
    assert "Forbidden: bot was blocked" in page


@pytest.mark.parametrize("verb", ["cancel", "reschedule", "pause", "send_now", "duplicate"])
def test_asking_for_confirmation_changes_nothing(desk, reminder, verb):
    before = state_of_everything()
    response = desk.get(order_url(verb, reminder))
    assert response.status_code == 200
    assert "csrfmiddlewaretoken" in response.content.decode()
    assert state_of_everything() == before


def test_no_page_changes_anything_when_it_is_only_looked_at(desk, reminder, chat):
    make_delivery(reminder)
    before = state_of_everything()
    pages = ["admin:reminders_calendar", "admin:reminders_bench",
             "admin:reminders_reminder_changelist", "admin:reminders_command_changelist",
             "admin:reminders_broadcast_changelist"]  # fmt: skip
    for name in pages:
        assert desk.get(reverse(name)).status_code == 200
    assert desk.get(f"{LIST}{reminder.pk}/change/").status_code == 200
    assert state_of_everything() == before


def test_orders_without_the_csrf_token_are_refused(operator, reminder):
    client = signed_in(operator, enforce_csrf_checks=True)
    seen = seen_of(client.get(order_url("cancel", reminder)))
    assert client.post(order_url("cancel"), {"seen": seen}).status_code == 403
    reminder.refresh_from_db()
    assert reminder.state == "active"


def test_a_confirmed_cancellation_says_exactly_what_happened(desk, reminder):
    page = give(desk, "cancel", reminder).content.decode()
    assert "1 cancelled" in page
    reminder.refresh_from_db()
    assert reminder.state == "cancelled"


def test_a_reminder_that_changed_after_the_confirmation_was_shown_is_left_alone(desk, reminder):
    seen = seen_of(desk.get(order_url("cancel", reminder)))
    Reminder.objects.update(text="changed in the chat", revision=2)
    page = desk.post(order_url("cancel"), {"seen": seen}, follow=True).content.decode()
    assert "1 changed meanwhile" in page
    reminder.refresh_from_db()
    assert reminder.state == "active"


def test_a_forged_list_of_targets_is_refused(desk, reminder):
    desk.post(order_url("cancel"), {"seen": "WyJjYW5jZWwiLFsxXSxbMV1d:forged"})
    reminder.refresh_from_db()
    assert reminder.state == "active"


def test_a_confirmation_for_one_verb_is_none_for_another(desk, reminder):
    seen = seen_of(desk.get(order_url("pause", reminder)))
    desk.post(order_url("cancel"), {"seen": seen})
    reminder.refresh_from_db()
    assert reminder.state == "active"


def test_the_words_for_a_time_are_read_in_the_zone_of_the_chat(desk, reminder):
    give(desk, "reschedule", reminder, when="tomorrow 9")
    reminder.refresh_from_db()
    local = reminder.due_at.astimezone(reminder.zone)
    assert (local.hour, local.minute) == (9, 0)


def test_a_time_nobody_can_read_comes_back_as_a_form_error(desk, reminder):
    page = give(desk, "reschedule", reminder, when="whenever").content.decode()
    assert "not a time I can read" in page
    assert not Command.objects.exists()


def test_looking_at_the_new_times_changes_nothing(desk, reminder):
    page = give(desk, "reschedule", reminder, when="tomorrow 9", look="1").content.decode()
    assert "09:00" in page
    assert not Command.objects.exists()


def test_three_hundred_are_moved_by_their_filter_each_in_its_own_zone(desk, bot):
    berlin = make_chat(bot, 21, "Berlin")
    tokyo = make_chat(bot, 22, "Tokyo", timezone="Asia/Tokyo")
    rows = [make_reminder(chat, text="move me") for chat in (berlin, tokyo) for _ in range(150)]
    other = make_reminder(berlin, text="leave me")
    page = desk.post(
        f"{LIST}?q=%22move+me%22",
        {
            "action": "reschedule",
            "select_across": "1",
            "_selected_action": [rows[0].pk],
            "index": 0,
        },
    )
    assert "Reschedule 300 reminders" in page.content.decode()
    missing = desk.post(order_url("reschedule"), {"seen": seen_of(page), "when": "tomorrow 9"})
    assert "This field is required" in missing.content.decode()
    data = {"seen": seen_of(page), "when": "tomorrow 9", "reason": "holiday"}
    result = desk.post(order_url("reschedule"), data, follow=True).content.decode()
    assert "rescheduled" in result
    batch = Command.objects.filter(reason="holiday").first().batch
    apply_batch(batch, within(60))  # what a slow machine has not done within the request
    assert result_of(batch) == "300 rescheduled"
    hours = {row.local_due.hour for row in Reminder.objects.filter(text="move me")}
    assert hours == {9}
    other.refresh_from_db()
    assert other.revision == 1
    assert Command.objects.filter(reason="holiday", state="applied").count() == 300


def test_the_selected_are_paused_and_the_rest_is_not(desk, chat):
    one, two = make_reminder(chat), make_reminder(chat)
    page = desk.post(LIST, {"action": "pause", "_selected_action": [one.pk], "index": 0})
    desk.post(order_url("pause"), {"seen": seen_of(page)})
    assert [Reminder.objects.get(pk=each.pk).state for each in (one, two)] == ["paused", "active"]


def test_the_page_tells_the_whole_story(desk, chat, operator):
    reminder = make_reminder(chat, rules=["FREQ=DAILY"])
    make_delivery(reminder, lateness=4.2, delivered_at=timezone.now())
    give(desk, "pause", reminder, reason="on leave")
    page = desk.get(f"{LIST}{reminder.pk}/change/").content.decode()
    for words in ("order: Pause", "because: on leave", "4 s late", "delivery", "paused"):
        assert words in page, words
    assert AuditEntry.objects.filter(verb="read", chat=chat).exists()


def test_the_story_tells_how_a_lost_answer_was_looked_for(desk, chat):
    reminder = make_reminder(chat)
    delivery = make_delivery(reminder)
    attempt = Attempt.objects.create(message=delivery.message, number=1, outcome="sent")
    attempt.note_step("candidate", "own", 813)
    page = desk.get(f"{LIST}{reminder.pk}/change/").content.decode()
    assert "candidate 813: own" in page
    history = desk.get(f"{LIST}{reminder.pk}/history.json")
    assert "candidate 813: own" in b"".join(history).decode()


def test_the_next_times_mark_the_days_that_are_odd(desk, chat):
    rule = "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
    reminder = make_reminder(chat, rules=[rule], start_local="2026-01-31T10:00:00")
    page = desk.get(f"{LIST}{reminder.pk}/change/").content.decode()
    assert "a shorter month: its last day" in page


def test_the_form_changes_words_and_time_and_says_so(desk, reminder):
    data = {"text": "call the embassy", "when": "+3h", "seen": 1, "reason": "typo"}
    page = desk.post(f"{LIST}{reminder.pk}/change/", data, follow=True).content.decode()
    assert "1 reworded" in page
    assert "1 rescheduled" in page
    reminder.refresh_from_db()
    assert (reminder.text, reminder.revision) == ("call the embassy", 3)


def test_a_form_that_is_older_than_the_row_overwrites_nothing(desk, reminder):
    Reminder.objects.update(text="newer", revision=2)
    data = {"text": "mine", "when": "", "seen": 1}
    response = desk.post(f"{LIST}{reminder.pk}/change/", data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Nothing was overwritten: changed meanwhile" in page
    assert "mine" in page
    reminder.refresh_from_db()
    assert reminder.text == "newer"


def test_a_viewer_looks_and_changes_nothing(viewer, reminder):
    client = signed_in(viewer)
    assert client.get(f"{LIST}{reminder.pk}/change/").status_code == 200
    before = state_of_everything()
    for verb in ("cancel", "reschedule", "send_now", "duplicate", "edit_text"):
        assert client.get(order_url(verb, reminder)).status_code == 403
        assert client.post(order_url(verb), {"seen": "x"}).status_code == 403
    assert client.post(f"{LIST}{reminder.pk}/change/", {"text": "x", "seen": 1}).status_code == 403
    client.post(LIST, {"action": "cancel", "_selected_action": [reminder.pk], "index": 0})
    later = reverse("admin:reminders_later", args=[reminder.chat_id])
    assert client.post(later, {"text": "x", "when": "+1h"}).status_code == 403
    assert state_of_everything() == before


def test_a_visitor_is_sent_to_the_sign_in(client, reminder):
    for url in (LIST, order_url("cancel", reminder), reverse("admin:reminders_calendar")):
        assert "/admin/login/" in client.get(url)["Location"]


def test_an_owner_may_do_everything(reminder):
    client = signed_in(member("owner"))
    assert "1 cancelled" in give(client, "cancel", reminder).content.decode()
    assert client.get("/admin/auth/user/").status_code == 200


@pytest.mark.parametrize("verb", ["nothing", "delete", "__class__"])
def test_an_unknown_verb_is_no_page(desk, reminder, verb):
    assert desk.get(order_url(verb, reminder)).status_code == 404


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("viewer", {"as_csv", "as_json"}),
        ("blind", set(VERBS) - {"edit_text"} | {"as_csv", "as_json"}),
        ("operator", {*VERBS, "as_csv", "as_json"}),
    ],
)
def test_each_role_is_offered_what_it_may_do(role, offered, reminder, request):
    page = signed_in(request.getfixturevalue(role)).get(LIST).content.decode()
    menu = page[page.index('name="action"') :]
    menu = menu[: menu.index("</select>")]
    assert set(re.findall(r'value="(\w+)"', menu)) == offered
