"""Commands in plain words, without a slash: deleting, putting off, done, undo, moving, help."""

import time

import pytest

from reminders.models import Delivery, Reminder
from tests.machine import within

STATE = Reminder.State


@pytest.fixture
def planned(person):
    """Return somebody with an exam on friday, a call tomorrow and pills every day."""
    for words in ("friday 9:00 exam", "tomorrow 10:00 call Ann", "every day 20:00 pills"):
        person.say(words)
    return person


@pytest.mark.parametrize(
    "words",
    ["delete 1", "Delete #1.", "please remove reminder 1", "cancel 1", "lösche Erinnerung 1", "borra 1",
     "supprime le rappel 1", "elimina il promemoria 1", "apague 1", "удали напоминание 1",
     "delete the exam", "cancel exam", "delete my exam reminder", "удали exam"],
)  # fmt: skip
def test_deleting_by_number_or_by_its_words(planned, words):
    heard = planned.say(words)
    assert heard.text == "🗑 #1 deleted."
    assert Reminder.objects.get(number=1).state == STATE.CANCELLED
    planned.press(heard.shown, "Undo")
    assert Reminder.objects.get(number=1).state == STATE.ACTIVE


def test_several_are_deleted_by_their_numbers(planned):
    assert (
        planned.say("delete 1, 2 and 9").text
        == "🗑 #1 and #2 deleted. #9 isn’t yours or doesn’t exist."
    )
    assert [one.state for one in Reminder.objects.order_by("number")] == [
        STATE.CANCELLED, STATE.CANCELLED, STATE.ACTIVE,
    ]  # fmt: skip


def test_what_only_fits_in_part_is_shown_and_not_deleted(planned):
    heard = planned.say("cancel the call")
    assert heard.text.startswith("#2 call Ann")
    assert "🗑 Delete" in heard.labels
    planned.say("tomorrow 18:00 call Bob")
    heard = planned.say("cancel the call")
    assert heard.labels == ["2", "4"]
    assert not Reminder.objects.filter(state=STATE.CANCELLED).exists()


def test_one_is_named_by_when_it_comes(planned):
    assert planned.say("delete my 10am reminder tomorrow").text.startswith("#2 call Ann")


@pytest.mark.parametrize(
    ("words", "text"),
    [("cancel the gym tomorrow 9:00", "cancel the gym"), ("delete old photos friday 18:00", "delete old photos"),
     ("move the car tomorrow 8:00", "move the car"), ("pause the film at 21:00", "pause the film"),
     ("change the filter on friday at 9:00", "change the filter"),
     ("resume work at 15:00", "resume work"), ("push to production tomorrow 9:00", "push to production")],
)  # fmt: skip
def test_what_begins_like_a_command_can_be_a_reminder(planned, words, text):
    planned.say(words)
    assert Reminder.objects.get(number=4).text == text


def test_what_names_nothing_is_asked_about(planned):
    assert planned.say("cancel the subscription").text.startswith(
        "I have the text (cancel the subscription)"
    )


@pytest.mark.parametrize(
    "words",
    ["move the exam to saturday 10:00", "reschedule exam to saturday 10:00", "change 1 to saturday 10:00",
     "verschiebe exam auf Samstag 10:00", "mueve exam a sábado 10:00", "перенеси exam на субботу 10:00"],
)  # fmt: skip
def test_one_is_moved_by_its_words(planned, words):
    languages = {"verschiebe": "de", "mueve": "es", "перенеси": "ru"}
    planned.speak(languages.get(words.split()[0], "en"))
    planned.say(words)
    assert f"{Reminder.objects.get(number=1).local_due:%a %d %H:%M}" == "Sat 10 10:00"
    assert Reminder.objects.count() == 3


def test_everything_or_one_is_paused_and_goes_on(planned):
    assert planned.say("pause everything").text.startswith("⏸ 3 reminders are paused.")
    assert planned.say("resume all").text
    assert not Reminder.objects.filter(state=STATE.PAUSED).exists()
    planned.say("pause 3 until friday")
    assert Reminder.objects.get(number=3).state == STATE.PAUSED
    planned.say("resume 3")
    assert Reminder.objects.get(number=3).state == STATE.ACTIVE


