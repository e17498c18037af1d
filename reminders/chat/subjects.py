"""What may be kept of people's words: visible, not too long, and turning nothing around."""

import unicodedata

from bots.text import cut_utf16, without_turns

LONGEST_SUBJECT = 3000  # UTF-16 units: a card has room for it in one message

_BLANK = "\u2800\u3164\u115f\u1160\uffa0\ufffd"  # without ink, or what broken text was made of


def shortened(text: str) -> str:
    """Return as much of the words as a card has room for."""
    return cut_utf16(without_turns(text), LONGEST_SUBJECT).strip()


def is_visible(words: str) -> bool:
    """Whether anything can be seen: not only spaces, joiners and blank letters."""
    return any(unicodedata.category(c)[0] not in "CZM" and c not in _BLANK for c in words)
