"""The list of the day: wanted, once, on the wall clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversations.models import Chat, Message
from reminders.together import digest
from reminders.together.models import Digest

BERLIN = ZoneInfo("Europe/Berlin")


def lists():
    return list(Message.objects.filter(key__startswith="digest:").order_by("pk"))


def at(clock, *moment):
    clock.move_to(datetime(*moment, tzinfo=BERLIN))
    return digest.send_due()


def test_it_is_off_until_somebody_wants_it(person, clock):
    heard = person.say("/digest")
    assert heard.text.startswith("No list of the day.")
    at(clock, 2026, 10, 7, 8, 1)
    assert not lists()
    heard = person.press(heard.shown, "Turn on")
    assert heard.text.startswith("☀️ Every day at 08:00 I send you what is planned. Next: Thu 8 Oct")


def test_it_lists_the_day_once(person, clock):
    person.say("tomorrow 10:30 call the bank")
    person.say("every day at 9:00 stretch")
    person.say("friday 18:00 not yet")
    assert "07:30" in person.say("/digest 7:30").text
    assert at(clock, 2026, 10, 7, 7, 29) == 0
    assert at(clock, 2026, 10, 7, 7, 31) == 1
    assert at(clock, 2026, 10, 7, 7, 32) == 0
    assert [row.text for row in lists()] == [
        "☀️ Wed 7 Oct\n09:00 stretch (#2, 🔁)\n10:30 call the bank (#1)"
    ]


def test_an_empty_day_comes_without_a_sound(person, clock):
    person.say("/digest 8")
    at(clock, 2026, 10, 7, 8, 0)
    assert lists()[0].text == "☀️ Wed 7 Oct\nNothing is planned for today."
    assert lists()[0].params["disable_notification"]


def test_what_was_missed_on_its_day_is_left_out(person, clock):
    person.say("/digest 8:00")
    assert at(clock, 2026, 10, 9, 7, 0) == 0
    assert at(clock, 2026, 10, 9, 9, 30) == 1
    assert at(clock, 2026, 10, 9, 9, 31) == 0
    assert len(lists()) == 1


@pytest.mark.parametrize(
    ("at_clock", "after", "expected"),
    [
        ("02:30", datetime(2027, 3, 27, 12, tzinfo=BERLIN), "2027-03-28T03:30+02:00"),
        ("02:30", datetime(2026, 10, 24, 12, tzinfo=BERLIN), "2026-10-25T02:30+02:00"),
        ("08:00", datetime(2026, 10, 24, 12, tzinfo=BERLIN), "2026-10-25T08:00+01:00"),
    ],
)
def test_it_keeps_to_the_wall_clock(at_clock, after, expected):
    wanted = time.fromisoformat(at_clock)
    found = digest.next_morning(wanted, "Europe/Berlin", after)
    assert found == datetime.fromisoformat(expected)
    assert digest.next_morning(wanted, "Europe/Berlin", found) > found + timedelta(hours=20)


def test_it_moves_with_the_chats_zone(person, clock):
    person.say("/digest 8:00")
    Chat.objects.update(timezone="Asia/Tokyo")
    digest.send_due()
    assert Digest.objects.get().next_at.astimezone(ZoneInfo("Asia/Tokyo")).hour == 8


@pytest.mark.parametrize("words", ["25:00", "7:99", "soon", "13pm", "0am", "٧"])
def test_other_words_say_how(person, words):
    assert "/digest 7:30" in person.say(f"/digest {words}").text
    assert not Digest.objects.exists()


def test_it_can_be_turned_off(person):
    person.say("/digest 7pm")
    assert person.say("/digest off").text.startswith("No list of the day.")
    assert not Digest.objects.exists()


def test_a_blocked_chat_gets_none(person, clock):
    person.say("/digest 8:00")
    Chat.objects.update(state="blocked")
    at(clock, 2026, 10, 7, 8, 1)
    assert not lists()


def test_without_a_zone_it_asks_for_it(person):
    Chat.objects.update(timezone="")
    del person._chat
    assert "/timezone" in person.say("/digest").text
