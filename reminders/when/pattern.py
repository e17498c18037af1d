"""Layer 3: rules written as patterns over word classes, matched as regular expressions.

A rule's pattern names classes in capitals, `name:CLASS` keeps the value, everything else is a
regular expression: `"IN ABOUT? length:DURATION"`. Each distinct set of classes is one private
character, so a message is a short string and a class is a set of characters: matching is linear.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reminders.when.lexicon import Item, Lexicon

Builder = Callable[["Found"], Any]
# No phrase begins with so many of one kind ("((((("); trying each would only cost time.
_LONGEST_RUN = 12
_CLASS = re.compile(r"(?<![<\w])([A-Z][A-Z_]+|A)(?![\w>])")
_NOTHING = r"[^\s\S]"  # what a class that no word of the language has can match
# Letters of the alphabets: sets of characters below U+0100 are compiled in half the time of others.
# None of them means anything in a regular expression; a language needs about 170.
_LETTERS = [
    chr(n)
    for n in (*range(0x80, 0x100), *range(0x0E, 0x20), *range(0x41, 0x5B), *range(0x61, 0x7B))
]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, the class of what it makes, and how the value is built.

    A builder returns the value, or a dict of class -> value, or None to refuse the match.
    """

    makes: str
    pattern: str
    build: Builder


class Found:
    """What a rule matched: values by name."""

    def __init__(
        self, match: re.Match[str], items: Sequence[Item], classes: Mapping[str, str]
    ) -> None:
        self._match = match
        self.items = items
        self._classes = classes

    def has(self, name: str) -> bool:
        """Return whether the named part is in the pattern and matched."""
        return name in self._match.re.groupindex and self._match.start(name) >= 0

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of the named item, or the default where it is absent."""
        return self[name] if self.has(name) else default

    def __getitem__(self, name: str) -> Any:
        return self.items[self._match.start(name)].values[self._classes[name]]

    def all(self, cls: str, name: str = "") -> list[Any]:
        """Return the values of class `cls` within the named group, or within the whole match."""
        start, end = self._match.span(name) if name else self._match.span()
        return [i.values[cls] for i in self.items[start:end] if cls in i.values]

    def count(self, cls: str) -> int:
        return len(self.all(cls))

    def glued(self, name: str) -> bool:
        return self.items[self._match.start(name)].glued

    @property
    def matched(self) -> Sequence[Item]:
        """The items of the whole match."""
        return self.items[self._match.start() : self._match.end()]

    @property
    def last(self) -> Item:
        """The last item of the match."""
        return self.items[self._match.end() - 1]

    @property
    def before(self) -> Item | None:
        """The item before the match."""
        start = self._match.start()
        return self.items[start - 1] if start else None

    @property
    def next(self) -> Item | None:
        """The item after the match."""
        end = self._match.end()
        return self.items[end] if end < len(self.items) else None


class Alphabet:
    """One character for each set of classes in use."""

    def __init__(self, combinations: Iterable[frozenset[str]]) -> None:
        self._chars: dict[frozenset[str], str] = {}
        for names in sorted(combinations, key=sorted):
            self.char(names)

    def char(self, names: frozenset[str]) -> str:
        known = self._chars.get(names)
        if known is None:
            count = len(self._chars)
            known = _LETTERS[count] if count < len(_LETTERS) else chr(0xE000 + count)
            self._chars[names] = known
        return known

    def sets(self) -> dict[str, str]:
        """Return, by class, the characters of all combinations that hold it, as a regular expression."""
        members: dict[str, str] = {}
        for names, char in self._chars.items():
            for name in names:
                members[name] = members.get(name, "") + char
        sets = {name: f"[{chars}]" for name, chars in members.items()}
        return {**sets, "WORD": self.char(frozenset())}


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    match: Callable[..., re.Match[str] | None]
    classes: Mapping[str, str]


def _compile(rule: Rule, sets: Mapping[str, str]) -> _Compiled:
    classes = dict(re.findall(r"([a-z]\w*):([A-Z][A-Z_]+)", rule.pattern))
    pattern = _CLASS.sub(lambda m: sets.get(m[1], _NOTHING), _mark_names(rule.pattern))
    pattern = pattern.replace(" ", "").replace(")*", "){0,4}")  # bounded: matching stays linear
    return _Compiled(rule, re.compile(pattern).match, classes)


def _mark_names(pattern: str) -> str:
    """Turn `name:CLASS` and `name:(...)` into named groups."""
    pattern = re.sub(r"([a-z]\w*):\(", r"(?P<\1>", pattern)
    return re.sub(r"([a-z]\w*):([A-Z][A-Z_]+|A)", r"(?P<\1> \2 )", pattern)


class Grammar:
    """The rules of all levels, compiled for one language."""

    def __init__(self, lexicon: Lexicon, levels: Sequence[Sequence[Rule]]) -> None:
        made = {frozenset(r.makes.split("|")) for level in levels for r in level}
        made |= {frozenset([name]) for names in made for name in names}
        self.alphabet = Alphabet(lexicon.combinations() | made | {frozenset()})
        sets = self.alphabet.sets()
        self._levels = [[_compile(rule, sets) for rule in level] for level in levels]

    def reduce(self, items: list[Item]) -> list[Item]:
        """Return the items with every phrase the rules know made into one item."""
        for level in self._levels:
            items = self._pass(level, items)
        return items

    def _pass(self, level: Sequence[_Compiled], items: list[Item]) -> list[Item]:
        text = "".join([self.alphabet.char(frozenset(item.values)) for item in items])
        plain = self.alphabet.char(frozenset())
        out, place = [], 0
        while place < len(items):
            idle = text[place] == plain or text.startswith(text[place] * _LONGEST_RUN, place)
            best = None if idle else self._longest(level, text, items, place)
            if best is None:
                out.append(items[place])
                place += 1
            else:
                item, place = best
                out.append(item)
        return out

    @staticmethod
    def _longest(
        level: Sequence[_Compiled], text: str, items: list[Item], place: int
    ) -> tuple[Item, int] | None:
        matches = [(m, c) for c in level if (m := c.match(text, place)) and m.end() > place]
        matches.sort(key=lambda pair: -pair[0].end())
        for match, compiled in matches:
            value = compiled.rule.build(Found(match, items, compiled.classes))
            if value is not None:
                values = value if isinstance(value, dict) else {compiled.rule.makes: value}
                first, last = items[place], items[match.end() - 1]
                owner = any(i.possessive for i in items[place : match.end()])
                item = Item(values, first.start, last.end, first.glued, first.text, owner)
                item.indefinite = first.indefinite or "A" in first.values
                return item, match.end()
        return None
