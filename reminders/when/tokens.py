"""Layer 1: cut a message into words, numbers and signs with their places in the text."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 4096  # characters, Telegram's own limit for a message

_TOKEN = re.compile(
    r"""
      (?P<opaque>
          https?://\S+ | www\.\S+                                # links
        | [^\W\d_][\w.+-]{0,63}@\w[\w-]{0,63}\.\w[\w.-]*                   # mail addresses
        | @[^\W\d_]\w+ | \#\w+                                   # mentions, tags
        | [^\W\d_][\w-]{1,63}\.(?!(?:am|pm)\b)[a-z]{2,}(?:\.[a-z]{2,})?(?![\w.])   # names of sites
        | "[^"\n]{1,300}" | “[^”\n]{1,300}[”"] | „[^“”"\n]{1,300}[“”"]        # quoted text
      | «[^»\n]{1,300}» | `[^`\n]{1,300}`
      )
    | (?P<iso>\d{4}-\d\d-\d\d[T ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?(?:Z(?!\w)|[+-]\d\d:?\d\d(?!\d))?)
    | (?P<number>(?<![\w.])\.\d{1,3}(?![\d.,:/]) | \d+(?:[.,:/\-–]\d+)*)
    | (?P<meridiem>(?<![^\W\d_])[aApP]\.\s?[mM](?:\.|(?!\w)))
    | (?P<fraction>[½¼¾⅓⅔])
    | (?P<word>[^\W\d_½¼¾⅓⅔]+)(?:['’]s(?!\w))?
    | (?P<sign>[^\w\s]|_)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign; `glued` tells that no space separates it from the one before."""

    kind: str
    text: str  # folded: lower case, without accents and possessive
    start: int
    end: int
    glued: bool


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return text in lower case without accents (й becomes и, ß becomes ss)."""
    text = text.casefold()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokenize(text: str) -> list[Token]:
    """Cut `text` into tokens; linear in its length."""
    tokens = []
    last = -1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        start, end = match.span()
        tokens.append(Token(kind, fold(match[kind]), start, end, start == last))
        last = end
    return tokens


def words_of(phrase: str) -> tuple[str, ...]:
    """Return the folded words of a table entry, joined signs such as hyphens left out."""
    return tuple(t.text for t in tokenize(phrase) if t.kind in ("word", "number", "meridiem"))
