"""/privacy says what is kept; /forget lets all of it go, after a word that confirms."""

import asyncio
from datetime import timedelta

import pytest

from bots.models import Update
from conversations import forgetting
from conversations.guests import Tombstone
from conversations.models import Chat, Message
from reminders.chat.models import Draft, Preferences, Undo
from reminders.models import Delivery, Event, Reminder
from tests.chat.person import BOT, Person


def fill(person):
    person.say("in 25 min take the cake out")
    person.press(person.wait(), "✅ Done")
    person.say("every day at 9:00 stretch")
    person.say("buy bread")
    person.say("/settings quiet 22:00-8:00")
    Update.objects.create(
        bot_id=BOT, update_id=9, sequence=9, kind="message", chat_id=77,
        payload={"text": "take the cake out"}, received_at="2026-10-06T12:00:00Z",
    )  # fmt: skip


def test_privacy_names_what_how_long_and_who(person):
    text = person.say("/privacy").text
    assert "/forget" in text
    assert "people who operate this bot" in text


def test_it_first_lists_what_would_go(person):
    fill(person)
    text = person.say("/forget").text
    assert "2 reminders with their history" in text
    assert "/forget everything" in text
    assert Reminder.objects.count() == 2
    assert person.say("/forget yes").text.startswith("This would go, for good:")


def test_everything_goes_and_a_number_stays(person):
    fill(person)
    heard = person.say("/forget everything")
    assert heard.text.startswith("Done. I have forgotten everything")
    for model in (Reminder, Delivery, Event, Draft, Undo, Preferences):
        assert not model.objects.exists(), model
    left = Message.objects.order_by("pk")
    assert [(row.direction, row.text, row.sender_name) for row in left] == [
        ("in", "", ""), ("out", heard.text, ""),
    ]  # fmt: skip
    assert Update.objects.get(update_id=9).payload == {}
    chat = Chat.objects.get()
    assert (chat.title, chat.username, chat.timezone) == ("", "", "")
    assert Tombstone.objects.get().rows > 10


def test_other_chats_keep_theirs(person, clock):
    other = Person(clock, chat_id=88, user_id=88, name="Ben").settled("Europe/Berlin", 24)
    other.say("in 25 min feed the cat")
    person.say("/forget everything")
    assert Reminder.objects.get().text == "feed the cat"


def test_the_row_of_the_chat_goes_a_minute_later(person, clock):
    person.say("/forget everything")
    assert forgetting.settled() == []
    clock.shift(timedelta(minutes=2))
    assert forgetting.settled() == [person.chat]


def test_who_writes_again_begins_anew(person, clock):
    person.say("/forget everything")
    person.say("in 25 min take the cake out")
    clock.shift(timedelta(minutes=2))
    assert forgetting.settled() == []
    assert Reminder.objects.get().number == 1


@pytest.mark.django_db(transaction=True)
def test_the_sweep_ends_the_chats_workflow_and_deletes_the_row(clock):
    person = Person(clock)
    person.say("/forget everything")
    person_workflow = person.chat.workflow_id
    clock.shift(timedelta(minutes=2))
    ended = []

    class Client:
        namespace = "default"

        class workflow_service:  # noqa: N801
            @staticmethod
            async def delete_workflow_execution(request):
                ended.append(request.workflow_execution.workflow_id)

    assert asyncio.run(forgetting.sweep(Client)) == 1
    assert ended == [person_workflow]
    assert not Chat.objects.exists()
    assert not Message.objects.exists()
