"""What people ask about what is to come, in plain words."""

import pytest

from reminders.models import Reminder


@pytest.fixture
def planned(person):
    for words in ("friday 9:00 exam", "tomorrow 15:00 and 17:00 call Ann", "every day 20:00 pills",
                  "every 2 hours from 8:00 to 20:00 drink"):  # fmt: skip
        person.say(words)
    return person


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "what do I have tomorrow?"), ("en", "What’s on my agenda for tomorrow"), ("en", "reminders tomorrow"),
     ("en", "do I have anything planned tomorrow?"), ("en", "show me my reminders for tomorrow"),
     ("de", "Was habe ich morgen vor?"), ("de", "Was steht morgen an?"), ("es", "¿Qué tengo mañana?"),
     ("fr", "Qu’est-ce que j’ai demain ?"), ("it", "Cosa ho in programma domani?"),
     ("pt", "O que eu tenho amanhã?"), ("ru", "Что у меня завтра?"), ("de", "what do I have tomorrow?")],
)  # fmt: skip
def test_a_day_is_shown_with_each_time_of_what_repeats(planned, language, words):
    planned.speak(language)
    heard = planned.say(words)
    lines = heard.text.split("\n")
    assert lines[1:] == [
        "08:00 · 10:00 · 12:00 · 14:00 … drink (#4, 🔁)",
        "15:00 · 17:00 call Ann (#2, 🔁)",
        "20:00 pills (#3, 🔁)",
    ]
    assert heard.labels == ["4", "2", "3"]
    assert Reminder.objects.count() == 4


def test_what_has_come_today_is_not_shown_again(planned):
    assert planned.say("what's on today?").text.split("\n")[1:] == [
        "16:00 · 18:00 · 20:00 drink (#4, 🔁)",
        "20:00 pills (#3, 🔁)",
    ]


def test_a_day_with_nothing_says_so(person):
    assert person.say("what do I have on sunday?").text == "Sun 11 Oct\nNothing is planned."


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "show my reminders"), ("en", "list"), ("en", "what's next?"), ("en", "What do I have this week?"),
     ("de", "Zeig mir meine Erinnerungen"), ("es", "muéstrame mis recordatorios"),
     ("fr", "montre-moi mes rappels"),
     ("it", "mostrami i miei promemoria"), ("pt", "quais são os meus lembretes?"),
     ("ru", "покажи мои напоминания")],
)  # fmt: skip
def test_all_that_is_to_come_is_the_list(planned, language, words):
    planned.speak(language)
    assert planned.say(words).text == planned.say("/list").text


@pytest.mark.parametrize(
    "words",
    [
        "my list tomorrow buy milk",
        "what do I have to tell Ann tomorrow",
        "show the list to Bob tomorrow 9:00",
    ],
)
def test_what_only_sounds_like_a_question_is_a_reminder(planned, words):
    planned.say(words)
    assert Reminder.objects.count() == 5


def test_what_moved_is_shown_where_it_is_now(planned):
    planned.say("move the exam to saturday 11:00")
    assert "exam" not in planned.say("what do I have on friday?").text
    assert "11:00 exam (#1)" in planned.say("what do I have on saturday?").text
