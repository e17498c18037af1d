"""A reminder that has come is put off by words that may be read in two ways: the bot asks."""

from reminders.models import Reminder
from tests.chat.test_taking_back import labels


def test_two_times_to_put_it_off_until_are_asked_about(person):
    person.say("in 25 min take the cake out")
    due = person.wait()
    buttons = labels(person, due)
    asked = person.say("tomorrow 9 or 10", to=due)
    assert asked.text == "Which one? take the cake out"
    assert labels(person, asked.shown) == ["Wed 7 Oct 09:00", "Wed 7 Oct 10:00", "Other…"]
    assert labels(person, due) == buttons
    assert person.reminder().state == "finished"
    data = person.seen_buttons(asked.shown)[1]["callback_data"]
    heard = person.press_data(asked.shown, data)
    assert "10:00" in heard.text
    assert person.reminder().local_due.strftime("%a %H:%M") == "Wed 10:00"
    assert labels(person, due) == []
    assert person.press_data(asked.shown, data).toasts == ["Already answered."]
    assert "Already put off" in person.say("tomorrow 9 or 10", to=due).text
    assert Reminder.objects.count() == 1


def test_which_of_two_times_is_answered_with_words_or_with_another_time(person):
    person.say("in 25 min take the cake out")
    due = person.wait()
    asked = person.say("tomorrow 9 or 10", to=due)
    assert "Write the time" in person.press(asked.shown, "Other…").text
    assert person.say("tomorrow 11:30").messages[0].text == (
        "💤 take the cake out again Wed 7 Oct, 11:30."
    )
    assert person.reminder().local_due.strftime("%a %H:%M") == "Wed 11:30"
    assert labels(person, due) == []


def test_what_was_to_be_put_off_stays_as_it_is_where_something_else_is_said(person):
    person.say("in 25 min take the cake out")
    due = person.wait()
    person.say("tomorrow 9 or 10", to=due)
    person.say("friday 18:00 bring the keys")
    assert Reminder.objects.get(state="active").text == "bring the keys"
    assert person.say("39 minutes", to=due).messages[0].text.startswith("💤 take the cake out")


def test_an_hour_of_a_clock_nobody_knows_yet_is_asked_about_once_the_zone_is_known(stranger):
    stranger.say("in 25 min take the cake out")
    due = stranger.wait()
    stranger.say("tomorrow 9:00", to=due)
    asked = stranger.say("lisbon")
    assert labels(stranger, asked.shown) == ["Wed 7 Oct 09:00", "Wed 7 Oct 21:00", "Other…"]
    assert "again Wed 7 Oct, 09:00" in stranger.press(asked.shown, "Wed 7 Oct 09:00").text
    stranger.chat.refresh_from_db()
    assert stranger.chat.clock == 24


def test_a_series_makes_what_came_repeat_however_it_is_said(person):
    person.say("in 25 min take the cake out")
    due = person.wait()
    person.say("tomorrow 9 or 10", to=due)
    assert person.say("every day at 9:00").text.startswith("✏️ #1 every day at 09:00.")
    assert person.reminder().rules
    assert person.say("/snooze every monday 8:00").text.startswith("✏️ #1 every Monday at 08:00.")
