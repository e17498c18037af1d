"""The shape of a language: one table of words that the shared grammar reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Words = Mapping[Any, str]  # value -> "form, other form, two words"


@dataclass(frozen=True)
class Fillers:
    """The words around a request, as alternatives of a regular expression each."""

    openers: str = ""  # polite and filler words before the subject
    closers: str = ""  # the same after it
    asks: str = ""  # what introduces the subject anywhere ("remind me to")


@dataclass(frozen=True)
class Table:
    """All words of one language. A form may list endings: `stem(|a|y)` is stem, stema, stemy.

    Words fall into classes, which the grammar names in capitals; a word may be in several.
    """

    code: str
    numbers: Words  # cardinals, also the likes of "a dozen"
    ordinals: Words
    ordinal_suffixes: str  # a regular expression after digits ("st|nd|rd|th")
    units: Words  # unit name -> words
    weekdays: tuple[str, ...]  # Monday first
    weekday_plurals: tuple[str, ...]  # forms that mean each week
    months: tuple[str, ...]
    days: Words  # days from today -> words
    parts: Words  # part of day -> words
    today_parts: Words  # part of today -> words ("tonight")
    part_plurals: Words  # forms that mean each day ("mornings", "matinalement")
    clocks: Words  # (hour, minute) -> words ("noon")
    # Keys: (month, day), (month, n, weekday[, days later]), ("easter", days from it) or
    # ("near", month, day, weekday, n), the n-th such weekday after (-1: before) that day.
    holidays: Words
    classes: Mapping[str, str]  # closed classes without a value
    valued: Mapping[str, Words]  # closed classes with a value
    misspellings: Mapping[str, str] = field(default_factory=dict)  # usual ones -> the right word
    not_misspelt: str = ""  # words that only look like a misspelt time word
    glued_units: Words = field(default_factory=dict)  # only directly after digits
    weak: str = ""  # words that are a time only beside another ("sun", "sat")
    alone: str = ""  # what is a subject where no other words are, as a regular expression ("timer")
    mornings: str = ""  # what is done in the morning, as a regular expression ("wake me up")
    day_first: bool = True
    fillers: Fillers = Fillers()
