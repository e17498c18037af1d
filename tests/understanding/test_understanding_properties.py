"""Whatever is sent, reading it ends at once, raises nothing, and never makes a past reminder."""

import random
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reminders.recurrence import BadRule, Schedule, first_after, validate
from reminders.when.parse import parse, warm
from tests.machine import fewer, within
from tests.understanding.hostile import NASTY, nasty_texts
from tests.understanding.judging import BERLIN, LANGUAGES, all_cases

NOW = datetime(2026, 10, 6, 14, 5, tzinfo=ZoneInfo(BERLIN))
FARTHEST = timedelta(days=5 * 366 + 1)
# 50 ms is the aim; five times that, of this thread's own work, is a blow-up on any machine.
BLOW_UP_SECONDS = 0.25
LOCALES = list(LANGUAGES)


def check(meaning: Any, now: datetime, zone: str) -> None:
    """Assert what must hold of every meaning, whatever the text."""
    kind = str(meaning.kind)
    assert kind in ("instant", "recurrence", "none", "ambiguous", "past", "refused")
    assert isinstance(meaning.subject, str)
    moments = [reading.due for reading in meaning.readings] + [meaning.due] * (
        meaning.due is not None
    )
    assert all(each.utcoffset() is not None for each in moments)
    if kind in ("instant", "recurrence"):
        assert meaning.due is not None
        assert now <= meaning.due.astimezone(UTC) < now + FARTHEST
    if kind == "ambiguous":
        assert len({each.timestamp() for each in moments}) >= 2
        assert all(now < each.astimezone(UTC) < now + FARTHEST for each in moments)
    assert bool(meaning.rules) == (kind == "recurrence")
    if meaning.rules:
        start = meaning.due.replace(tzinfo=None)
        validate(meaning.rules, start)
        first = first_after(Schedule(meaning.rules, start, zone), now)
        assert first is not None
        assert first.due == meaning.due.astimezone(UTC)


def test_ten_thousand_hostile_texts_are_read_at_once_and_without_an_error() -> None:
    warm(LOCALES)  # making a language ready is no part of reading
    slowest = (0.0, "")
    for index, text in enumerate(nasty_texts(max(len(NASTY), fewer(10_000)), seed=1)):
        locale = LOCALES[index % len(LOCALES)] if index >= len(NASTY) else "en"
        began = time.thread_time()
        meaning = parse(text, now=NOW, tz=BERLIN, locale=locale, clock=(None, 12, 24)[index % 3])
        slowest = max(slowest, (time.thread_time() - began, text))
        try:
            check(meaning, NOW, BERLIN)
        except (AssertionError, BadRule) as error:
            raise AssertionError(f"{locale} {text!r}: {meaning}") from error
    assert slowest[0] < within(BLOW_UP_SECONDS), slowest[1][:80]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_known_nasty_texts_are_read_in_every_language(locale: str) -> None:
    for text in NASTY:
        check(parse(text, now=NOW, tz=BERLIN, locale=locale), NOW, BERLIN)


WORDS = sorted({word for case in all_cases() for word in case.text.split()})
moments = st.datetimes(datetime(2020, 1, 1), datetime(2037, 1, 1))  # noqa: DTZ001 - a wall clock
zones = st.sampled_from(
    ["UTC", BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]
)
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.sampled_from([case.text for case in all_cases()]),
)


@settings(
    max_examples=fewer(400),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(
    text=texts,
    now=moments,
    zone=zones,
    locale=st.sampled_from(LOCALES),
    clock=st.sampled_from([None, 12, 24]),
)
def test_no_reminder_is_ever_in_the_past(
    text: str, now: datetime, zone: str, locale: str, clock: int | None
) -> None:
    aware = now.replace(tzinfo=UTC, microsecond=0)
    check(parse(text, now=aware, tz=zone, locale=locale, clock=clock), aware, zone)


SWITCHES = [
    (BERLIN, "2026-10-25T00:10"), (BERLIN, "2026-10-25T01:10"), (BERLIN, "2027-03-28T00:50"),
    ("Australia/Lord_Howe", "2027-04-03T14:50"), ("Australia/Lord_Howe", "2027-04-03T15:10"),
    ("America/New_York", "2026-11-01T06:30"), ("Africa/Cairo", "2026-10-29T21:30"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "instant"), SWITCHES)
def test_while_the_clocks_change_a_duration_is_still_that_long(zone: str, instant: str) -> None:
    cases = list(all_cases())
    chosen = random.Random(instant).sample(cases, fewer(len(cases)))
    now = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    for minutes in (5, 20, 50, 70, 600):
        meaning = parse(f"in {minutes} min tea", now=now, tz=zone)
        assert meaning.due is not None
        assert meaning.due.astimezone(UTC) == now + timedelta(minutes=minutes)
    for case in chosen:
        check(parse(case.text, now=now, tz=zone, locale=case.locale, clock=24), now, zone)


@pytest.mark.parametrize("locale", ["", "xx", "EN", "en-GB", "pt_BR", "zh-Hans", "a" * 100])
def test_a_locale_that_is_not_known_is_read_somehow(locale: str) -> None:
    meaning = parse("in 5 min tea", now=NOW, tz=BERLIN, locale=locale)
    assert meaning.due is not None
