"""Layer 2: give each token the classes its language knows it in ("second": ORDINAL and UNIT)."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from reminders.when.entries import forms, fraction, holiday
from reminders.when.fields import Clock
from reminders.when.misspellings import slips
from reminders.when.numbers import Values, of_count, of_number, shapes
from reminders.when.table import Table
from reminders.when.tokens import Token, tokenize, words_of

_SIGNS = {
    ",": "COMMA", ";": "STOP", ".": "DOT", ":": "COLON", "-": "DASH", "–": "DASH", "—": "DASH", "−": "DASH",
    "/": "SLASH", "+": "PLUS", "!": "BANG", "@": "AT", "'": "MARK", "’": "MARK", "%": "MEASURE",
    "$": "MONEY", "€": "MONEY", "£": "MONEY", "&": "AND",
    "(": "COMMA", ")": "COMMA", "~": "ABOUT", "?": "STOP", "…": "STOP",
}  # fmt: skip
_MINUS = "-–−"  # directly before a number and after a blank; a list's dash has a blank after it
_END = 200  # tokens read at either end of a message; keeps the longest within milliseconds


@dataclass(slots=True)
class Item:
    """A piece of the message with what it can be: class names and their values."""

    values: Values
    start: int
    end: int
    glued: bool
    text: str
    possessive: bool = False
    indefinite: bool = False  # begins with "a": "a day", "one day"


class Lexicon:
    """The words of a table, ready to look up."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._values: dict[tuple[str, ...], Values] = defaultdict(dict)
        self._enter_table(table)
        self._by_first: dict[str, list[tuple[tuple[str, ...], Values]]] = defaultdict(list)
        for words in sorted(self._values, key=len, reverse=True):
            self._by_first[words[0]].append((words, self._values[words]))
        self._glued = {words_of(f)[0]: u for u, fs in table.glued_units.items() for f in forms(fs)}
        self._suffix = re.compile(table.ordinal_suffixes)
        self._misspelt = self._near_words(table)
        self._weak = frozenset(form.lower() for form in forms(table.weak))
        self._unsaying = frozenset(forms(table.classes["IN"] + ", " + table.classes["THE"]))
        self._unsaying -= frozenset(forms(table.classes["ON"]))

    def _enter(self, name: str, table: Mapping[Any, str]) -> None:
        for value, entry in table.items():
            for form in forms(entry):
                if words := words_of(form):
                    self._values[words][name] = value

    def _enter_table(self, table: Table) -> None:
        for count, entry in table.numbers.items():
            for form in forms(entry):
                self._values[words_of(form)].update(of_count(count))
        for order, entry in table.ordinals.items():
            for form in forms(entry):
                self._values[words_of(form)].update({"ORDINAL": order})
        self._enter("UNIT", table.units)
        self._enter("WEEKDAY", dict(enumerate(table.weekdays)))
        self._enter("WEEKDAYS", dict(enumerate(table.weekday_plurals)))
        self._enter("MONTH", dict(enumerate(table.months, 1)))
        self._enter("DAYWORD", table.days)
        self._enter("PART", table.parts)
        self._enter("TODAYPART", table.today_parts)
        self._enter("PARTS", table.part_plurals)
        self._enter("NAMED_CLOCK", {Clock(h, m, meridiem="24", part=p): w
                                    for (h, m, p), w in table.clocks.items()})  # fmt: skip
        self._enter("HOLIDAY", {holiday(key): w for key, w in table.holidays.items()})
        self._enter("LETTER_UNIT", table.glued_units)
        for name, entry in table.classes.items():
            self._enter(name, {True: entry})
        for name, words in table.valued.items():
            self._enter(name, words)

    def is_weak(self, text: str) -> bool:
        """Return whether `text` is one of the words that are more often something else."""
        *before, last = text.split() or [""]
        if text.lower() in self._weak:
            return True
        return last.lower() in self._weak and all(word.lower() in self._unsaying for word in before)

    def _near_words(self, table: Table) -> dict[str, str]:
        """Return words one slip away from a time word: a letter left out, doubled or swapped."""
        known = {words[0] for words in self._values}
        avoid = known | {word for form in forms(table.not_misspelt) for word in words_of(form)}
        near: dict[str, str] = {}
        for words, values in self._values.items():
            if len(words) == 1 and len(words[0]) > 5 and values.keys() & _FORGIVEN:
                near.update(dict.fromkeys(slips(words[0]), words[0]))
        near.update({k: v for wrong, v in table.misspellings.items() for k in forms(wrong)})
        return {word: right for word, right in near.items() if word not in avoid}

    def combinations(self) -> set[frozenset[str]]:
        """Return every set of classes that a word of this language can have."""
        found = {frozenset(values) for values in self._values.values()}
        glued = {frozenset({"UNIT", *self._values.get((word,), {})}) for word in self._glued}
        signs = {frozenset({name}) for name in _SIGNS.values()}
        signs.add(frozenset({"DASH", "MINUS"}))
        return found | glued | signs | shapes() | {frozenset({n}) for n in _OTHERS}

    def read(self, text: str) -> list[Item]:
        """Return the tokens of `text` as items with their classes, phrases of words as one."""
        tokens = _without_elisions(_ends(tokenize(text)))
        items: list[Item] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.kind == "word" or self._begins_phrase(tokens, index):
                item, index = self._read_words(tokens, index)
            else:
                item, index = self._read_sign(tokens, index), index + 1
            items.append(item)
        return items

    def _begins_longer(self, tokens: list[Token], start: int, end: int) -> bool:
        """Return whether a longer phrase begins inside ("no dia" in "no dia das mães")."""
        return any(
            len(words) >= end - start and _match_words(tokens, inside, words)
            for inside in range(start + 1, end)
            for words, _ in self._by_first.get(tokens[inside].text, ())
        )

    def _begins_phrase(self, tokens: list[Token], index: int) -> bool:
        """Return whether a number begins a phrase of the table ("2x", "1. Advent")."""
        known = self._by_first.get(tokens[index].text, ())
        return any(_match_words(tokens, index, words) for words, _ in known)

    def _read_sign(self, tokens: list[Token], index: int) -> Item:
        token = tokens[index]
        values: Values = {}
        if token.kind == "number":
            values = of_number(token.text)
            before = tokens[index - 1] if index else None
            if token.glued and before and before.text in ("$", "€", "£", "#", "№"):
                values = {}
        elif token.kind == "fraction":
            values = {"FRACTION": fraction(token.text)}
        elif token.kind == "meridiem":
            values = {"MERIDIEM": token.text[0] + "m"}
        elif token.kind == "iso":
            values = {"TIMESTAMP": token.text}
        elif token.kind == "sign" and token.text in _SIGNS:
            values = {_SIGNS[token.text]: True}
            if token.text in _MINUS and not token.glued and _counts(tokens, index + 1):
                values["MINUS"] = True
        return Item(values, token.start, token.end, token.glued, token.text)

    def _read_words(self, tokens: list[Token], index: int) -> tuple[Item, int]:
        token = tokens[index]
        if token.glued and index:
            special = self._after_digits(tokens[max(0, index - 2) : index], token)
            if special is not None:
                return Item(special, token.start, token.end, glued=True, text=token.text), index + 1
        word = token.text if token.text in self._by_first else self._misspelt.get(token.text)
        for words, values in self._by_first.get(word, ()) if word else ():
            end = _match_words(tokens, index, words)
            if end and not self._begins_longer(tokens, index, end):
                last = tokens[end - 1]
                owner = last.end - last.start == len(last.text) + 2
                item = Item(values, token.start, last.end, token.glued, token.text, owner)
                return item, end
        return Item({}, token.start, token.end, token.glued, token.text), index + 1

    def _after_digits(self, before: list[Token], token: Token) -> Values | None:
        number = before[-1]
        if number.text == "-" and number.glued and before[0].kind == "number":
            return {"SUFFIX": True} if self._suffix.fullmatch(token.text) else None
        if number.kind != "number":
            return None
        if token.text in self._glued:
            return {"UNIT": self._glued[token.text], **self._values.get((token.text,), {})}
        if token.text in ("a", "p", "am", "pm"):
            return {"MERIDIEM": token.text[0] + "m"}
        if number.text.isdecimal() and len(number.text) < 4 and self._suffix.fullmatch(token.text):
            return {"SUFFIX": True}
        return None


