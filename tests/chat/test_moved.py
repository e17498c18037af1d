"""One occurrence of a series that was moved alone takes the place of the one it was."""

from datetime import datetime, timedelta

import pytest

from reminders import changing
from tests.chat.person import BERLIN


def move(person, day, hour):
    reminder = person.reminder()
    assert changing.reschedule(
        reminder, datetime(2026, 10, day, hour, tzinfo=BERLIN), actor="operator:ann"
    )


def due(person):
    return f"{person.reminder().local_due:%a %d %H:%M}"


@pytest.mark.parametrize(("day", "hour"), [(7, 8), (7, 11), (6, 20)])
def test_a_moved_occurrence_does_not_come_at_its_own_time_too(person, day, hour):
    person.say("every day at 9:00 stand-up")
    move(person, day, hour)
    assert person.wait().text.startswith("⏰ stand-up")
    assert due(person) == "Thu 08 09:00"


def test_moved_twice_it_still_stands_for_the_first(person):
    person.say("every day at 9:00 stand-up")
    move(person, 7, 8)
    move(person, 7, 7)
    person.wait()
    assert due(person) == "Thu 08 09:00"
    person.wait()
    assert due(person) == "Fri 09 09:00"


def test_what_is_late_counts_no_miss_that_was_moved(person):
    person.say("every day at 9:00 stand-up")
    move(person, 7, 8)
    assert "more time" not in person.wait(late=timedelta(hours=3)).text
    assert due(person) == "Thu 08 09:00"


def test_a_pause_keeps_what_was_moved(person):
    person.say("every day at 9:00 stand-up")
    move(person, 7, 8)
    person.say("/pause 1")
    person.say("/resume 1")
    person.wait()
    assert due(person) == "Thu 08 09:00"


def test_the_next_one_moved_by_words_in_the_chat_too(person):
    set_ = person.say("every day at 9:00 stand-up").shown
    person.say("tomorrow at 7:00", to=set_)
    assert due(person) == "Wed 07 07:00"
    person.wait()
    assert due(person) == "Thu 08 09:00"


def test_the_next_times_begin_with_the_moved_one(person):
    heard = person.say("every day at 9:00 stand-up")
    move(person, 7, 8)
    shown = person.press(heard.shown, "Show 5").text
    assert "Wed 7 Oct" in shown
    assert shown.count("Wed 7 Oct") == 1
