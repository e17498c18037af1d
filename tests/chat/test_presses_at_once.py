"""Ten presses in the same moment, each in a thread and a transaction of its own, have one effect."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from bots.envelope import Envelope, IncomingMessage
from conversations.answering import answer
from conversations.models import Message
from reminders.models import Delivery, Event, Reminder
from tests.chat.person import BOT

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 10
TRIES = 20  # what Temporal does without end: a transaction the database refused is tried again
_numbers = count(900_000)


def press_at_once(person, row, label, *, update=None):
    """Press one button ten times at once; return what the toasts say."""
    button = next(b for b in person.seen_buttons(row) if b["text"].startswith(label))
    said = IncomingMessage(
        event="callback", message_id=row.message_id, callback_id="1", sender=person.sender,
        callback_data=button["callback_data"],
    )  # fmt: skip
    together = Barrier(AT_ONCE)

    def press(number):
        envelope = Envelope(BOT, number, person.chat_id, number, f"{BOT}:{number}", said)
        together.wait(20)
        try:
            for _ in range(TRIES):
                try:
                    return answer(envelope).message_ids
                except OperationalError:
                    continue
        finally:
            connection.close()
        raise AssertionError("the database refused every try")

    numbers = [update or next(_numbers) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        found = list(threads.map(press, numbers))
    toasts = [Message.objects.get(pk=pks[0]) for pks in found]
    assert all(toast.kind == "toast" for toast in toasts)
    return [toast.text for toast in toasts]


def test_done_is_noted_once(person):
    person.say("in 25 min take the cake out")
    toasts = press_at_once(person, person.wait(), "✅ Done")
    assert sorted(toasts) == ["Already done at 14:30."] * 9 + ["Done ✅"]
    assert Event.objects.filter(verb="done").count() == 1
    assert Delivery.objects.exclude(done_at=None).count() == 1


def test_one_occurrence_is_put_off_once(person):
    person.say("every day at 9:00 stand-up")
    toasts = press_at_once(person, person.wait(), "+1h")
    assert sum(toast.startswith("Already put off") for toast in toasts) == 9
    assert Reminder.objects.filter(origin="snooze").count() == 1


def test_a_choice_creates_one_reminder(person):
    asked = person.say("buy milk").shown
    toasts = press_at_once(person, asked, "1 h")
    assert toasts.count("Already set: #1.") == 9
    assert Reminder.objects.count() == 1


def test_an_undo_takes_back_once(person):
    set_ = person.say("tomorrow 9:00 call the bank").shown
    press_at_once(person, set_, "Undo")
    assert Reminder.objects.get().state == "cancelled"
    assert Event.objects.filter(verb="cancelled").count() == 1


def test_a_delete_deletes_once(person):
    set_ = person.say("tomorrow 9:00 call the bank").shown
    card = person.press(set_, "Edit").edits[-1]
    card.message_id = set_.message_id
    press_at_once(person, card, "🗑 Delete")
    assert Event.objects.filter(verb="cancelled").count() == 1


def test_the_same_press_handed_over_ten_times_is_one_answer(person):
    person.say("in 25 min take the cake out")
    toasts = press_at_once(person, person.wait(), "✅ Done", update=next(_numbers))
    assert toasts == ["Done ✅"] * 10
    assert Message.objects.filter(kind="toast").count() == 1
    assert Event.objects.filter(verb="done").count() == 1
