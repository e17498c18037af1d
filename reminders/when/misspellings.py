"""Slips of the finger: words one letter away from a word of time."""

from collections.abc import Iterable


def slips(word: str) -> Iterable[str]:
    """Return misspellings of `word` with one letter missing, doubled or swapped with the next."""
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place] + word[place:]
        if place + 1 < len(word):
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
