"""The interface speaks the person's language: by Telegram's, or as chosen."""

from dataclasses import replace

import pytest

from conversations.models import Chat
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


@pytest.mark.parametrize(
    ("language", "words", "day"),
    [("en", "friday 10:00 dentist", "Fri 9 Oct"), ("de", "freitag 10:00 zahnarzt", "Fr 9. Okt"),
     ("es", "el viernes a las 10:00 dentista", "vie 9 oct"), ("fr", "vendredi à 10:00 dentiste", "ven 9 oct"),
     ("it", "venerdì alle 10:00 dentista", "ven 9 ott"), ("pt", "sexta às 10:00 dentista", "sex 9 out"),
     ("ru", "в пятницу в 10:00 врач", "пт 9 окт")],
)  # fmt: skip
def test_days_are_written_within_a_sentence_as_the_language_has_them(person, language, words, day):
    Chat.objects.update(language=language)
    assert f" – {day}, 10:00 (" in person.say(words).text


@pytest.mark.parametrize(("language", "label"), [("es", "Lun"), ("fr", "Lun"), ("ru", "Пн")])
def test_a_button_begins_with_a_capital(person, language, label):
    Chat.objects.update(language=language)
    assert f"{label} 09:00" in person.say("xyz").labels
