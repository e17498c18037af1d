"""What each change does to the row: the promises operators and chats rely on (O11)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reminders import changing
from reminders.models import Reminder
from tests.followups.conftest import make_reminder

pytestmark = pytest.mark.django_db
ME = "operator:me"


def test_rescheduling_a_single_reminder_moves_its_start_too(reminder):
    due = timezone.now().replace(microsecond=0) + timedelta(days=3)
    assert changing.reschedule(reminder, due, actor=ME)
    assert (reminder.due_at, reminder.fire_at) == (due, due)
    assert reminder.start_local == due.astimezone(reminder.zone).strftime("%Y-%m-%dT%H:%M:%S")


def test_rescheduling_a_series_moves_the_next_time_and_keeps_the_rule(chat):
    series = make_reminder(chat, rules=["FREQ=DAILY"])
    start = series.start_local
    due = timezone.now() + timedelta(hours=5)
    assert changing.reschedule(series, due, actor=ME)
    assert (series.start_local, series.rules, series.due_at) == (start, ["FREQ=DAILY"], due)


def test_rescheduling_what_was_sent_arms_it_again(chat):
    sent = make_reminder(chat, state="finished", fire_at=None, ended_at=timezone.now())
    assert changing.reschedule(sent, timezone.now() + timedelta(hours=1), actor=ME)
    assert (sent.state, sent.ended_at) == ("active", None)


def test_a_cancelled_one_is_not_rescheduled(reminder):
    changing.cancel(reminder, actor=ME)
    assert not changing.reschedule(reminder, timezone.now() + timedelta(hours=1), actor=ME)


def test_alerts_come_before_the_new_time(chat):
    reminder = make_reminder(chat, alerts=[600])
    due = timezone.now() + timedelta(hours=1)
    changing.reschedule(reminder, due, actor=ME)
    assert (reminder.fire_at, reminder.fire_kind) == (due - timedelta(minutes=10), "alert")


def test_a_paused_reminder_whose_time_has_passed_is_said_when_it_is_resumed(chat):
    due = timezone.now() - timedelta(hours=1)
    reminder = make_reminder(chat, due=due, state="paused")
    assert changing.resume(reminder, actor=ME)
    assert (reminder.state, reminder.held_since) == ("active", due)
    assert reminder.fire_at <= timezone.now()


def test_a_paused_series_goes_on_with_what_lies_ahead(chat):
    due = timezone.now() - timedelta(hours=30)
    series = make_reminder(chat, due=due, state="paused", rules=["FREQ=DAILY"])
    assert changing.resume(series, actor=ME)
    assert series.due_at > timezone.now()


def test_pausing_says_until_when_and_takes_a_new_end(reminder):
    until = timezone.now() + timedelta(days=1)
    assert changing.pause(reminder, actor=ME)
    assert changing.pause(reminder, until, actor=ME)
    assert (reminder.state, reminder.paused_until) == ("paused", until)


def test_an_old_view_overwrites_nothing(reminder):
    stale = Reminder.objects.get(pk=reminder.pk)
    assert changing.edit_text(reminder, "newer", actor=ME)
    assert not changing.edit_text(stale, "older", actor=ME)
    assert Reminder.objects.get().text == "newer"
    assert not changing.reschedule(stale, timezone.now() + timedelta(days=1), actor=ME)


def test_a_copy_has_its_own_number_and_the_same_words(reminder):
    copy = changing.duplicate(reminder, actor=ME)
    assert (copy.number, copy.text, copy.revision) == (2, reminder.text, 1)
    assert copy.due_at == reminder.due_at


def test_a_copy_of_what_has_passed_needs_a_time(chat):
    past = make_reminder(chat, due=timezone.now() - timedelta(days=1), state="finished")
    assert changing.duplicate(past, actor=ME) is None
    assert changing.duplicate(past, timezone.now() + timedelta(days=1), actor=ME) is not None
