"""The bad inputs by their numbers: 1 to 76 are words, which every door takes; the others are shapes."""

import re
from collections.abc import Callable, Iterable

import pytest

TEXTS: dict[int, tuple[str, ...]] = {
    1: ("",), 2: ("  ",), 3: ("\u200b\u200b",), 4: ("\u2800",), 5: ("\u3164",), 6: ("\ufeff",),
    7: ("a\x00b",), 8: ("tea \ud83d in 5 min", "\ud83d"), 9: ("\u202egnp.exe in 5 min",),
    10: ("\u2066\u2066\u2067open in 5 min",), 11: ("👨‍👩‍👧‍👦",), 12: ("🇩",), 13: ("Z" + "\u0301" * 500,),
    14: ("a" * 4096,), 15: ("a" * 4097,), 16: ("😀" * 4096,), 17: ("w" * 4096,), 18: ("\n" * 4096,),
    19: ("9" * 100_000, "9" * 4300), 20: ("٣", "１２", "in ٣ minutes tea"), 21: ("²", "½", "in ² hours"),
    22: ("1_000",), 23: ("+5", "-5 min"), 24: ("0 min",), 25: ("1e400",), 26: ("NaN", "inf", "-inf"),
    27: ("remind me",), 28: ("/remind",), 29: ("/remind@otherbot 5m x",), 30: ("/REMIND 5M X",),
    31: ("/remind 5m\nthe text",), 32: ("in\t5\u00a0min\u2009tea",), 33: ("in 99999999999 years",),
    34: ("1 January 10000", "10000-01-01"), 35: ("31 Feb", "2027-02-31"), 36: ("29 Feb 2027", "2027-02-29"),
    37: ("30:99",), 38: ("24:00",), 39: ("12am", "12pm"), 40: ("28.3.2027 02:30",),
    41: ("25.10.2026 02:30",), 42: ("yesterday",), 43: ("now",), 44: ("tomorrow",), 45: ("3/4",),
    46: ("tea at 5pm and at 7pm",), 47: ("every 1 second",), 48: ("every 0 days",),
    49: ("every day until yesterday",), 50: ("FREQ=SECONDLY",),
    51: ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",), 52: (f"FREQ=DAILY;COUNT={10**9}",),
    53: ("FREQ=DAILY;INTERVAL=0",),
    54: ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=" + ",".join(map(str, range(1, 10_001))),),
    55: ("FREQ=DAILY\nDTSTART:20200101T000000",), 56: ("../../etc/passwd",), 57: ("", " "),
    58: ("A" * 5000,), 59: ("Europe/Berlin\x00",), 60: ("UTC+3", "europe/berlin"), 61: ("EST",),
    62: ("0,0", "90,0", "nan,nan"), 63: ("<b onclick=x>&\"'",), 64: ("<re: quote>",),
    65: ("_*[]()~`>#+-=|{}.!\\",), 66: ("{{ settings.SECRET_KEY }}", "{% debug %}"),
    67: ("%s %n {0} %(name)s",), 68: ("'; DROP TABLE reminders_reminder; --",),
    69: ("<script>alert(1)</script>",), 70: ('=HYPERLINK("http://x")', "@SUM", "-1+1"),
    71: ("http://169.254.169.254/", "file:///etc/passwd"), 72: ("tg://user?id=1", "javascript:alert(1)"),
    73: ("a" * 28 + "!",), 74: ("(" * 10_000 + ")" * 10_000,), 75: ('tea\n{"level":"info"}',),
    76: ("\x1b[2J",),
}  # fmt: skip
NUMBERS = range(1, 97)


def each(numbers: Iterable[int]) -> pytest.MarkDecorator:
    """Return the mark that runs a test once for each number, with the number as its id."""
    return pytest.mark.parametrize("number", [pytest.param(n, id=f"{n:02}") for n in numbers])


def numbered(table: dict[int, Callable[..., object]], name: str) -> pytest.MarkDecorator:
    """Return the mark that runs a test once for each entry of a table, with its number as the id."""
    return pytest.mark.parametrize(
        name, [pytest.param(entry, id=f"{n:02}") for n, entry in table.items()]
    )


_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def is_clean(text: str) -> bool:
    """Whether a stored text holds nothing that a database, a terminal or a client trips over."""
    return not _UNCLEAN.search(text)
