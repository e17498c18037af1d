"""Which reminders the sweep nudges, and in which order: what is due first does not wait for a crowd."""

from datetime import timedelta

from django.utils import timezone

from reminders.models import Reminder
from reminders.reconcile import NOTHING, drifted
from tests.followups.conftest import make_reminder


def ahead(**length):
    return timezone.now() + timedelta(**length)


def unread(chat, text, *, due, changed):
    """Return a reminder whose workflow has not read it since it changed so many seconds ago."""
    reminder = make_reminder(chat, text, due=due, revision=3)
    at = timezone.now() - timedelta(seconds=changed)
    Reminder.objects.filter(pk=reminder.pk).update(updated_at=at, armed_revision=2)
    return reminder.pk


def test_what_is_due_soon_comes_first_and_at_once_what_is_not_after_a_while(chat):
    later = unread(chat, "later", due=ahead(days=2), changed=40)
    unread(chat, "later, just changed", due=ahead(days=1), changed=10)
    soon = unread(chat, "soon", due=ahead(seconds=20), changed=5)
    unread(chat, "soon, just changed", due=ahead(seconds=10), changed=1)
    overdue = make_reminder(chat, "overdue", due=ahead(seconds=-30)).pk
    assert list(drifted().values_list("pk", flat=True)) == [overdue, soon, later]


def test_what_another_process_left_is_never_too_fresh(chat):
    left = unread(chat, "soon", due=ahead(seconds=20), changed=0.5)
    assert list(drifted().values_list("pk", flat=True)) == []
    assert list(drifted(NOTHING).values_list("pk", flat=True)) == [left]
