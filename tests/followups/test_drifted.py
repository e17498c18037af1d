"""Which reminders the sweep nudges, and in which order: what is due first does not wait for a crowd."""

import asyncio
from datetime import timedelta

import pytest
from django.test import TestCase
from django.utils import timezone
from temporalio.common import Priority

from bots.link import link
from reminders import reconcile
from reminders.arming import BEFORE_CROWDS, arm
from reminders.models import Reminder
from reminders.reconcile import NOTHING, Reconciler, drifted
from tests.followups.conftest import make_chat, make_reminder


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


class Starts:
    """Stands for Temporal's client: notes which workflow was started with which priority."""

    def __init__(self):
        self.heard = []
        self.away = False

    async def start_workflow(self, *_args, **options):
        if self.away:
            raise OSError("nobody there")
        self.heard.append((options["id"], options["priority"]))


def test_what_is_due_within_a_minute_goes_before_the_crowd(chat, monkeypatch):
    taken = []
    monkeypatch.setattr(link, "nudge", lambda call, urgent: taken.append((call, urgent)))
    soon, later = make_reminder(chat, due=ahead(seconds=40)), make_reminder(chat, due=ahead(days=1))
    with TestCase.captureOnCommitCallbacks(execute=True):
        arm(soon)
        arm(later)
    client = Starts()
    for call, _ in taken:
        asyncio.run(call(client))
    assert [urgent for _, urgent in taken] == [True, False]
    assert client.heard == [
        (soon.workflow_id, BEFORE_CROWDS),
        (later.workflow_id, Priority.default),
    ]


@pytest.mark.django_db(transaction=True)
async def test_the_sweep_nudges_nobody_twice_at_once_but_again_who_was_not_heard(monkeypatch, bot):
    await asyncio.to_thread(
        lambda: unread(make_chat(bot, 7, "Anna"), "soon", due=ahead(seconds=5), changed=5)
    )

    async def not_stranded(client, workflow_id):
        return None

    monkeypatch.setattr(reconcile, "end_if_stranded", not_stranded)
    client = Starts()
    sweeps, client.away = Reconciler(client), True
    with pytest.raises(OSError, match="nobody there"):
        await sweeps.sweep()
    client.away = False
    assert [await sweeps.sweep(), await sweeps.sweep()] == [1, 0]
    assert [priority for _, priority in client.heard] == [BEFORE_CROWDS]
