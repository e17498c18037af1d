"""Orders of operators: stored, carried out on the rows, answered exactly (O11, O12)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conversations import parcels
from conversations.models import Message
from reminders import changing, firing, operators
from reminders.contracts import Claim
from reminders.models import Command, Delivery, Reminder
from reminders.operators import Target
from tests.followups.conftest import make_delivery, make_reminder

pytestmark = pytest.mark.django_db


def order(actor, verb, *reminders, reason="", **params):
    targets = [Target(each.pk, each.revision, dict(params)) for each in reminders]
    batch = operators.request(actor, verb, targets, reason=reason)
    operators.apply_batch(batch)
    return batch


def test_the_result_counts_what_was_done_what_was_too_late_and_what_had_changed(chat, operator):
    rows = [make_reminder(chat) for _ in range(20)]
    Reminder.objects.filter(pk__in=[rows[0].pk, rows[1].pk]).update(state="finished", fire_at=None)
    changing.edit_text(rows[2], "something else", actor="person:1")
    rows[2].revision = 1  # what the operator had in view
    batch = order(operator, "cancel", *rows, reason="moved away")
    assert operators.result_of(batch) == "17 cancelled, 2 already sent, 1 changed meanwhile"
    rows[2].refresh_from_db()
    assert (rows[2].state, rows[2].text) == ("active", "something else")


def test_an_order_is_a_row_with_who_why_and_which_revision(reminder, operator):
    order(operator, "cancel", reminder, reason="asked on the phone")
    command = Command.objects.get()
    assert (command.actor, command.verb, command.reason) == (
        operator, "cancel", "asked on the phone",
    )  # fmt: skip
    assert (command.state, command.revision_seen, command.revision_made) == ("applied", 1, 2)
    event = reminder.events.get()
    assert (event.verb, event.actor) == ("cancelled", "operator:operator")
    assert event.details["reason"] == "asked on the phone"


def test_an_order_counts_as_armed_once_the_workflow_has_read_the_row(reminder, operator):
    order(operator, "pause", reminder)
    command = Command.objects.get()
    assert (command.stage, command.is_armed) == ("applied", False)
    Reminder.objects.update(armed_revision=2)
    assert Command.objects.get().stage == "armed"


def test_an_order_left_behind_by_a_crash_is_carried_out_by_the_sweep(reminder, operator):
    batch = operators.request(operator, "cancel", [Target(reminder.pk, 1, {})])
    assert operators.result_of(batch) == "1 queued, will be applied shortly"
    assert operators.apply_waiting() == 0
    Command.objects.update(requested_at=timezone.now() - timedelta(minutes=1))
    assert operators.apply_waiting() == 1
    assert operators.result_of(batch) == "1 cancelled"


def test_applying_an_order_again_changes_nothing(reminder, operator):
    order(operator, "duplicate", reminder)
    operators.apply(Command.objects.get().pk)
    assert Reminder.objects.count() == 2


def test_the_user_is_told_of_a_cancellation_when_the_operator_says_so(reminder, operator):
    order(operator, "cancel", reminder, notify=True)
    assert Message.objects.get().text == "🗑 #1 was cancelled by the bot’s operator."


def test_the_user_is_not_told_otherwise(reminder, operator):
    order(operator, "cancel", reminder)
    assert not Message.objects.exists()


def test_a_time_that_was_not_understood_is_refused(reminder, operator):
    batch = order(operator, "reschedule", reminder, when="sometime")
    assert operators.result_of(batch) == "1 time not understood there"


def test_a_failed_reminder_is_sent_again(chat, operator):
    reminder = make_reminder(chat, state="failed", fire_at=None)
    make_delivery(reminder, Delivery.State.FAILED)
    batch = order(operator, "retry", reminder)
    reminder.refresh_from_db()
    assert operators.result_of(batch) == "1 sent again"
    assert reminder.state == "active"
    assert reminder.fire_at <= timezone.now()


@pytest.mark.parametrize(("state", "marked"), [("unknown", True), ("failed", False)])
def test_what_may_have_arrived_is_said_again_with_a_mark(chat, operator, state, marked):
    reminder = make_reminder(chat, state="finished", fire_at=None)
    make_delivery(reminder, state, at=timezone.now() - timedelta(minutes=5))
    order(operator, "retry", reminder)
    reminder.refresh_from_db()
    claimed = firing.claim(Claim(reminder.pk, reminder.revision))
    message = Message.objects.get(pk=claimed.message_id)
    assert message.possible_repeat is marked
    assert ("(may be a repeat)" in parcels.words_of(message).text) is marked


def test_the_next_time_of_a_series_is_no_repeat_of_an_unknown_one(chat):
    reminder = make_reminder(chat, due=timezone.now(), rules=["FREQ=DAILY"])
    make_delivery(reminder, "unknown", at=timezone.now() - timedelta(days=1))
    claimed = firing.claim(Claim(reminder.pk, reminder.revision))
    assert not Message.objects.get(pk=claimed.message_id).possible_repeat


def test_what_went_well_is_not_retried(chat, operator):
    reminder = make_reminder(chat, state="finished", fire_at=None)
    make_delivery(reminder, Delivery.State.SENT)
    assert operators.result_of(order(operator, "retry", reminder)) == "1 already sent"


def test_the_words_of_an_edit_are_kept_in_the_reminder_not_in_the_log(reminder, operator):
    order(operator, "edit_text", reminder, text="call the embassy")
    reminder.refresh_from_db()
    assert reminder.text == "call the embassy"
    assert Command.objects.get().params == {"length": 16}


def test_the_words_of_a_refused_edit_are_not_kept_at_all(reminder, operator):
    changing.cancel(reminder, actor="person:1")
    order(operator, "edit_text", reminder, text="call the embassy")
    assert "text" not in Command.objects.get().params
