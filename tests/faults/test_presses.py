"""Two hands at once: a button pressed again and again, an operator and a person on one reminder."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from reminders.models import Reminder
from tests.chat.person import NOW, Person


@pytest.fixture
def person(db):
    with time_machine.travel(NOW, tick=False) as clock:
        yield Person(clock).settled("Europe/Berlin", clock=24)


@pytest.fixture
def desk(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False
    client = Client()
    client.force_login(User.objects.create_superuser("ada"))
    return client


def save(desk, reminder, seen, **changed):
    data = {"text": reminder.text, "when": "", "reason": "", "seen": seen, **changed}
    return desk.post(f"/admin/reminders/reminder/{reminder.pk}/change/", data)


@pytest.mark.fault_row(46, "an operator saves what a person has put off meanwhile")
def test_an_operators_old_page_does_not_undo_a_snooze(person, desk, row):
    person.say("in 25 min take the cake out")
    due = person.wait()
    seen = person.reminder().revision
    assert "💤" in person.press(due, "+20m").text
    row.injected += 1
    response = save(desk, person.reminder(), seen, text="leave the cake in")
    assert response.status_code == 409
    assert "Nothing was overwritten" in response.content.decode()
    reminder = person.reminder()
    assert reminder.text == "take the cake out"
    assert reminder.fire_at == datetime(2026, 10, 6, 12, 50, tzinfo=UTC)
    again = save(desk, reminder, reminder.revision, text="leave the cake in")
    assert again.status_code == 302
    assert person.wait().text == "⏰ leave the cake in"
    row.figure = "the snooze won, the operator was told (409) and saved again"


@pytest.mark.fault_row(46, "a person puts off what an operator has moved meanwhile")
def test_a_snooze_after_an_operators_move_is_the_one_that_counts(person, desk, row):
    person.say("in 25 min take the cake out")
    due = person.wait()
    reminder = person.reminder()
    assert save(desk, reminder, reminder.revision, when="tomorrow 9").status_code == 302
    assert person.reminder().fire_at == datetime(2026, 10, 7, 7, tzinfo=UTC)
    row.injected += 1
    assert "💤 again today 14:50" in person.press(due, "+20m").text
    assert person.reminder().fire_at == datetime(2026, 10, 6, 12, 50, tzinfo=UTC)
    assert Reminder.objects.filter(state="active").count() == 1
    verbs = list(person.reminder().events.order_by("pk").values_list("verb", flat=True))
    assert verbs.index("rescheduled") < verbs.index("snoozed")
    row.figure = "the later word counts and both are in the history; one time is left"


@pytest.mark.fault_row(47, "a button pressed ten times")
@pytest.mark.parametrize("label", ["✅", "+20m"])
def test_ten_presses_are_one_effect_and_ten_answers(person, row, label):
    person.say("in 25 min take the cake out")
    due = person.wait()
    button = next(b for b in person.seen_buttons(due) if b["text"].startswith(label))
    answers = []
    for _ in range(10):
        answers += [
            r for r in person.press_data(due, button["callback_data"]).rows if r.kind == "toast"
        ]
        row.injected += 1
    verb = {"✅": "done", "+20m": "snoozed"}[label]
    effects = Reminder.objects.get().events.filter(verb=verb).count()
    assert (effects, len(answers)) == (1, 10)
    row.figure = f"{effects} effect, {len(answers)} answers"
