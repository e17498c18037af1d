"""Compare what the parser read with what a person means, so that tests and the table agree.

An expectation is written in the sender's wall clock ("Fri 9 Oct 10:00", the year where it is not
2026; the weekday must fit):

    Fri 9 Oct 10:00                      once, at that moment
    * Wed 7 Oct 09:00, Thu 8 Oct 09:00   repeats, and these are the next occurrences
    * Wed 7 Oct 09:00, end               ... and there are no more
    step 2d 18:00                        repeats at that distance, wherever it begins
    ? Fri 9 Oct 08:00, Fri 9 Oct 20:00   is asked back, with these readings
    none, past, refused                  nothing to remind of; a moment gone by; not accepted
    any                                  a reminder, whenever it is due
    one / other                          either is fine with people
"""

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reminders.recurrence import Schedule, upcoming

NOW = "2026-10-06 14:05"
BERLIN = "Europe/Berlin"
LANGUAGES = {
    "en": "English",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "pt": "Portuguese",
    "ru": "Russian",
}
_CONTEXT = {"now", "zone", "clock", "day_first"}
_STEP = re.compile(r"step (\d+)(mo|d|h|m)(?: (\d+):(\d+))?")
_MOMENT = re.compile(r"(\w{3}) (\d+) (\w{3})(?: (\d{4}))? (\d+):(\d+)(?::(\d+))?")
_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Case:
    """One sentence, the moment it is said in, and what it means."""

    locale: str
    kind: str
    text: str
    expected: str
    subject: str | None
    now: datetime
    zone: str
    clock: int | None = 24
    day_first: bool | None = None
    flags: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def id(self) -> str:
        return f"{self.locale} {self.kind}: {self.text!r} = {self.expected}"


def all_cases() -> Iterator[Case]:
    """Yield every case of the data files."""
    for path in sorted((Path(__file__).parent / "cases").glob("*.py")):
        module = importlib.import_module(f"tests.understanding.cases.{path.stem}")
        for kind, rows in module.CASES.items():
            for text, expected, subject, *rest in rows:
                settings = rest[0] if rest else {}
                zone = settings.get("zone", getattr(module, "ZONE", BERLIN))
                now = datetime.fromisoformat(settings.get("now", NOW))
                yield Case(
                    module.LOCALE,
                    kind,
                    text,
                    expected,
                    subject,
                    now.replace(tzinfo=ZoneInfo(zone)),
                    zone,
                    settings.get("clock", 24),
                    settings.get("day_first"),
                    {name: value for name, value in settings.items() if name not in _CONTEXT},
                )


def fault(case: Case, meaning: Any) -> str:
    """Return what is wrong with the meaning read for a case, or nothing."""
    faults = [_moment_fault(case, each, meaning) for each in case.expected.split(" / ")]
    if all(faults):
        return faults[0]
    if case.subject is not None:
        wanted = {_plain(each) for each in case.subject.split(" / ")}
        if _plain(meaning.subject) not in wanted:
            return f"subject {meaning.subject!r}, not {case.subject!r}"
    for name, value in case.flags.items():
        found = _flag(meaning, name)
        if found != value and not (value == "any" and found):
            return f"{name} {found!r}, not {value!r}"
    return ""


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\"“”.,;:!?]", " ", text).casefold().split())


def _flag(meaning: Any, name: str) -> Any:
    value = getattr(meaning, name)
    if name == "nag":
        return value and value.every
    if name == "after_done" and value:
        return (value[0], value[1].lower().rstrip("s"))
    if name == "alerts":
        return tuple(sorted(value, reverse=True))
    return value


def moment(text: str, zone: str) -> datetime:
    """Return the moment written in a case; the weekday is a check of the case itself."""
    match = _MOMENT.fullmatch(text)
    assert match, text
    weekday, day, month, year, hour, minute, second = match.groups()
    wall = datetime(
        int(year or 2026), _MONTHS.index(month) + 1, int(day), int(hour), int(minute),
        int(second or 0), tzinfo=ZoneInfo(zone),
    )  # fmt: skip
    assert f"{wall:%a}" == weekday, text
    return wall


def _moment_fault(case: Case, expected: str, meaning: Any) -> str:
    kind = str(meaning.kind)
    if expected in ("none", "past", "refused"):
        return "" if kind == expected else f"{kind} ({_shown(meaning)}), not {expected}"
    if expected == "any":
        return "" if kind in ("instant", "recurrence") else f"{kind}, not a reminder"
    mark = expected[:2]
    wanted = "ambiguous" if mark == "? " else "recurrence" if mark in ("* ", "st") else "instant"
    if kind != wanted:
        return f"{kind} ({_shown(meaning)}), not {wanted} {expected}"
    if mark == "st":
        return _step_fault(case, expected, meaning)
    if mark == "* ":
        return _repeat_fault(case, expected[2:].split(", "), meaning)
    if mark == "? ":
        readings = {reading.due.timestamp() for reading in meaning.readings}
        times = {moment(each, case.zone).timestamp() for each in expected[2:].split(", ")}
        return "" if readings == times else f"readings {_shown(meaning)}, not {expected}"
    same = meaning.due.timestamp() == moment(expected, case.zone).timestamp()
    return "" if same else f"{_shown(meaning)}, not {expected}"


def next_three(case: Case, meaning: Any, n: int = 3) -> list[datetime]:
    """Return the next occurrences of a recurrence, in the case's zone."""
    schedule = Schedule(tuple(meaning.rules), meaning.due.replace(tzinfo=None), case.zone)
    return [each.local for each in upcoming(schedule, case.now, n)]


def _repeat_fault(case: Case, expected: list[str], meaning: Any) -> str:
    found = next_three(case, meaning, len(expected))
    times = [moment(each, case.zone).timestamp() for each in expected if each != "end"]
    if [each.timestamp() for each in found] != times:
        return f"{', '.join(f'{each:%a %d %b %Y %H:%M}' for each in found)}, not {expected}"
    if meaning.due.timestamp() != times[0]:
        return f"due {meaning.due}, but the first occurrence is {expected[0]}"
    return ""


def _step_fault(case: Case, expected: str, meaning: Any) -> str:
    match = _STEP.fullmatch(expected)
    assert match, expected
    count, unit = int(match[1]), match[2]
    found = next_three(case, meaning)
    shown = f"{', '.join(f'{each:%a %d %b %Y %H:%M}' for each in found)}, not {expected}"
    if len(found) < 3 or meaning.due.timestamp() != found[0].timestamp():
        return f"due {meaning.due}, then {shown}"
    if unit == "mo":
        walked = {b.year * 12 + b.month - a.year * 12 - a.month for a, b in pairwise(found)}
        return "" if walked == {count} else shown
    step = _UNITS[unit] * count
    # Days are counted on the wall clock, hours and minutes as they pass.
    clock = [each.replace(tzinfo=None) if unit == "d" else each.astimezone(UTC) for each in found]
    in_time = found[0] - case.now <= step + timedelta(days=unit == "d")
    at_time = match[3] is None or f"{found[0]:%H:%M}" == f"{int(match[3]):02}:{match[4]}"
    right = {b - a for a, b in pairwise(clock)} == {step} and in_time and at_time
    return "" if right else shown


def _shown(meaning: Any) -> str:
    if meaning.readings:
        return ", ".join(f"{reading.due:%a %d %b %Y %H:%M}" for reading in meaning.readings)
    rules = " " + "|".join(meaning.rules) if meaning.rules else ""
    return f"{meaning.due:%a %d %b %Y %H:%M:%S}{rules}" if meaning.due else meaning.problem
