"""The entries of a table: the forms they list and the values they stand for."""

import re
from collections.abc import Iterable
from typing import Any

from reminders.when.fields import Date, Duration

_ENDINGS = re.compile(r"^(.*?)\(([^)]*)\)(.*)$")


def forms(entry: str) -> Iterable[str]:
    """Return the forms of a table entry, endings spelled out."""
    for form in entry.split(","):
        stack = [form.strip()]
        while stack:
            word = stack.pop()
            match = _ENDINGS.match(word)
            if match:
                stack.extend(match[1] + ending + match[3] for ending in match[2].split("|"))
            elif word:
                yield word


def holiday(key: tuple[Any, ...]) -> Date:
    """Return the date of a holiday: see `holidays` of a table for the shapes of its key."""
    if key[0] == "easter":
        return Date(easter=key[1])
    if key[0] == "near":
        return Date(month=key[1], day=key[2], near=(key[3], key[4]))
    if len(key) == 2:
        return Date(month=key[0], day=key[1])
    month, nth, weekday, *later = key
    shift = Duration(days=later[0]) if later else None
    return Date(month=month, nth=nth, weekday=weekday, shift=shift)


def fraction(folded: str) -> float:
    """Return the value of a sign such as ¾, which folding has spelled out."""
    one, _, two = folded.partition("\u2044")
    return int(one) / int(two)
