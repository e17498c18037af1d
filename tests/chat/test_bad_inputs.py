"""Whatever people write, the bot answers, quickly, and nothing but clean text is stored."""

import time

import pytest

from conversations.models import Message
from tests.machine import within

WORDS = [
    "", "  ", "\u200b\u200b", "\u2800", "\u3164", "\ufeff", "a b", "\u202egnp.exe", "\u2066\u2067x",
    "👨‍👩‍👧‍👦", "🇩", "Z" + "\u0301" * 500, "a" * 4096, "😀" * 2048, "\n" * 4096, "9" * 4000, "٣",
    "１２", "²", "½", "1_000", "+5", "-5 min", "0 min", "1e400", "NaN", "inf", "remind me", "/remind",
    "/remind@otherbot 5m x", "/REMIND 5M X", "/remind 5m\nx", "in\u00a05\u2009min\ttea",
    "in 99999999999 years", "year 10000", "31 Feb", "29 Feb 2027", "30:99 x", "24:00 x", "12am tea",
    "12pm tea", "yesterday", "now", "3/4 pay", "at 9 and at 10 pay", "every 1 second x",
    "every 0 days x", "every day until yesterday x", "<b onclick=x>&\"'", "<re: quote>",
    "_*[]()~`>#+-=|{}.!\\", "{{ settings.SECRET_KEY }} {% debug %}", "%s %n {0}", "'; DROP TABLE",
    "http://169.254.169.254/ file:///etc/passwd", "tg://user?id=1 javascript:alert(1)",
    "a" * 28 + "!", "(" * 4000, "/list %", "/why ²", "/delete 1e9", "/pause until",
    "/pause until the moon", "/snooze", "/edit", "/edit 1", "/settings x", "/timezone ²", "/cancel",
    "/resume ²", "remind me after " + "a" * 4000, "change 1 to " + "x" * 4000, "/remind cron",
    "/remind cron * * * * *", "/remind cron 0 9 * * 1-5 stand-up", "/remind cron 99 * * * * x",
    "remind me " + "after " * 600,
]  # fmt: skip


@pytest.mark.parametrize("zone", ["", "Europe/Berlin"])
@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_every_text_is_answered(stranger, words, zone, caplog):
    stranger.settled(zone)
    began = time.perf_counter()
    heard = stranger.say(words)
    assert time.perf_counter() - began < within(1)
    assert heard.rows or words.startswith("/remind@otherbot")
    assert not caplog.records
    for text in Message.objects.values_list("text", flat=True):
        text.encode()


@pytest.mark.parametrize(
    "words", ["in 5 min <b onclick=x>&\"' {{ x }}", "in 5 min _*[x](y)~`>#+-=|{}.!\\"]
)
def test_peoples_words_come_back_as_they_were(person, words):
    heard = person.say(words)
    assert words.removeprefix("in 5 min ") in heard.text
    assert words.removeprefix("in 5 min ") in person.wait().text


def test_a_cron_line_is_read(person):
    heard = person.say("/remind cron 0 9 * * 1-5 stand-up")
    assert heard.text.startswith("✅ #1 stand-up – every weekday at 09:00.")
    assert "I can’t read that crontab line" in person.say("/remind cron 99 * * * * x").text
    assert "The shortest repeat" in person.say("/remind cron * * * * * x").text


def test_an_rfc_5545_rule_is_read(person):
    heard = person.say("/remind FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=16;BYMINUTE=30;COUNT=3 report")
    assert heard.text.startswith("✅ #1 report – monthly on the last Friday, 16:30, 3 times.")
    assert (
        "#2 water – every 2 days at 09:00" in person.say("RRULE:FREQ=DAILY;INTERVAL=2 water").text
    )
    assert person.reminder(2).rules == ["FREQ=DAILY;INTERVAL=2"]


@pytest.mark.parametrize(
    "line", ["/remind cron 0 9 * * 1-5 stand-up", "FREQ=DAILY;BYHOUR=9 stand-up"]
)
def test_a_notation_waits_for_the_zone(stranger, line):
    assert "what time is it for you now?" in stranger.say(line).text
    assert "stand-up – every " in stranger.say("berlin").text
    assert stranger.reminder().local_due.hour == 9


def test_hours_from_utc_are_a_clock(person):
    heard = person.say("/timezone UTC+3")
    assert any("Moscow" in label for label in heard.labels)
    assert "I don’t know a time zone" in person.say("/timezone UTC+99").text
