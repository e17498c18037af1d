"""Understanding, sentence by sentence: what is read, what is asked, what is refused."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from reminders.when.languages import language
from reminders.when.meaning import Kind, Meaning, Nag
from reminders.when.parse import explain, parse, parse_when, warm
from reminders.when.phrase import phrase

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 6, 14, 5, tzinfo=BERLIN)  # a Tuesday


def read(text: str, *, locale: str = "en", clock: int | None = 24, now: datetime = NOW) -> Meaning:
    return parse(text, now=now, tz="Europe/Berlin", locale=locale, clock=clock)


def wall(meaning: Meaning) -> str:
    assert meaning.due is not None
    return f"{meaning.due:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("locale", "text", "due", "subject"),
    [
        ("en", "In 25 min take the cake out", "2026-10-06 14:30", "take the cake out"),
        ("en", "hey bot, could you remind me to ring Ana fri 6pm?", "2026-10-09 18:00", "ring Ana"),
        ("en", "tommorow 9am feed the cat", "2026-10-07 09:00", "feed the cat"),
        ("en", "10min tea", "2026-10-06 14:15", "tea"),
        ("en", "see the vet half past four in the afternoon", "2026-10-06 16:30", "see the vet"),
        ("en", "the day after tomorrow at noon: swim", "2026-10-08 12:00", "swim"),
        ("en", "an hour and a half from now stretch", "2026-10-06 15:35", "stretch"),
        ("en", "third friday of november at 7 pm choir", "2026-11-20 19:00", "choir"),
        ("de", "erinnere mich morgen um halb neun daran, die Katze zu füttern",
         "2026-10-07 08:30", "die Katze zu füttern"),
        ("es", "recuérdame regar las plantas pasado mañana a las 19:30",
         "2026-10-08 19:30", "regar las plantas"),
        ("fr", "rappelle-moi dans trois quarts d'heure de sortir le chat",
         "2026-10-06 14:50", "sortir le chat"),
        ("it", "ricordami venerdì alle 18:15 di chiamare la nonna",
         "2026-10-09 18:15", "chiamare la nonna"),
        ("pt", "me lembre de regar as flores amanhã às sete da noite",
         "2026-10-07 19:00", "regar as flores"),
        ("ru", "напомни мне в четверг без четверти семь вечера полить цветы",
         "2026-10-08 18:45", "полить цветы"),
    ],
)  # fmt: skip
def test_a_moment_and_its_subject_are_read(locale, text, due, subject):
    meaning = read(text, locale=locale)
    assert meaning.kind is Kind.INSTANT
    assert (wall(meaning), meaning.subject) == (due, subject)


@pytest.mark.parametrize(
    ("text", "due", "rules"),
    [
        ("mondays and thursdays at 8 and 20", "2026-10-08 08:00",
         {"FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=8,20;BYMINUTE=0"}),
        ("at 8:30 and 20:15 every day", "2026-10-06 20:15",
         {"FREQ=DAILY;BYHOUR=8;BYMINUTE=30", "FREQ=DAILY;BYHOUR=20;BYMINUTE=15"}),
        ("weekdays 10-18 every 4 hours", "2026-10-06 18:00",
         {"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=10,14,18;BYMINUTE=0"}),
        ("every other friday at 17", "2026-10-09 17:00", {"FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"}),
        ("every day at 7 for 3 times", "2026-10-07 07:00", {"FREQ=DAILY;COUNT=3"}),
        ("every month on the first monday", "2026-11-02 09:00", {"FREQ=MONTHLY;BYDAY=1MO"}),
        ("daily until 20 october at 19", "2026-10-06 19:00",
         {"FREQ=DAILY;UNTIL=20261020T235959"}),
    ],
)  # fmt: skip
def test_a_recurrence_is_read_as_rules_with_its_first_occurrence(text, due, rules):
    meaning = read(text)
    assert meaning.kind is Kind.RECURRENCE
    assert (wall(meaning), set(meaning.rules)) == (due, rules)


def test_the_31st_falls_on_the_last_day_of_short_months_and_says_so():
    meaning = read("every month on the 31st at 10 pay the rent")
    assert meaning.rules == ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",)
    assert meaning.clamped


@pytest.mark.parametrize(
    ("text", "now", "choices"),
    [
        ("dinner friday at 8", NOW, ["10-09 08:00", "10-09 20:00"]),
        ("at 11:30 sleep", NOW.replace(hour=23, minute=28), ["10-06 23:30"]),
        ("tomorrow at 3 nap", NOW, ["10-07 15:00"]),
        ("tomorrow at 9 or 10 call", NOW, ["10-07 09:00", "10-07 10:00"]),
    ],
)
def test_an_open_hour_is_asked_only_where_both_readings_are_likely(text, now, choices):
    meaning = read(text, clock=None, now=now)
    dues = [r.due for r in meaning.readings] or [meaning.due]
    assert [f"{due:%m-%d %H:%M}" for due in dues] == choices
    assert meaning.kind is (Kind.AMBIGUOUS if len(choices) > 1 else Kind.INSTANT)


@pytest.mark.parametrize(
    ("text", "kind", "problem"),
    [
        ("today 13:00 send the invoice", Kind.PAST, "past"),
        ("yesterday", Kind.PAST, "past"),
        ("31 feb pay", Kind.REFUSED, "no_such_date"),
        ("every 30 seconds blink", Kind.REFUSED, "too_frequent"),
        ("every 0 days", Kind.REFUSED, "no_interval"),
        ("in 90000 years celebrate", Kind.REFUSED, "too_far"),
        ("x" * 4097, Kind.REFUSED, "too_long"),
        ("thank Leo the day after the party", Kind.NONE, "no_time"),
        ("an hour before the concert", Kind.NONE, "no_time"),
    ],
)
def test_what_cannot_be_scheduled_is_told_by_a_code(text, kind, problem):
    meaning = read(text)
    assert (meaning.kind, meaning.problem) == (kind, problem)


@pytest.mark.parametrize(
    "text",
    ["Rat 6", "keep it up to date", "the second round", "I may march", "sit in the sun",
     "pay 6.45 percent", "call 123-12-1234", "we are separated", "open 24/7"],
)  # fmt: skip
def test_words_that_only_look_like_times_are_left_alone(text):
    assert read(text).kind is Kind.NONE


def test_quoted_words_belong_to_the_subject():
    meaning = read('"call me tomorrow" on friday at 10')
    assert (wall(meaning), meaning.subject) == ("2026-10-09 10:00", "call me tomorrow")


def test_nags_alerts_urgency_and_completion_are_read_beside_the_moment():
    nagging = read("nag me every 10 minutes until done to take pills at 21")
    assert (nagging.nag, nagging.until_done, nagging.subject) == (Nag(600), True, "take pills")
    alerted = read("urgent dentist fri 15:00, remind 1d and 1h before")
    assert (alerted.alerts, alerted.urgent, alerted.subject) == ((86400, 3600), True, "dentist")
    assert read("water plants, 3 days after done").after_done == (3, "day")


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2027-03-28", "2027-03-28T03:30:00+02:00"), ("2027-10-31", "2027-10-31T02:30:00+02:00")],
)
def test_a_skipped_hour_moves_on_and_a_repeated_hour_is_its_first(day, wanted):
    due = read(f"{day} 02:30 check").due
    assert due is not None
    assert due.isoformat() == wanted


@pytest.mark.parametrize(
    ("text", "due"),
    [("39 minutes", "10-06 14:44"), ("+1h", "10-06 15:05"), ("tomorrow 9", "10-07 09:00"),
     ("18", "10-06 18:00"), ("0930", "10-07 09:30"), ("evening", "10-06 19:00")],
)  # fmt: skip
def test_an_answer_that_only_says_when_is_read(text, due):
    meaning = parse_when(text, now=NOW, tz="Europe/Berlin", clock=24)
    assert meaning.due is not None
    assert (f"{meaning.due:%m-%d %H:%M}", meaning.subject) == (due, "")


def test_numeric_dates_follow_the_reader():
    assert wall(read("on 3/11", locale="en-US")) == "2027-03-11 09:00"
    assert read("on 3/11", locale="en").kind == "ambiguous"
    assert wall(read("on 3/11", locale="en-GB")) == "2026-11-03 09:00"


def test_explain_names_the_words_that_were_read():
    text = "buy milk tomorrow at 5pm"
    assert [row[:2] for row in explain(text, read(text))] == [
        ("tomorrow", "date"),
        ("at 5pm", "time"),
    ]


@pytest.mark.parametrize("locale", ["en", "de", "es", "fr", "it", "pt", "ru"])
@pytest.mark.parametrize(
    "text",
    ["tomorrow 9am call mum on monday", "every 2 months on the last day at 7 pay",
     "every first and third tuesday of the month", "weekdays 10-18 every 90 min drink",
     "every year on feb 29 leap", "every 20 minutes until friday", "every 3 days after done water",
     "nag me every 5 minutes 4 times to leave at 17:45", "in 40 seconds x"],
)  # fmt: skip
def test_a_meaning_written_back_reads_the_same(text, locale):
    meaning = read(text)
    again = read(phrase(meaning), locale=locale)
    assert replace(again, spans=(), bare_hour=False, needs_zone=False, time_given=True) == replace(
        meaning, spans=(), bare_hour=False, needs_zone=False, time_given=True
    )


def test_warming_makes_the_languages_of_the_locales_ready():
    language.cache_clear()
    warm(["pt-BR", "xx"])
    before = language.cache_info().misses
    parse("amanhã às 9h", now=NOW, tz="Europe/Berlin", locale="pt")
    assert before == 2  # Portuguese, and English, which many write
    assert language.cache_info().misses == before
