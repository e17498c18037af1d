"""Rules for numbers and durations: "an hour and a half", "2 weeks and 3 days", "1/2 h"."""

from itertools import pairwise
from typing import Any

from reminders.when.fields import Clock, Duration, duration
from reminders.when.pattern import Found, Rule

DAY, MONTH = 86400, 30 * 86400  # seconds
FAR = 10**9  # any count beyond is as far


def _hundreds(f: Found) -> float | None:
    count: float = f.get("n", 1) * f["unit"] + f.get("rest", 0)
    return min(count, FAR)


def _hundred(f: Found) -> dict[str, Any] | None:
    """Build "sixteen hundred", a count and a time of day."""
    hour, minute = int(f["n"]), int(f.get("rest", 0))
    count = _hundreds(f)
    if f["unit"] != 100 or not 10 <= hour < 24 or minute > 59:
        return None
    clock = Clock(hour, minute, meridiem="24" if hour > 12 else "")
    return {"NUM": count, "MILITARY": clock}


def _counted(f: Found) -> Duration | None:
    count = f.get("n", f.get("fraction", 1))
    count += f.get("plus", 0)
    return duration(min(count, FAR), f["unit"])


def _share(f: Found) -> Duration | None:
    if "MID" in f.matched[0].values and f.count("OF"):
        return None  # "no meio da semana" is its middle
    return duration(f.get("n", 1) * f["share"], f["unit"])


def _sum(f: Found) -> Duration | None:
    """Add up "2 hours and 5 minutes", but not the times of day "8h and 20h"."""
    lengths: list[Duration] = f.all("DURATION")
    sizes = [_size(length) for length in lengths]
    if any(later >= one for one, later in pairwise(sizes)):
        return None
    return sum(lengths, Duration())


def _size(length: Duration) -> int:
    """Return the length in seconds of the smallest unit that `length` was counted in."""
    if length.months:
        return MONTH * (12 if length.months % 12 == 0 else 1)
    if length.days or length.workdays:
        return DAY * (7 if length.days and length.days % 7 == 0 else 1)
    return next(size for size in (3600, 60, 1) if length.seconds % size == 0)


NUMBERS = [
    Rule("ORDINAL|DIGIT_ORDINAL", "n:NUM DASH? SUFFIX", lambda f: dict.fromkeys(
        ("ORDINAL", "DIGIT_ORDINAL"), int(f["n"]))),
    Rule("YEAR", "year:YEAR YEAR_MARK", lambda f: f["year"]),
    Rule("NUM|MILITARY", "n:NUM unit:HUNDRED (?:AND? rest:NUM)?", _hundred),
    Rule("NUM", "(?:n:NUM|A)? unit:HUNDRED (?:AND? rest:NUM)?", _hundreds),
]  # fmt: skip

DURATIONS = [
    Rule("DURATION", "(?:n:NUM|n2:DECIMAL) MORE? unit:UNIT", lambda f: _decimal(f)),
    Rule("DURATION", "(?<=IN) (?:n:NUM|fraction:FRACTION) unit:LETTER_UNIT (?!MEASURE)", _counted),
    Rule("DURATION", "(?<=IN) n:NUM MARK (?!WORD)", lambda f: duration(f["n"], "minute")),
    Rule("DURATION", "A MORE? unit:UNIT", lambda f: duration(1, f["unit"])),
    Rule("DURATION", "A? n:SOME OF? MORE? unit:UNIT", _counted),
    Rule("DURATION", "(?:n:NUM|A) AND A? plus:SHARE OF? unit:UNIT", _counted),
    Rule("DURATION", "n:NUM plus:AND_SHARE unit:UNIT", _counted),
    Rule("DURATION", "n:NUM plus:FRACTION unit:UNIT", _counted),
    Rule("DURATION", "(?:n:NUM|A) unit:UNIT AND A? plus:SHARE", _counted),
    Rule("DURATION", "(?<=IN) unit:UNIT AND A? plus:SHARE", _counted),
    Rule("DURATION", "A? share:SHARE OF? (?:A|THE)? unit:UNIT", _share),
    Rule("DURATION", "n:NUM share:SHARE OF? (?:A|THE)? unit:UNIT", _share),
    Rule("DURATION", "n:FRACTION OF? (?:A|THE)? unit:UNIT", _counted),
    Rule("DURATION", "A? length:LENGTH", lambda f: duration(*f["length"])),
]

SUMS = [
    Rule(
        "DURATION",
        "(?<!BETWEEN) (?<!FROM) DURATION (?:(?:COMMA|AND|COMMA AND|DOT|DOT AND)? DURATION){1,6}",
        _sum,
    )
]


def _decimal(f: Found) -> Duration | None:
    count = f.get("n", f.get("n2"))
    return duration(min(count, FAR), f["unit"])
