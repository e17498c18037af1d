"""Layer 5: the words that remain when the moment is taken out: what to be reminded of."""

import re
from functools import lru_cache

from reminders.when.table import Fillers, Table

_QUOTED = re.compile(
    r'"[^"\n]{1,300}"|“[^”\n]{1,300}[”"]|„[^“”"\n]{1,300}[“”"]|«[^»\n]{1,300}»|`[^`\n]{1,300}`'
)
_TAIL = 80
_BEFORE = r"[\s,;:.!?¡¿'’\"“„«(*•…|/+@_–—−-]"  # signs that may stand before a greeting; others are words' own
_CUT = "\x00"  # where a moment was taken out; no message has it
_EDGE = " \t\r\n\u00a0,;:.!?-–—−…|/+@"
_COMMAND = re.compile(r"^\s*/[A-Za-z_]\w*(?:@\w+)?(?=\s|$)")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "`": "`"}


@lru_cache(maxsize=16)
def _patterns(fillers: Fillers) -> tuple[re.Pattern[str], ...]:
    flags = re.IGNORECASE
    return (
        re.compile(
            rf"^{_BEFORE}*?(?:{fillers.openers})(?:(?<=['’])|(?![^\W_]))[\s,:;.!–—-]*", flags
        ),
        re.compile(rf"[\s,;:.!–—-]*(?<![^\W_])(?:{fillers.closers})[\s,.!?]*$", flags),
        re.compile(rf"(?<![^\W_])(?:{fillers.asks})(?:(?<=['’])|(?![^\W_]))[\s,:]*", flags),
    )


def subject(text: str, taken: list[tuple[int, int]], table: Table) -> str:
    """Return `text` without the `taken` spans and without the words around a request."""
    opener, closer, ask = _patterns(table.fillers)
    text, quoted = _veil(text)
    rest = _without(_COMMAND.sub(lambda m: " " * len(m[0]), text), taken)
    parts = ask.split(rest)
    if len(parts) > 1:
        after = _trim(parts[-1], opener, closer)
        rest = after or parts[0]
    rest = _trim(rest, opener, closer)
    for mark, words in quoted.items():
        rest = rest.replace(mark, words)
    return _unquoted(rest)


def _veil(text: str) -> tuple[str, dict[str, str]]:
    """Return the text with quoted pieces made unreadable (of the same length), and the pieces."""
    pieces: dict[str, str] = {}

    def veil(match: re.Match[str]) -> str:
        mark = chr(0x20000 + len(pieces)) * len(match[0])
        pieces[mark] = match[0]
        return mark

    return _QUOTED.sub(veil, text), pieces


def _without(text: str, taken: list[tuple[int, int]]) -> str:
    pieces, position = [], 0
    for start, end in sorted(taken):
        if start >= position:
            pieces.append(text[position:start])
        position = max(position, end)
    pieces.append(text[position:])
    kept = [re.sub(r"[ \t]+", " ", p).strip(" \t") for p in pieces]
    joined = _CUT.join(p for p in kept if p.strip(_EDGE))
    whole = re.sub(rf"\({_CUT}\)", "", joined).replace(_CUT, " ")
    return re.sub(r" +([,.;:!?\n])", r"\1", whole)


def _trim(text: str, opener: re.Pattern[str], closer: re.Pattern[str]) -> str:
    for _ in range(12):
        before = text
        text = _open(text, opener)
        head, tail = text[:-_TAIL], text[-_TAIL:]  # a short tail keeps the search linear
        text = head + closer.sub("", tail, count=1)
        text = text.strip(_EDGE)
        if text == before:
            break
    return text


def _open(text: str, opener: re.Pattern[str]) -> str:
    """Strip what stands before, all of it first: "put ... on my calendar" needs both its ends."""
    for _ in range(12):
        rest = opener.sub("", text, count=1)
        if rest == text:
            break
        text = rest
    return text


def _unquoted(text: str) -> str:
    closing = _QUOTES.get(text[:1])
    if closing and len(text) > 2 and text[-1] in (closing, '"', "”") and text.count(text[-1]) <= 2:
        return text[1:-1].strip()
    return text
