"""The interface speaks the person's language: by Telegram's, or as chosen."""

from dataclasses import replace

import pytest

from tests.chat.person import Person


@pytest.mark.parametrize(
    ("code", "expected"),
    [("de", ("de", 24, True)), ("pt-br", ("pt", 24, True)), ("en", ("en", None, None)),
     ("xx", ("en", None, None)), ("", ("en", None, None))],
)  # fmt: skip
def test_the_first_message_tells_language_and_clock(db, clock, code, expected):
    person = Person(clock)
    person.sender = replace(person.sender, language_code=code)
    person.say("/ping x")
    chat = person.chat
    assert (chat.language, chat.clock, chat.day_first) == expected


def test_all_seven_are_offered(person):
    heard = person.say("/language")
    assert heard.labels == [
        "English", "Deutsch", "Español", "Français", "Italiano", "Português", "Русский",
    ]  # fmt: skip


def test_a_press_answers_in_the_new_language(person):
    heard = person.press(person.say("/language").shown, "Deutsch")
    assert heard.text == "Ab jetzt spreche ich Deutsch. Schreib deine Erinnerungen auch so."
    person.chat.refresh_from_db()
    assert person.chat.language == "de"
    assert person.say("in 25 min Kuchen").text.startswith("✅ #1 Kuchen – heute 14:30")


@pytest.mark.parametrize("words", ["fr", "Français", "FRANÇAIS"])
def test_it_can_be_written(person, words):
    assert "français" in person.say(f"/language {words}").text


def test_an_unknown_one_is_said(person):
    assert "I don’t speak “klingon” yet." in person.say("/language klingon").text
