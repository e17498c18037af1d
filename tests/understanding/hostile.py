"""Texts that break readers: odd characters, endless repeats, numbers and words piled up."""

# ruff: noqa: E501 - a list of texts

import random
from collections.abc import Iterator

from tests.understanding.judging import all_cases

NASTY = [
    "", "  ", "\u200b\u200b", "\u2800", "\u3164", "\ufeff", "a\x00b", "\ud83d", "\u202egnp.exe",
    "\u2066\u2066in 5 min", "👨‍👩‍👧‍👦 in 5 min", "🇩", "Z" + "\u0301" * 500, "a" * 4096, "a" * 4097,
    "😀" * 4096, "\n" * 4096, "in " + "9" * 4000 + " min", "1" * 4096, "in ٣ min",
    "in １２ min",
    "in ² hours", "in ½ hour", "in 1_000 min", "+5", "-5 min", "in -5 min", "0 min", "in 0 minutes",
    "in 1e400 hours", "in NaN hours", "in inf days", "/remind", "/remind@otherbot 5m x",
    "/REMIND 5M X", "/remind 5m\nx", "in\t5\u00a0min\u2009x", "in 99999999999 years", "year 10000",
    "31 Feb", "29 Feb 2027", "30:99", "24:00", "12am", "12pm", "0am", "13pm", "yesterday", "now",
    "3/4", "0/0", "99/99/9999", "00.00.0000", "at 5 and at 7 and at 9", "every 1 second",
    "every 0 days", "every day until yesterday", "every 999999999 years", "every -1 days",
    "FREQ=SECONDLY", "<b onclick=x>&\"'", "_*[]()~`>#+-=|{}.!\\", "{{ settings.SECRET_KEY }}",
    "%s %n {0}", "'; DROP TABLE", '=HYPERLINK("http://x")', "http://169.254.169.254/",
    "a" * 28 + "!", "(" * 4096, '"' * 4095, "every " * 680, "at 5 " * 800, "1:" * 2000, "on " * 1300, "and " * 1000,
    "tomorrow " * 450, "monday and " * 370, "5 " * 2000, "in 5 min and " * 300, "1/" * 2000,
    "-1" * 2000, "every day at 9, " * 250, "until " * 680, "5 minutes before " * 240,
    "the first of the " * 240, "half past " * 400, "quarter to " * 370, "\x1b[2J", "in 5 min \ud800",
    "31.12.9999 23:59", "1.1.0001", "0000-00-00", "9999-12-31T23:59:59", "in 9998 years",
    "every month on the 99th", "every 31 February", "each 30 feb at 9:00",
]  # fmt: skip

ALPHABET = (
    "abcdefghijklmnopqrstuvwxyzäéñßявт0123456789 0123456789 .,:;/-!?'\"@#$%&()\n\t½²٣🎂\u200b\u0301"
)


def nasty_texts(n: int, seed: int) -> Iterator[str]:
    """Yield ``n`` texts: the known ones, then noise, soups of time words, and mangled sentences."""
    chance = random.Random(seed)
    sentences = [case.text for case in all_cases()]
    words = sorted({word for text in sentences for word in text.split()})
    yield from NASTY
    for index in range(n - len(NASTY)):
        if index % 4 == 0:
            yield "".join(chance.choices(ALPHABET, k=chance.randint(0, 120)))
        elif index % 4 == 1:
            yield " ".join(chance.choices(words, k=chance.randint(1, 25)))
        else:
            yield _mangled(chance, chance.choice(sentences))


def _mangled(chance: random.Random, text: str) -> str:
    letters = list(text)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(letters) + 1)
        change = chance.random()
        if change < 0.4:
            letters[place:place] = chance.choice(ALPHABET)
        elif change < 0.7:
            del letters[place : place + chance.randint(1, 4)]
        else:
            letters[place:place] = letters[: chance.randint(0, 30)]
    return "".join(letters)
