"""Who may not read what people write sees no word of it anywhere (O16)."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from conversations.operators import AuditEntry
from reminders import changing, followup
from reminders.models import Broadcast, Delivery, Event
from tests.followups.conftest import make_delivery, make_reminder, member, signed_in

pytestmark = pytest.mark.django_db
SECRET, EARLIER = "the-secret-word", "an-earlier-word"
LIST = "/admin/reminders/reminder/"


@pytest.fixture
def secret(chat):
    reminder = make_reminder(chat, text=EARLIER)
    changing.edit_text(reminder, SECRET, actor="person:7")
    make_delivery(reminder, Delivery.State.FAILED, reason="Bad Request: message is too long")
    return reminder


def pages_about(reminder):
    order = reverse("admin:reminders_reminder_order", args=["reschedule"])
    return [
        LIST,
        f"{LIST}?q={SECRET}",
        f"{LIST}?show=failed",
        f"{LIST}{reminder.pk}/change/",
        f"{order}?id={reminder.pk}",
        f"{LIST}{reminder.pk}/history.csv",
        f"{LIST}{reminder.pk}/history.json",
        reverse("admin:reminders_calendar"),
        reverse("admin:reminders_command_changelist"),
        reverse("admin:reminders_broadcast_changelist"),
    ]


def body(response):
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return response.content.decode()


def words_in(client, url, allowed=""):
    page = body(client.get(url)).replace(allowed, "") if allowed else body(client.get(url))
    return [word for word in (SECRET, EARLIER) if word in page]


@pytest.mark.parametrize("role", ["viewer", "blind"])
def test_no_page_shows_a_word(role, secret, request):
    Broadcast.objects.create(text=SECRET, author_name="owner")
    client = signed_in(request.getfixturevalue(role))
    for url in pages_about(secret):
        if role == "viewer" and "/order/" in url:
            continue
        page = body(client.get(url)).replace(f'value="{SECRET}"', "")  # what they typed themselves
        assert SECRET not in page.replace(f"q={SECRET}", ""), url
        assert EARLIER not in page, url


def test_an_operator_who_may_read_sees_the_words(secret, operator):
    client = signed_in(operator)
    assert words_in(client, LIST) == [SECRET]
    assert words_in(client, f"{LIST}{secret.pk}/change/") == [SECRET, EARLIER]


def test_no_export_carries_a_word(secret, blind):
    client = signed_in(blind)
    for kind in ("as_csv", "as_json"):
        data = {"action": kind, "_selected_action": [secret.pk], "index": 0}
        content = body(client.post(LIST, data))
        assert SECRET not in content
        assert "15 characters" in content


def test_searching_for_a_word_does_not_tell_whether_it_is_there(secret, blind, operator):
    assert "0 results" not in body(signed_in(operator).get(f"{LIST}?q={SECRET}"))
    page = body(signed_in(blind).get(f"{LIST}?q={SECRET}"))
    assert f"/reminder/{secret.pk}/change/" not in page


def test_a_form_that_comes_back_with_errors_shows_no_word(secret, blind):
    url = f"{LIST}{secret.pk}/change/"
    page = body(signed_in(blind).post(url, {"when": "gibberish", "seen": secret.revision}))
    assert "not a time I can read" in page
    assert SECRET not in page


def test_a_blind_operator_still_works(secret, blind):
    url = f"{LIST}{secret.pk}/change/"
    signed_in(blind).post(url, {"when": "+2h", "seen": secret.revision})
    secret.refresh_from_db()
    assert (secret.text, secret.revision) == (SECRET, 3)


def test_a_blind_operator_rewords_nothing(secret, blind):
    url = reverse("admin:reminders_reminder_order", args=["edit_text"])
    assert signed_in(blind).get(f"{url}?id={secret.pk}").status_code == 403
    data = {"text": "mine", "when": "", "seen": secret.revision}
    signed_in(blind).post(f"{LIST}{secret.pk}/change/", data)
    secret.refresh_from_db()
    assert secret.text == SECRET


def test_the_forms_below_a_transcript_list_no_words(chat, blind, operator, rf):
    from reminders.desk.later import later_context

    due = timezone.now() + timezone.timedelta(days=1)
    followup.schedule(chat, SECRET, due, author=operator)
    request = rf.get("/")
    request.user = blind
    assert SECRET not in str(later_context(request, chat)["waiting"][0]["text"])


def test_reading_a_page_is_written_down_and_not_reading_is_not(secret, operator, blind):
    signed_in(blind).get(f"{LIST}{secret.pk}/change/")
    assert not AuditEntry.objects.exists()
    signed_in(operator).get(f"{LIST}{secret.pk}/change/")
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.verb, entry.details) == (operator, "read", {"reminder": secret.pk})


def test_exports_are_written_down(secret, operator):
    body(signed_in(operator).get(f"{LIST}{secret.pk}/history.json"))
    assert AuditEntry.objects.filter(verb="exported").exists()


def test_cells_a_spreadsheet_would_run_are_disarmed(chat, operator):
    dangers = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]
    rows = [make_reminder(chat, text=text) for text in dangers]
    data = {"action": "as_csv", "_selected_action": [row.pk for row in rows], "index": 0}
    content = body(signed_in(operator).post(LIST, data))
    for text in dangers:
        assert f"'{text}" in content, text


def test_the_history_as_json_is_whole_and_in_order(secret, operator):
    rows = json.loads(body(signed_in(operator).get(f"{LIST}{secret.pk}/history.json")))
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert {row["what"] for row in rows} >= {"edited", "delivery"}


def test_the_roles_are_there_and_made_again_without_harm(db):
    before = {group.name: group.permissions.count() for group in Group.objects.all()}
    call_command("migrate", verbosity=0)
    assert {group.name: group.permissions.count() for group in Group.objects.all()} == before
    assert set(before) >= {"viewer", "operator", "owner"}


def test_what_an_owner_took_from_a_role_stays_away(db):
    group = Group.objects.get(name="operator")
    group.permissions.remove(Permission.objects.get(codename="read_text"))
    call_command("migrate", verbosity=0)
    assert not group.permissions.filter(codename="read_text").exists()


def test_a_viewer_only_views(viewer):
    assert {name.partition(".")[2][:5] for name in viewer.get_all_permissions()} == {"view_"}
    assert not any("user" in name for name in viewer.get_all_permissions())


def test_an_operator_has_no_say_over_accounts(operator):
    assert not any(name.startswith("auth.") for name in operator.get_all_permissions())
    assert signed_in(operator).get("/admin/auth/user/").status_code == 403


def test_an_owner_manages_accounts():
    assert member("owner").has_perm("auth.change_user")


def test_no_event_keeps_words_under_a_name_the_history_does_not_hide(secret):
    for event in Event.objects.all():
        shown = {name for name, value in event.details.items() if value in (SECRET, EARLIER)}
        assert shown <= {"text_before"}