@pytest.mark.parametrize("words", ["done", "Done!", "I took it", "erledigt", "сделано"])
def test_done_said_alone_is_about_what_came_last(person, words):
    person.say("nag me every 10 minutes at 15:00 to take my pill")
    due = person.wait()
    heard = person.say(words)
    assert heard.text == "Done ✅ take my pill"
    assert Delivery.objects.get().done_at is not None
    assert person.seen_buttons(due) == []
    assert Reminder.objects.get().fire_at is None
    person.press(heard.shown, "Undo")
    assert Delivery.objects.get().done_at is None


def test_done_with_nothing_open_says_so(person):
    assert person.say("done").text == "Nothing that has come is still open."
    assert not Reminder.objects.exists()


def test_stop_ends_the_asking(person):
    person.say("nag me every 10 minutes at 15:00 to take my pill")
    due = person.wait()
    heard = person.say("stop")
    assert heard.text == "I ask no more."
    assert person.seen_buttons(due) == []
    assert Reminder.objects.get().fire_at is None
    person.press(heard.shown, "Undo")
    assert Reminder.objects.get().fire_at is not None


def test_stop_with_nothing_being_asked_helps(person):
    person.say("in 25 min tea")
    assert person.say("stop").text == person.say("/help").text


def test_what_came_last_is_put_off_in_plain_words(person):
    person.say("in 25 min take the cake out")
    person.wait()
    assert "15:30" in person.say("snooze for 1h").text
    assert person.say("snooze the meeting tomorrow 9:00").text.startswith(
        "✅ #2 snooze the meeting"
    )


def test_undo_takes_the_last_step_back(planned):
    planned.say("delete 1")
    planned.say("move call Ann to friday 8:00")
    assert "call Ann is as it was" in planned.say("undo").text
    assert "exam is as it was" in planned.say("undo that").text
    assert Reminder.objects.get(number=1).state == STATE.ACTIVE


def test_undo_with_nothing_to_undo_says_so(person):
    assert person.say("undo").text == "There is nothing to undo."


@pytest.mark.parametrize(
    ("words", "command"),
    [("help", "/help"), ("what can you do?", "/help"), ("Hilfe", "/help"), ("hello", "/start"),
     ("Привет", "/start"), ("my settings", "/settings"), ("never mind", "/cancel"), ("cancel", "/cancel")],
)  # fmt: skip
def test_words_that_stand_for_a_command(person, words, command):
    assert person.say(words).text == person.say(command).text
    assert not Reminder.objects.exists()


def test_an_open_question_is_dropped_by_a_word(person):
    person.say("tea")
    assert person.say("never mind").text == "Not saved."
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("language", "exam", "examples"),
    [("en", "exam", ("snooze 1h", "delete 2", "move the exam to friday 10", "undo")),
     ("de", "Prüfung", ("snooze 1h", "lösche 2", "verschiebe Prüfung auf Freitag 10", "rückgängig")),
     ("es", "examen", ("pospón 1h", "borra 2", "mueve el examen al viernes a las 10", "deshacer")),
     ("fr", "examen", ("snooze 1h", "supprime 2", "déplace l’examen à vendredi 10h", "défaire")),
     ("it", "esame", ("posticipa 1h", "elimina 2", "sposta esame a venerdì alle 10", "annulla l’ultima")),
     ("pt", "prova", ("adia 1h", "apaga 2", "mude a prova para sexta às 10", "desfazer")),
     ("ru", "экзамен", ("отложи 1ч", "удали 2", "перенеси экзамен на пятницу 10", "верни"))],
)  # fmt: skip
def test_what_help_gives_as_examples_works_in_each_language(person, language, exam, examples):
    for words in ("in 25 min tea", "tomorrow 9:00 call", f"tomorrow 12:00 {exam}"):
        person.say(words)
    person.wait(person.reminder(1))
    person.speak(language)
    snooze, delete, move, undo = examples
    person.say(snooze)
    assert f"{person.reminder(1).local_due:%H:%M}" == "15:30"
    person.say(delete)
    assert person.reminder(2).state == STATE.CANCELLED
    person.say(move)
    assert f"{person.reminder(3).local_due:%a %H:%M}" == "Fri 10:00"
    person.say(undo)
    assert f"{person.reminder(3).local_due:%a %H:%M}" == "Wed 12:00"
    assert Reminder.objects.count() == 3


@pytest.mark.parametrize(
    "words", ["delete " + "1" * 180 + "x", "delete " + "1 " * 90 + "x", "move " + "a to " * 38]
)
def test_long_words_are_looked_at_in_no_time(planned, words):
    began = time.thread_time()
    planned.say(words)
    assert time.thread_time() - began < within(1)
