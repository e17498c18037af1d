"""The languages understood, each made ready when it is first needed."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from reminders.when.grammar.levels import LEVELS
from reminders.when.lexicon import Lexicon
from reminders.when.pattern import Grammar
from reminders.when.table import Table

CODES = ("en", "de", "es", "fr", "it", "pt", "ru")
_MONTH_FIRST = {"en", "en-us", "en-ph"}  # the other English-speaking countries write 3/4 as 3 April


@dataclass(frozen=True)
class Language:
    """A language ready to read: its table, words and compiled grammar."""

    table: Table
    lexicon: Lexicon
    grammar: Grammar


def code_of(locale: str) -> str:
    """Return the language of a locale ("pt-BR" -> "pt"); English for one not understood."""
    code = locale.replace("_", "-").split("-")[0].lower()
    return code if code in CODES else "en"


def day_first(locale: str) -> bool:
    """Return whether 3/4 is 3 April where the locale is used."""
    locale = locale.replace("_", "-").lower()
    return locale not in _MONTH_FIRST and code_of(locale) + locale[2:] not in _MONTH_FIRST


@lru_cache(maxsize=len(CODES))
def language(code: str) -> Language:
    """Return the language of `code`, compiled on first use."""
    table: Table = import_module(f"reminders.when.words.{code}").TABLE
    lexicon = Lexicon(table)
    return Language(table, lexicon, Grammar(lexicon, LEVELS))
