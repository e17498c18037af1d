"""The seven languages say the same: nothing missing, nothing uncertain, every placeholder in its place."""

import gettext
import re
from datetime import UTC, datetime

import polib
import pytest

from reminders.when.meaning import Kind
from reminders.when.parse import parse, parse_when
from tests import catalogues

APPS = ("conversations", "reminders")
EVERY = [(app, language) for app in APPS for language in catalogues.LANGUAGES]
PLACEHOLDER = re.compile(r"%\(\w+\)(?:[0-9]*d|s)|</?[a-z]+>|/[a-z]{4,}")
NOW = datetime(2026, 10, 6, 12, 5, tzinfo=UTC)


@pytest.fixture(params=EVERY, ids=["-".join(one) for one in EVERY])
def catalogue(request):
    app, language = request.param
    return app, language, catalogues.open_catalogue(app, language)


def test_it_holds_exactly_the_texts_of_the_chat(catalogue):
    app, _language, entries = catalogue
    wanted = {(text.msgid, text.plural, text.context) for text in catalogues.texts_of(app)}
    assert {(e.msgid, e.msgid_plural, e.msgctxt) for e in entries} == wanted


def test_everything_is_translated_and_certain(catalogue):
    _app, language, entries = catalogue
    assert not entries.untranslated_entries()
    assert not entries.fuzzy_entries()
    count, rule = catalogues.PLURALS[language]
    assert entries.metadata["Plural-Forms"] == f"nplurals={count}; plural={rule};"
    for entry in entries:
        if entry.msgid_plural:
            assert set(entry.msgstr_plural) == set(range(count)), entry.msgid
            assert all(entry.msgstr_plural.values()), entry.msgid


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def test_placeholders_tags_and_commands_are_kept(catalogue):
    _app, _language, entries = catalogue
    for entry in entries:
        if not entry.msgid_plural:
            assert placeholders(entry.msgstr) == placeholders(entry.msgid), entry.msgid
            continue
        allowed = {tuple(placeholders(entry.msgid)), tuple(placeholders(entry.msgid_plural))}
        for form in entry.msgstr_plural.values():
            assert tuple(placeholders(form)) in allowed, form


def test_the_compiled_one_is_fresh(catalogue):
    app, language, entries = catalogue
    compiled = polib.mofile(str(catalogues.path_of(app, language).with_suffix(".mo")))
    one = {(e.msgid, e.msgctxt): (e.msgstr, tuple(e.msgstr_plural.values())) for e in entries}
    other = {(e.msgid, e.msgctxt): (e.msgstr, tuple(e.msgstr_plural.values())) for e in compiled}
    assert one == other


@pytest.mark.parametrize(
    ("n", "form"), [(1, 0), (21, 0), (2, 1), (24, 1), (5, 2), (11, 2), (112, 2)]
)
def test_russian_numbers_choose_their_form(n, form):
    _count, rule = catalogues.PLURALS["ru"]
    assert gettext.c2py(rule)(n) == form


def translated(language, msgid):
    for app in APPS:
        for entry in catalogues.open_catalogue(app, language):
            if entry.msgid == msgid:
                return entry.msgstr
    raise AssertionError(msgid)


EXAMPLES = (
    "tomorrow 9am call the bank", "in 25 minutes take the cake out", "every weekday 8:30am stand-up",
    "thursday 18:00 bring the keys", "every month on the 31st at 10 pay rent",
)  # fmt: skip


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_people_are_shown_are_understood(language, example):
    said = translated(language, example)
    meaning = parse(said, now=NOW, tz="Europe/Berlin", locale=language, clock=24, day_first=True)
    assert meaning.kind in {Kind.INSTANT, Kind.RECURRENCE}, (said, meaning)
    assert meaning.subject, said


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_examples_of_more_are_understood_whole(language):
    def read(msgid):
        words = translated(language, msgid)
        return parse(words, now=NOW, tz="Europe/Berlin", locale=language, clock=24, day_first=True)

    assert read("nag me every 15m at 21:30 to take my pill").nag.every == 900
    assert read("dentist fri 15:00, remind 1d and 1h before").alerts == (86400, 3600)
    assert read("every month on the 31st at 10 pay rent").rules


IN_TEXTS = [
    entry.msgid
    for entry in catalogues.open_catalogue("reminders", "de")
    if "<code>" in entry.msgid and "/remind" not in entry.msgid and "14:05" not in entry.msgid
]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
@pytest.mark.parametrize("msgid", IN_TEXTS)
def test_the_times_given_as_examples_are_understood(language, msgid):
    for said in re.findall(r"<code>(.+?)</code>", translated(language, msgid)):
        meaning = parse_when(
            said, now=NOW, tz="Europe/Berlin", locale=language, clock=24, day_first=True
        )
        assert meaning.kind in {Kind.INSTANT, Kind.RECURRENCE}, (said, meaning)
