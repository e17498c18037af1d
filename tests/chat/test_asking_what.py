"""Only a time was said: the bot asks what it is about, and the next words are the answer."""

from datetime import timedelta

import pytest

from bots.envelope import IncomingMessage
from conversations.models import Chat
from reminders.chat import drafts
from reminders.models import Reminder
from tests.chat.person import Person


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "tomorrow"), ("en", "9 am"), ("en", "next week"), ("en", "in 10 minutes"), ("en", "every day at 9"),
        ("en", "/remind tomorrow"), ("en", "remind me in 10 minutes"), ("en", "nag me at 10:00"),
        ("de", "morgen"), ("de", "erinnere mich um 9"), ("es", "en 10 minutos"), ("fr", "demain"),
        ("it", "domani"), ("pt", "amanhã"), ("ru", "через 10 минут"),
    ],
)  # fmt: skip
def test_a_time_alone_is_asked_about_and_nothing_created(person, locale, words):
    Chat.objects.update(language=locale)
    heard = person.say(words)
    assert "–" in heard.text
    assert heard.text.rstrip().endswith("?")
    assert len(heard.labels) == 1
    assert not Reminder.objects.exists()
    person.say("call mum")
    assert person.reminder().text == "call mum"


def test_the_question_says_when_and_the_answer_is_confirmed(person):
    asked = person.say("tomorrow")
    assert asked.text == "What should I remind you of – Wed 7 Oct, 09:00 (in 18 h 55 min)?"
    assert asked.labels == ["Cancel"]
    assert person.say("call mum").text.startswith("✅ #1 call mum – Wed 7 Oct, 09:00")
    assert person.seen_buttons(asked.shown) == []


def test_a_repeat_is_kept_with_all_that_was_said(person):
    assert "– every day at 09:00?" in person.say("nag me every day at 9:00").text
    person.say("take the pill")
    reminder = person.reminder()
    assert (reminder.text, reminder.rules) == ("take the pill", ["FREQ=DAILY"])
    assert (reminder.nag_every, reminder.nag_times) == (900, 6)


def test_a_bare_hour_is_still_one_tap_from_the_evening(person):
    person.say("tomorrow at 8")
    assert "Make it 20:00" in person.say("dinner").labels


def test_words_that_hold_a_time_too_are_the_answer(person):
    person.say("tomorrow")
    heard = person.say("send the monday report")
    assert heard.text.startswith("✅ #1 send the monday report – Wed 7 Oct, 09:00")


def test_another_time_takes_the_place_of_the_first(person):
    person.say("tomorrow")
    asked = person.say("10:30")
    assert "Wed 7 Oct, 10:30" in asked.text
    assert person.say("call mum").text.startswith("✅ #1 call mum – Wed 7 Oct, 10:30")


def test_a_time_that_passes_before_the_answer_is_named(person):
    person.say("in 10 minutes")
    person.clock.shift(timedelta(minutes=12))
    heard = person.say("tea")
    assert heard.text == "Today 14:15 has passed (it is 14:17)."
    assert "#1 tea" in person.press(heard.shown, "In 1 h").text


def test_a_time_that_has_passed_is_settled_first(person):
    asked = person.press(person.say("today 13:00").shown, "Tomorrow 13:00")
    assert asked.text.startswith("What should I remind you of – Wed 7 Oct, 13:00")
    assert person.say("send invoice").text.startswith("✅ #1 send invoice – Wed 7 Oct, 13:00")


def test_an_hour_that_can_be_two_is_settled_first(stranger):
    stranger.settled("Europe/Berlin")
    asked = stranger.press(stranger.say("friday at 8").shown, "Fri 9 Oct 20:00")
    assert asked.text.startswith("What should I remind you of – Fri 9 Oct, 20:00")
    assert "#1 dinner – Fri 9 Oct, 20:00" in stranger.say("dinner").text


def test_the_zone_is_settled_first(stranger):
    assert "what time is it for you now" in stranger.say("tomorrow 9am").text
    asked = stranger.say("berlin")
    assert asked.text.startswith(
        "🕘 Europe/Berlin, 14:05 now. What should I remind you of – Wed 7 Oct, 09:00"
    )
    assert "#1 call the bank – Wed 7 Oct, 09:00" in stranger.say("call the bank").text


def test_a_length_of_time_needs_no_zone(stranger):
    assert stranger.say("in 10 minutes").text == "What should I remind you of – in 10 min?"
    assert stranger.say("tea").text == "✅ #1 tea – in 10 min."


def test_it_expires_and_says_so(person):
    person.say("tomorrow")
    person.clock.shift(timedelta(minutes=16))
    assert drafts.expire() == 1
    edit = person.chat.messages.filter(kind="edit").get()
    assert edit.text == "Not saved. Send it again with a time and what it is about."
    person.say("buy milk")
    assert not Reminder.objects.exists()


def test_it_can_be_cancelled(person):
    asked = person.say("tomorrow")
    assert person.press(asked.shown, "Cancel").text == "Not saved."
    person.say("tomorrow")
    assert person.say("/cancel").text == "Not saved."


def test_editing_the_message_answers_it_too(person):
    person.say("tomorrow")
    heard = person.edit(person.last_said, "tomorrow call mum")
    assert "#1 call mum" in heard.text


def test_a_photo_may_be_the_answer(person):
    person.say("tomorrow 9:00")
    photos = [
        IncomingMessage(event="media", attachment="photo", media_group_id="g", message_id=number)
        for number in (90, 91)
    ]
    assert person.update(photos[0]).text.startswith("✅ #1 this photo – Wed 7 Oct, 09:00")
    assert person.update(photos[1]).rows == []
    assert person.wait().reply_to_message_id == 90


def test_a_photo_that_says_when_itself_is_another_matter(person):
    person.say("tomorrow 9:00")
    photo = IncomingMessage(
        event="media", attachment="photo", text="friday 10:00 pay this", message_id=90
    )
    assert "pay this – Fri 9 Oct, 10:00" in person.update(photo).text
    assert "call mum – Wed 7 Oct, 09:00" in person.say("call mum").text


def test_in_a_group_a_reply_is_the_answer(clock, db):
    ana = Person(clock, chat_id=-5, user_id=77, name="Ana", chat_type="group").settled(
        "Europe/Berlin", clock=24
    )
    asked = ana.say("/remind tomorrow")
    assert "To answer in words, reply to this message." in asked.text
    assert ana.say("call mum").rows == []
    assert "#1 call mum" in ana.say("call mum", to=asked.shown).text
