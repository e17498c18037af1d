"""Every sentence of the data files is read as a person means it."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.understanding.__main__ import read
from tests.understanding.judging import BERLIN, LANGUAGES, Case, all_cases, fault, moment

CASES = list(all_cases())
# What is still read wrong, named so that it is not forgotten; a line goes when its case is right.
KNOWN_WRONG = (Path(__file__).parent / "known_wrong.txt").read_text().splitlines()


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_sentence_means_what_a_person_means(locale: str) -> None:
    """One test for a language: as tests of their own, thousands of sentences take minutes to collect."""
    faults = {case.id: read(case) for case in CASES if case.locale == locale}
    wrong = {name: told for name, told in faults.items() if told}
    assert {name: told for name, told in wrong.items() if name not in KNOWN_WRONG} == {}
    right = [name for name in KNOWN_WRONG if name in faults and name not in wrong]
    assert right == [], "these are read right now: take them out of known_wrong.txt"


def test_only_a_few_sentences_are_known_to_be_read_wrong() -> None:
    assert set(KNOWN_WRONG) <= {case.id for case in CASES}
    assert len(KNOWN_WRONG) <= len(CASES) / 20


def test_the_sentences_cover_every_language() -> None:
    counted = Counter(case.locale for case in CASES)
    assert counted["en"] >= 300
    assert all(counted[locale] >= 50 for locale in LANGUAGES)
    assert len({case.id for case in CASES}) >= 600


def _judged(expected: str, **read_as: object) -> str:
    now = moment("Tue 6 Oct 14:05", BERLIN)
    case = Case("en", "self", "text", expected, "subject", now, BERLIN, flags={"urgent": True})
    usual = {"kind": "instant", "subject": "Subject!", "due": None, "rules": (), "readings": ()}
    return fault(case, SimpleNamespace(**{**usual, "urgent": True, "problem": "", **read_as}))


def test_the_judge_accepts_what_is_right_and_only_that() -> None:
    wednesday, thursday = moment("Wed 7 Oct 09:00", BERLIN), moment("Thu 8 Oct 09:00", BERLIN)
    assert _judged("Wed 7 Oct 09:00", due=wednesday) == ""
    assert _judged("Thu 8 Oct 09:00 / Wed 7 Oct 09:00", due=wednesday) == ""
    assert _judged("Wed 7 Oct 09:00", due=thursday)
    assert _judged("Wed 7 Oct 09:00", due=wednesday, subject="other")
    assert _judged("Wed 7 Oct 09:00", due=wednesday, urgent=False)
    assert _judged("none", due=wednesday)
    assert _judged("none", kind="none") == ""


def test_the_judge_looks_at_the_next_occurrences() -> None:
    read_as = {"kind": "recurrence", "due": moment("Wed 7 Oct 09:00", BERLIN)}
    daily = {**read_as, "rules": ("FREQ=DAILY",)}
    assert _judged("* Wed 7 Oct 09:00, Thu 8 Oct 09:00", **daily) == ""
    assert _judged("* Wed 7 Oct 09:00, Fri 9 Oct 09:00", **daily)
    assert _judged("* Wed 7 Oct 09:00, end", **daily)
    assert _judged("* Wed 7 Oct 09:00, end", **read_as, rules=("FREQ=DAILY;COUNT=1",)) == ""
    assert _judged("step 1d 09:00", **daily) == ""
    assert _judged("step 2d", **daily)
    assert _judged("step 1d 10:00", **daily)
