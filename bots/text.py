"""Make any text from outside safe to store and to send, without moving its offsets."""

import unicodedata
from math import isfinite
from typing import Any

_KEPT_CONTROLS = "\n\t"
_BLANK = "\u2800\u3164\u115f\u1160\uffa0\ufffd"  # without ink, or what broken text was made of


def clean_text(text: str) -> str:
    """Return text without NUL, control characters or lone surrogates, at the same length.

    PostgreSQL refuses NUL and both databases refuse lone surrogates; each offending character becomes
    one space or U+FFFD, so that entity offsets (Bot API, MessageEntity: UTF-16 units) still fit.
    """
    return "".join(_clean(character) for character in text)


def _clean(character: str) -> str:
    if character in _KEPT_CONTROLS or "\x20" <= character < "\x7f":
        return character
    if character < "\x20" or "\x7f" <= character < "\xa0":
        return " "
    return "\ufffd" if "\ud800" <= character <= "\udfff" else character


def clean_json(value: Any, depth: int = 64) -> Any:
    """Return parsed JSON with every text cleaned and anything nested deeper than `depth` cut off."""
    if isinstance(value, str):
        return clean_text(value)
    if depth == 0:
        return None
    if isinstance(value, dict):
        return {clean_text(str(key)): clean_json(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [clean_json(item, depth - 1) for item in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value


def is_visible(text: str) -> bool:
    """Whether anything can be seen: not only spaces, joiners and blank letters."""
    return any(unicodedata.category(c)[0] not in "CZM" and c not in _BLANK for c in text)


def cut_utf16(text: str, units: int) -> str:
    """Return at most so many UTF-16 units of the text, never half a character."""
    encoded = text.encode("utf-16-le")
    return text if len(encoded) <= units * 2 else encoded[: units * 2].decode("utf-16-le", "ignore")


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 units, the unit of Telegram's offsets and limits."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


# Marks that turn the reading direction of everything after them.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def without_turns(text: str) -> str:
    """Return text that cannot turn the direction of what is written after it."""
    return text.translate(_TURNS)
