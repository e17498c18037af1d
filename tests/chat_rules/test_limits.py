"""Limits, stated plainly: how many reminders, how fast, and how many messages."""

from datetime import timedelta

import pytest

from conversations.models import Chat
from reminders.models import Reminder


def fill(person, count, clock, minutes):
    for number in range(count):
        person.say(f"in {number + 1} weeks thing {number}")
        clock.shift(timedelta(minutes=minutes))


def test_twenty_an_hour(person, clock):
    fill(person, 20, clock, 1)
    heard = person.say("in 5 weeks one more")
    assert heard.text == (
        "That is 20 new reminders within an hour, as many as I take. "
        "Nothing was saved; send this again a little later."
    )
    assert Reminder.objects.count() == 20
    clock.shift(timedelta(hours=1))
    assert person.say("in 5 weeks one more").text.startswith("✅ #21")


def test_fifty_at_the_same_time(person, clock):
    fill(person, 50, clock, 4)
    assert person.say("in 60 weeks one more").text.startswith("50 reminders are waiting for you")
    person.say("/delete 7")
    assert person.say("in 60 weeks one more").text.startswith("✅ #51")


def test_three_that_come_all_the_time(person, clock):
    for minutes in (10, 20, 30):
        person.say(f"every {minutes} minutes drink")
    heard = person.say("every 40 minutes stand up")
    assert heard.text.startswith("I keep at most 3 reminders that come more often")
    assert Reminder.objects.count() == 3
    assert person.say("every day at 9:00 stretch").text.startswith("✅ #4")


def test_an_operator_can_lift_them(person, clock):
    Chat.objects.update(limits_lifted=True)
    fill(person, 21, clock, 1)
    assert Reminder.objects.count() == 21


def test_repeats_closer_than_five_minutes_are_offered_slower(person):
    heard = person.say("every 10 seconds drink")
    assert heard.text == "The shortest repeat is 5 minutes, so I saved nothing."


def test_many_messages_are_answered_with_one_warning(person):
    heard = [person.say(f"/ping {number}") for number in range(40)]
    texts = [row.text for one in heard for row in one.messages]
    assert [text for text in texts if text.startswith("pong")] == [f"pong: {n}" for n in range(40)]
    assert len([text for text in texts if text.startswith("That is a lot")]) == 1


@pytest.mark.parametrize("count", [150])
def test_a_flood_is_recorded_and_not_answered(person, count, clock):
    heard = [person.say(f"/ping {number}") for number in range(count)]
    assert not heard[-1].rows
    assert person.chat.messages.filter(direction="in", text__startswith="/ping").count() == count
    clock.shift(timedelta(minutes=2))
    assert person.say("/ping again").text == "pong: again"
