"""A meaning written as words and read again is the same meaning."""

import random
from typing import Any

import pytest

from reminders.recurrence import Schedule, upcoming
from reminders.when.parse import parse
from reminders.when.phrase import phrase
from tests.machine import fewer
from tests.understanding.judging import LANGUAGES, Case, all_cases

CASES = [case for case in all_cases() if case.expected[:4] not in ("none", "past", "refu")]


def _read(text: str, case: Case, locale: str) -> Any:
    return parse(text, now=case.now, tz=case.zone, locale=locale, clock=case.clock, day_first=True)


def _told(meaning: Any, case: Case) -> tuple[object, ...]:
    schedule = Schedule(meaning.rules, meaning.due.replace(tzinfo=None), case.zone)
    times = [each.due for each in upcoming(schedule, case.now, 8)] if meaning.rules else []
    return (
        meaning.kind,
        meaning.subject,
        meaning.due.timestamp(),
        times,
        meaning.nag,
        meaning.alerts,
        meaning.urgent,
        meaning.until_done,
        meaning.after_done,
    )


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_phrase_reads_as_the_meaning_it_was_made_from(locale: str) -> None:
    cases = [case for case in CASES if case.locale == locale]
    assert cases
    chosen = random.Random(len(cases)).sample(cases, fewer(len(cases)))
    wrong = {case.id: told for case in chosen if (told := _read_differently(case))}
    assert wrong == {}


def _read_differently(case: Case) -> str:
    """Return the phrase of a case's meaning, if it means something else."""
    meaning = _read(case.text, case, case.locale)
    if meaning.due is None or str(meaning.kind) == "past":
        assert str(meaning.kind) in ("ambiguous", "none", "refused", "past")
        return ""
    words = phrase(meaning)
    again = _read(words, case, "en")
    same = again.due is not None and _told(again, case) == _told(meaning, case)
    return "" if same else words
