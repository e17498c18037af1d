"""Layer 1b: what a written number can be: a count, an hour, a day, a clock, a date, or nothing."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from reminders.when.fields import Clock, Date

Values = dict[str, Any]
_NO_VALUES: Values = {}


def of_count(count: float) -> Values:
    """Return the classes of a cardinal number, written in digits or in words."""
    values: Values = {"NUM": count}
    if count == int(count):
        if 0 <= count <= 24:
            values["HOUR"] = int(count)
        if 0 <= count <= 59:
            values["MINUTE"] = int(count)
        if 1 <= count <= 31:
            values["DAY"] = int(count)
    return values


def _whole(text: str) -> Values:
    if len(text) > 9:
        return {"NUM": 10**9}
    count = int(text)
    values = of_count(count)
    if len(text) > 2:
        for name in ("HOUR", "MINUTE", "DAY"):
            values.pop(name, None)
    if len(text) == 2:
        values["TWODIGITS"] = count
    if len(text) == 4 and 1900 <= count <= 2199:
        values["YEAR"] = count
    if len(text) in (3, 4) and count // 100 < 24 and count % 100 < 60:
        sure = "24" if text[0] == "0" or count >= 1300 else ""
        values["MILITARY"] = Clock(count // 100, count % 100, meridiem=sure)
    return values


def _clock(hour: str, minute: str, second: str = "0") -> Values:
    h, m, s = int(hour), int(minute), int(second)
    if h == 24 and m == s == 0:
        return {"COLON_CLOCK": Clock(0, part="midnight", meridiem="24")}
    if h > 23 or m > 59 or s > 59:
        return _NO_VALUES
    sure = "24" if h > 12 or h == 0 or (hour[0] == "0" and len(hour) == 2) else ""
    return {"COLON_CLOCK": Clock(h, m, s, meridiem=sure)}


def _dotted(one: str, two: str) -> Values:
    values: Values = {"DECIMAL": float(f"{int(one)}.{two}")}
    if len(two) == 2 and "COLON_CLOCK" in (clock := _clock(one, two)):
        values["DOT_CLOCK"] = clock["COLON_CLOCK"]
    if 1 <= int(one) <= 31 and 1 <= int(two) <= 12:
        values["DOT_DATE"] = Date(day=int(one), month=int(two))
    return values


def _full_year(year: str) -> int:
    return int(year) if len(year) > 2 else 2000 + int(year)


def _iso_date(year: str, month: str, day: str) -> Values:
    return {"FULL_DATE": Date(year=int(year), month=int(month), day=int(day))}


def _numeric_date(one: str, two: str, year: str) -> Values:
    return {"NUMERIC": Date(numeric=(int(one), int(two)), year=_full_year(year))}


def _dotted_date(day: str, month: str, year: str) -> Values:
    if int(month) > 12 >= int(day):
        day, month = month, day
    return {"FULL_DATE": Date(day=int(day), month=int(month), year=_full_year(year))}


def _dashed_date(one: str, two: str, year: str) -> Values:
    return {"NUMERIC": Date(numeric=(int(one), int(two)), year=_full_year(year))}


def _slashed(one: str, two: str) -> Values:
    values: Values = {}
    if int(two) and int(one) < int(two) <= 12:
        values["FRACTION"] = int(one) / int(two)
    if 1 <= int(one) <= 31 and 1 <= int(two) <= 31 and (one, two) != ("24", "7"):
        values["SHORT_DATE"] = Date(numeric=(int(one), int(two)))
    if len(one) == 4 and 1 <= int(two) <= 12:
        return {"MONTH_YEAR": Date(year=int(one), month=int(two))}
    if len(two) == 4 and 1 <= int(one) <= 12:
        return {"MONTH_YEAR": Date(month=int(one), year=int(two))}
    return values


def _comma(one: str, two: str) -> Values:
    if len(two) == 3:
        return _NO_VALUES  # thousands
    return {"DECIMAL": float(f"{int(one)}.{two}")}


def _range(one: str, two: str) -> Values:
    values = _span(one, two)
    if re.fullmatch(r"\d\d?", one) and re.fullmatch(r"[0-5]\d", two):
        clock = _clock(one, two).get("COLON_CLOCK")
        if clock and not int(one) < int(two) <= 24:
            values = {**values, "DASH_CLOCK": clock}
    return values


def _span(one: str, two: str) -> Values:
    start, end = _side(one), _side(two)
    if start is None or end is None:
        return _NO_VALUES
    values: Values = {"RANGE": (start, end)}
    if ":" not in one + two:
        if len(one) == 4 and 1 <= int(two) <= 12:
            values = {"MONTH_YEAR": Date(year=int(one), month=int(two))}
        elif 1 <= int(one) <= 12 and 1 <= int(two) <= 31 and len(one) <= 2:
            values["DASH_DATE"] = Date(numeric=(int(one), int(two)))
    return values


def _side(text: str) -> Clock | None:
    hour, _, minute = text.partition(":")
    values = _clock(hour, minute or "0")
    clock = values.get("COLON_CLOCK")
    if clock is None or (len(hour) > 2):
        return Clock(0) if len(hour) == 4 else None
    return Clock(clock.hour, clock.minute, meridiem=clock.meridiem, bare=not minute)


_D, _DD = r"(\d{1,2})", r"(\d\d)"
_READERS: tuple[tuple[str, Callable[..., Values]], ...] = (
    (r"(\d+)", _whole),
    (rf"{_D}:{_DD}(?::{_DD})?", lambda h, m, s: _clock(h, m, s or "0")),
    (rf"{_D}\.(\d{{1,2}})", _dotted),
    (r"(\d{1,6})[.](\d{1,3})", _comma),
    (r"()\.(\d{1,3})", lambda _, two: {"DECIMAL": float(f"0.{two}")}),
    (r"(\d{1,6}),(\d{1,3})", _comma),
    (rf"(\d{{4}})[-/.]{_D}[-/.]{_D}", _iso_date),
    (rf"{_D}\.{_D}\.(\d{{4}}|\d\d)", _dotted_date),
    (rf"{_D}/{_D}/(\d{{4}}|\d\d)", _numeric_date),
    (rf"{_D}-{_D}-(\d{{4}}|\d\d)", _dashed_date),
    (r"(\d{1,4})/(\d{1,4})", _slashed),
    (r"(\d{1,2}(?::\d\d)?|\d{4})[-–](\d{1,2}(?::\d\d)?)", _range),
)
_SHAPES = tuple((re.compile(pattern), read) for pattern, read in _READERS)


def of_number(text: str) -> Values:
    """Return what the written number `text` can be, by class; empty where it can be no time."""
    for pattern, read in _SHAPES:
        match = pattern.fullmatch(text)
        if match:
            return read(*match.groups())
    return _NO_VALUES


def _samples() -> list[str]:
    ends = ("0", "1", "5", "05", "12", "13", "24", "30", "31", "32", "60", "75", "123", "1200")
    starts: tuple[str, ...] = (
        "0",
        "1",
        "00",
        "05",
        "5",
        "7",
        "11",
        "12",
        "13",
        "24",
        "31",
        "32",
        "60",
        "100",
        "800",
    )
    starts += ("075", "0930", "1030", "1430", "1970", "2030", "2075", "2375", "2575", "30000")
    pairs = [f"{a}{sign}{b}" for a in starts for b in ends + starts for sign in ".,:/-"]
    threes = [f"{a}{s}05{s}{c}" for a in ("05", "2030") for s in "./-:" for c in ("10", "2030")]
    return [*starts, *ends, *pairs, *threes, "10:30-11:00", "24/7", "1234567890"]


@cache
def shapes() -> frozenset[frozenset[str]]:
    """Return every set of classes that a written number can have."""
    counts = (10**9, 0, 1, 1.5, 12, 24, 25, 31, 32, 59, 60, 1000)
    written = {frozenset(of_number(sample)) for sample in _samples()}
    return frozenset(written | {frozenset(of_count(count)) for count in counts})
