"""Send later, and only if they have not written by then (O5)."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bots.envelope import Envelope, IncomingMessage, Sender
from conversations.answering import answer
from conversations.models import Message
from reminders import changing, firing, followup
from reminders.contracts import Claim
from reminders.models import Command, Delivery, Reminder
from tests.followups.conftest import signed_in

pytestmark = pytest.mark.django_db
SAID = IncomingMessage(
    text="thank you, it came", message_id=41, sender=Sender(id=7, first_name="Anna")
)


def arrives(chat, number=1, **changes):
    said = replace(SAID, **changes)
    return answer(Envelope(chat.bot_id, number, chat.chat_id, number, f"1000001:{number}", said))


def tomorrow():
    return timezone.now().replace(microsecond=0) + timedelta(days=1)


@pytest.fixture
def waiting(chat, operator):
    return followup.schedule(
        chat, "Did the card arrive?", tomorrow(), author=operator, unless_reply=True
    )


def claim_now(reminder):
    Reminder.objects.filter(pk=reminder.pk).update(fire_at=timezone.now() - timedelta(seconds=1))
    return firing.claim(Claim(reminder.pk, reminder.revision))


def test_a_follow_up_is_a_reminder_with_its_author_and_its_order(waiting, operator):
    assert (waiting.origin, waiting.author, waiting.state) == ("operator", operator, "active")
    assert waiting.timezone == "Europe/Berlin"
    command = Command.objects.get()
    assert (command.verb, command.state, command.actor) == ("schedule", "applied", operator)


def test_in_an_hour_that_comes_twice_it_keeps_its_pass(chat, operator):
    due = datetime(2027, 10, 31, 1, 40, tzinfo=UTC)
    row = followup.schedule(chat, "Hello", due, author=operator)
    assert row.start_local == "2027-10-31T02:40:00+01:00"


def test_it_says_the_operators_own_words_and_nothing_else(waiting):
    claim_now(waiting)
    assert Message.objects.get().text == "Did the card arrive?"


def test_a_reply_cancels_it_and_the_history_says_why(chat, waiting):
    arrives(chat)
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    event = waiting.events.get(verb="cancelled")
    assert (event.actor, event.details["why"]) == ("person:7", "replied")
    assert Message.objects.get(pk=event.details["message"]).text == "thank you, it came"


def test_a_photo_is_a_reply_too(chat, waiting):
    arrives(chat, event="media", attachment="photo", text="")
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"


@pytest.mark.parametrize("event", ["edit", "callback", "member", "service"])
def test_what_is_no_message_of_theirs_cancels_nothing(chat, waiting, event):
    arrives(chat, event=event, callback_data="x:1")
    waiting.refresh_from_db()
    assert waiting.state == "active"


def test_a_reply_leaves_other_follow_ups_alone(chat, operator):
    plain = followup.schedule(chat, "Happy birthday!", tomorrow(), author=operator)
    arrives(chat)
    plain.refresh_from_db()
    assert plain.state == "active"


def test_a_reply_that_comes_too_late_does_not_call_it_back(chat, waiting):
    claimed = claim_now(waiting)
    arrives(chat)
    waiting.refresh_from_db()
    assert waiting.state == "finished"
    assert Delivery.objects.get().pk == claimed.delivery_id
    assert not waiting.events.filter(verb="cancelled").exists()


def test_a_claim_after_the_reply_sends_nothing(chat, waiting):
    arrives(chat)
    assert claim_now(waiting).delivery_id == 0
    assert not Delivery.objects.exists()


def test_a_handler_that_fails_does_not_lose_the_reply(chat, waiting, monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr("conversations.router.Router.route", broken)
    arrives(chat)
    monkeypatch.undo()
    assert Message.objects.filter(direction="in").count() == 1


@pytest.mark.django_db(transaction=True)
def test_reply_and_claim_at_once_never_both_win(chat, operator):
    """Twenty races: each ends either cancelled and unsent, or sent and not cancelled."""
    outcomes = set()
    for number in range(20):
        due = tomorrow()
        row = followup.schedule(chat, "Still there?", due, author=operator, unless_reply=True)
        Reminder.objects.filter(pk=row.pk).update(fire_at=timezone.now() - timedelta(seconds=1))
        race(
            partial(arrives, chat, 100 + number, message_id=100 + number),
            partial(firing.claim, Claim(row.pk, row.revision)),
        )
        row.refresh_from_db()
        sent = row.deliveries.exists()
        assert (row.state, sent) in {("cancelled", False), ("finished", True)}
        outcomes.add(sent)
    assert outcomes


def race(*acts):
    """Let every act begin at once, each in a thread and with a connection of its own."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_form_schedules_in_the_words_and_the_zone_of_the_chat(chat, operator):
    url = reverse("admin:reminders_later", args=[chat.pk])
    data = {"text": "Hello again", "when": "tomorrow 9", "unless_reply": "on"}
    assert signed_in(operator).post(url, data).status_code == 302
    row = Reminder.objects.get()
    assert (row.local_due.hour, row.unless_reply, row.text) == (9, True, "Hello again")


def test_the_form_comes_back_with_the_words_when_the_time_is_no_time(chat, operator):
    url = reverse("admin:reminders_later", args=[chat.pk])
    response = signed_in(operator).post(url, {"text": "Hello again", "when": "soonish"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Hello again" in page
    assert "not a time I can read" in page
    assert not Reminder.objects.exists()


def test_it_is_listed_edited_and_cancelled_before_it_goes(chat, waiting, operator):
    client = signed_in(operator)
    url = f"/admin/reminders/reminder/{waiting.pk}/change/"
    client.post(url, {"text": "Has the card arrived?", "when": "+2h", "seen": 1})
    waiting.refresh_from_db()
    assert waiting.text == "Has the card arrived?"
    assert changing.cancel(waiting, actor="operator:operator")
    assert not claim_now(waiting).delivery_id
