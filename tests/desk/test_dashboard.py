"""The first page: figures that are right, lead somewhere, and stay cheap."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from bots.heartbeat import note
from bots.models import Bot, Update
from config import charts
from reminders.models import Delivery, Reminder
from tests.desk.conftest import hear, say, signed_in

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


def figures(client):
    sections = client.get(INDEX).context["sections"]
    return {figure.name: figure for _, part in sections for figure in part}


def remind(chat, number, minutes, **fields):
    due = timezone.now() + timedelta(minutes=minutes)
    values = {"due_at": due, "fire_at": due, "timezone": "UTC", "text": "x",
              "start_local": "2026-01-01T00:00:00", **fields}  # fmt: skip
    return Reminder.objects.create(chat=chat, number=number, **values)


def deliver(reminder, lateness, minutes=1):
    at = timezone.now() - timedelta(minutes=minutes)
    return Delivery.objects.create(reminder=reminder, due_at=at, planned_at=at, state="sent",
                                   delivered_at=at, lateness=lateness)  # fmt: skip


def test_what_is_due_and_overdue_is_counted(desk, chat):
    for number, minutes in enumerate((10, 50, 70, 60 * 23, 60 * 30, -5)):
        remind(chat, number, minutes)
    remind(chat, 20, 10, state="paused")
    shown = figures(desk)
    assert shown["Due in 1 hour"].value == "2"
    assert shown["Due in 24 hours"].value == "4"
    assert (shown["Overdue"].value, shown["Overdue"].tone) == ("1", "bad")


def test_lateness_is_told_by_its_median_its_95th_and_its_worst(desk, chat):
    reminder = remind(chat, 1, 10)
    for number in range(100):
        deliver(reminder, number / 10, minutes=1 + number / 100)
    deliver(remind(chat, 2, 10), 900, minutes=60 * 25)
    shown = figures(desk)
    assert shown["Median lateness"].value == "5.0 s"
    assert shown["95th percentile"].value == "9.5 s"
    assert shown["Worst lateness"].value == "9.9 s"
    assert "100" in shown["Median lateness"].note


def test_failures_are_grouped_by_cause_with_a_link_to_them(desk, chat):
    for _ in range(2):
        say(chat, "x", state="failed", message_id=None, error="Forbidden: bot was blocked & more")
    say(chat, "x", state="unknown", message_id=None)
    shown = figures(desk)
    assert (shown["Failed"].value, shown["Unknown"].value) == ("2", "1")
    causes = desk.get(INDEX).context["causes"]
    assert causes[0]["count"] == 2
    rows = desk.get(causes[0]["url"]).context["cl"].result_list
    assert {row.error for row in rows} == {"Forbidden: bot was blocked & more"}
    assert len(rows) == 2


def test_what_is_tried_again_by_itself_is_told_apart_from_what_has_failed(desk, chat):
    say(chat, "x", state="queued", message_id=None, error="Too Many Requests: retry after 30")
    say(chat, "y", state="queued", message_id=None)
    (cause,) = desk.get(INDEX).context["causes"]
    assert (cause["state"], cause["count"]) == ("waiting", 1)
    assert [row.text for row in desk.get(cause["url"]).context["cl"].result_list] == ["x"]


def test_repeats_disorder_backlog_and_rate_come_from_the_inbox(desk, bot, chat):
    def arrive(number, sequence, chat_id, **fields):
        values = {"kind": "message", "payload": {}, "received_at": timezone.now(), **fields}
        Update.objects.create(
            bot=bot, update_id=number, sequence=sequence, chat_id=chat_id, **values
        )

    arrive(1, 1, 7, repeats=3, state="answered")
    arrive(2, 5, 7)
    arrive(3, 4, 7)
    arrive(4, 2, 8)
    say(chat, "x", state="queued", message_id=None)
    shown = figures(desk)
    assert shown["Repeats dropped"].value == "3"
    assert shown["Out of order"].value == "1"
    assert shown["Updates waiting"].value == "3"
    assert shown["Outbox waiting"].value == "1"
    assert shown["Updates / min"].value == "0.4"


def test_a_silent_poller_and_a_silent_worker_are_told(desk, bot):
    note("worker", timezone.now() - timedelta(seconds=5))
    fresh = figures(desk)
    assert (fresh["Poller"].tone, fresh["Worker"].tone) == ("", "")
    note("worker", timezone.now() - timedelta(minutes=10))
    Bot.objects.update(last_polled_at=timezone.now() - timedelta(minutes=5), poll_error="refused")
    stale = figures(desk)
    assert (stale["Poller"].tone, stale["Worker"].tone) == ("bad", "bad")
    assert 'role="alert"' in desk.get(INDEX).content.decode()


def test_every_figure_with_a_list_behind_it_leads_there(desk, bot, chat):
    linked = [figure for figure in figures(desk).values() if figure.url]
    assert len(linked) >= 15
    for figure in linked:
        assert desk.get(figure.url).status_code == 200, figure.name


def test_charts_are_drawn_by_the_server_and_speak(desk, chat):
    hear(chat, "one")
    say(chat, "two")
    page = desk.get(INDEX).content.decode()
    assert page.count("<svg") == 2
    assert "Messages by hour, last 24 hours (UTC): 1 from people and 1 to people." in page
    drawn = re.findall(r'<rect class="first"[^>]* height="([\d.]+)"', page)
    assert len(drawn) == 24 + 7
    assert sum(float(height) > 100 for height in drawn) == 2


@pytest.mark.parametrize(("value", "above"), [(0, 1), (1, 1), (3, 4), (9, 10), (41, 60), (99, 100),
                                              (100, 100), (101, 200), (8001, 10_000)])  # fmt: skip
def test_a_charts_scale_ends_at_a_round_number(value, above):
    assert charts.ceiling(value) == above


def test_somebody_without_a_role_sees_no_figures(db):
    page = signed_in(User.objects.create_user("new", is_staff=True)).get(INDEX)
    assert page.context["sections"] == []
    assert "charts" not in page.context


def test_queries_do_not_grow_with_the_rows(desk, bot, chat, django_assert_max_num_queries):
    desk.get(INDEX)
    with django_assert_max_num_queries(32) as few:
        desk.get(INDEX)
    for number in range(30):
        deliver(remind(chat, number, 10), 1.0, minutes=number + 1)
        say(chat, "x", state="failed", message_id=None, error=f"cause {number}")
    with django_assert_max_num_queries(len(few)):
        desk.get(INDEX)
