"""The address of a chat's calendar: made, replaced and turned off in the chat; nothing tells it."""

import logging

import pytest
from django.test import Client
from icalendar import Calendar

from config.logs import SafeFormatter
from conversations.models import Chat
from reminders.calendars.models import Feed
from reminders.models import Reminder

SITE = "https://bot.example.org"


@pytest.fixture
def public(settings):
    settings.PUBLIC_URL = SITE


@pytest.fixture
def fetch(db):
    """Return a function that asks for an address as a calendar program does."""
    client = Client()
    return lambda address, **headers: client.get(address.removeprefix(SITE), headers=headers)


def offer(person):
    return person.say("/export").messages[-1]


def make(person, row=None, label="Make an address"):
    """Press for an address; return it and the message it stands in."""
    row = row or offer(person)
    shown = person.press(row, label).edits[-1]
    return shown.text.splitlines()[0], row


def test_without_a_public_address_it_says_so(person):
    row = offer(person)
    assert row.text.endswith("not here: this bot has no public address.")
    assert not person.seen_buttons(row)
    person.press_data(row, "f1:new:0")
    assert not Feed.objects.exists()


def test_the_calendar_is_there_and_follows_the_chat(person, public, fetch):
    person.say("every monday at 9:00 stand-up")
    address, _row = make(person)
    assert address.startswith(f"{SITE}/calendar/")
    answer = fetch(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, max-age=300", "noindex")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["SUMMARY"]) == "stand-up"
    person.say("tomorrow 10:00 dentist")
    assert len(Calendar.from_ical(fetch(address).content).walk("VEVENT")) == 2
    person.say("/delete 1")
    (event,) = Calendar.from_ical(fetch(address).content).walk("VEVENT")
    assert str(event["SUMMARY"]) == "dentist"


def test_what_has_not_changed_is_neither_built_nor_sent_again(
    person, public, fetch, django_assert_max_num_queries
):
    person.say("tomorrow 10:00 dentist")
    address, _row = make(person)
    version = fetch(address)["ETag"]
    with django_assert_max_num_queries(2):
        answer = fetch(address, if_none_match=version)
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_new_address_ends_the_one_before(person, public, fetch):
    first, row = make(person)
    second, _row = make(person, row, "New address")
    assert (fetch(first).status_code, fetch(second).status_code) == (404, 200)


def test_it_can_be_turned_off_and_on(person, public, fetch):
    address, row = make(person)
    assert "The address is off" in person.press(row, "Turn off").text
    assert fetch(address).status_code == 404
    again, _row = make(person, row)
    assert fetch(again).status_code == 200


def test_ten_presses_make_one_address(person, public):
    row = offer(person)
    heard = [person.press_data(row, "f1:new:0") for _ in range(10)]
    assert sum(bool(one.edits) for one in heard) == 1
    assert heard[-1].toasts == ["This has changed meanwhile. /export shows how it is now."]
    assert "I cannot show it again" in offer(person).text


def test_only_a_digest_is_kept_and_no_log_line_shows_it(person, public, fetch, caplog):
    address, _row = make(person)
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert token not in str(Feed.objects.values())
    person.press(offer(person), "Turn off")
    with caplog.at_level(logging.DEBUG):
        assert fetch(address).status_code == 404
    assert caplog.records
    for record in caplog.records:
        assert token not in SafeFormatter().format(record)


@pytest.mark.parametrize("token", ["x", "a" * 22, "a" * 5000])
def test_a_guess_finds_nothing(person, public, fetch, token):
    make(person)
    assert fetch(f"/calendar/{token}.ics").status_code == 404


def test_it_ends_with_the_chat(person, public, fetch):
    address, _row = make(person)
    Chat.objects.update(barred=True)
    assert fetch(address).status_code == 404
    Chat.objects.update(barred=False)
    person.say("/forget")
    person.say("/forget everything")
    assert fetch(address).status_code == 404


def test_in_a_group_it_is_for_admins(group, public):
    group.tell_admins(503)
    row = group.carla.say("/export").messages[-1]
    refused = group.ben.press(row, "Make an address")
    assert refused.toasts == ["In a group only its admins can do this."]
    assert not Feed.objects.exists()
    assert group.carla.press(row, "Make an address").edits
    assert not Reminder.objects.exists()