_OTHERS = ("FRACTION", "MERIDIEM", "SUFFIX", "TIMESTAMP")
_NUMBERS = ("number", "fraction")
_FORGIVEN = {"WEEKDAY", "WEEKDAYS", "MONTH", "DAYWORD", "PART", "TODAYPART", "UNIT", "PARTS"}


def _counts(tokens: list[Token], index: int) -> bool:
    """Return whether a number stands there without a blank before it."""
    return index < len(tokens) and tokens[index].glued and tokens[index].kind in _NUMBERS


def _ends(tokens: list[Token]) -> list[Token]:
    """Return the tokens of the two ends of a long message: people say when at one of them."""
    if len(tokens) <= 2 * _END:
        return tokens
    between = tokens[_END]
    gap = Token("sign", "", between.start, between.end, glued=False)
    return [*tokens[:_END], gap, *tokens[-_END:]]


def _without_elisions(tokens: list[Token]) -> list[Token]:
    """Leave out apostrophes inside words ("l'heure"), so that both halves are words."""
    marks = ("'", "’")
    return [
        token
        for token, after in zip_longest(tokens, tokens[1:])
        if not (
            token.text in marks and token.glued and after and after.glued and after.kind == "word"
        )
    ]


def _match_words(tokens: list[Token], index: int, words: tuple[str, ...]) -> int:
    """Return the index after `words` in `tokens` from `index`, or 0; joining signs are skipped."""
    position = index + 1
    for word in words[1:]:
        while position + 1 < len(tokens) and (
            (tokens[position].text in ("-", "'", "’", ".") and tokens[position].glued)
            or (tokens[position].text == "," and len(words) > 3)
        ):
            position += 1
        if position >= len(tokens) or tokens[position].text != word:
            return 0
        position += 1
    return position
