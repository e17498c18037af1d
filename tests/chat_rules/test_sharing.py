"""A reminder for somebody else: one link, one person, one day, and only with their consent."""

import re
from datetime import timedelta

import pytest

from conversations.models import Message
from reminders.models import Reminder
from reminders.together.models import Share
from tests.chat.person import Person


@pytest.fixture
def ben(clock, person):
    return Person(clock, chat_id=88, user_id=88, name="Ben")


def link_of(person):
    person.say("friday 18:00 water the plants")
    text = person.say("/share 1").text
    return "/start " + re.search(r"t\.me/keys_bot\?start=(share_[\w-]{22})", text)[1]


def told(person):
    rows = Message.objects.filter(chat=person.chat, key__startswith="shared:")
    return list(rows.order_by("pk").values_list("text", flat=True))


def test_somebody_else_is_asked_first_and_gets_their_own(person, ben):
    offer = ben.say(link_of(person))
    assert offer.text == (
        "Mia would like me to remind you of this:\n"
        "water the plants – Fri 9 Oct, 18:00 (in 3 days)\nThey will see when it is done or put off."
    )
    assert not Reminder.objects.filter(chat=ben.chat).exists()
    heard = ben.press(offer.shown, "✅ Remind me")
    assert heard.text.startswith("✅ #1 water the plants – Fri 9 Oct, 18:00")
    copy = Reminder.objects.get(chat=ben.chat)
    assert (copy.creator_id, copy.origin, copy.state) == (88, "joined", "active")
    assert told(person) == ["👍 Ben accepted #1 water the plants."]


def test_who_shared_it_learns_what_became_of_it(person, ben):
    ben.press(ben.say(link_of(person)).shown, "✅ Remind me")
    row = ben.wait(Reminder.objects.get(chat=ben.chat))
    ben.press(row, "+1h")
    ben.press(ben.wait(Reminder.objects.get(chat=ben.chat)), "✅ Done")
    assert told(person)[1:] == [
        "💤 Ben put #1 off water the plants.",
        "✅ Ben has done #1 water the plants.",
    ]


def test_a_refusal_makes_nothing(person, ben):
    heard = ben.press(ben.say(link_of(person)).shown, "No, thanks")
    assert heard.text == "All right, I won’t remind you of it."
    assert not Reminder.objects.filter(chat=ben.chat).exists()


def test_the_first_who_opens_the_link_has_it(person, ben, clock):
    link = link_of(person)
    offer = ben.say(link)
    eve = Person(clock, chat_id=99, user_id=99, name="Eve")
    assert eve.say(link).text == "This link has been used or has expired. Ask for a new one."
    heard = eve.press_data(offer.shown, f"h1:yes:{Share.objects.get().pk}")
    assert not Reminder.objects.filter(chat=eve.chat).exists()
    assert heard.toasts


def test_a_link_lives_a_day_and_is_used_once(person, ben, clock):
    link = link_of(person)
    offer = ben.say(link)
    ben.press(offer.shown, "✅ Remind me")
    assert "expired" in ben.press_data(offer.shown, f"h1:yes:{Share.objects.get().pk}").toasts[0]
    assert Reminder.objects.filter(chat=ben.chat).count() == 1
    assert "used" in ben.say(link).text
    text = person.say("/share 1").text
    clock.shift(timedelta(hours=25))
    assert "expired" in ben.say("/start " + re.search(r"share_[\w-]+", text)[0]).text


def test_only_a_digest_of_the_token_is_kept(person):
    token = link_of(person).removeprefix("/start share_")
    assert token not in Share.objects.get().digest


def test_at_most_five_people(person):
    link_of(person)
    for _ in range(4):
        person.say("/share 1")
    assert person.say("/share 1").text == "A reminder can be shared with 5 people at most."


@pytest.mark.parametrize("words", ["/share", "/share 1 2", "/share x"])
def test_without_one_number_it_says_how(person, words):
    assert "/share 3" in person.say(words).text


def test_an_own_link_is_no_use(person):
    assert "your own reminder" in person.say(link_of(person)).text


@pytest.mark.parametrize("payload", ["share_", "share_x", "share_" + "é" * 30, "join_x", "nothing"])
def test_bad_links_are_answered(person, payload):
    assert len(person.say(f"/start {payload}").messages) == 1
