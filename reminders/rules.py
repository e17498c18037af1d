"""Read RFC 5545 rules, because what people and imported calendars send must be bounded."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import lru_cache

FREQUENCIES = ("MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
ELAPSED = ("MINUTELY", "HOURLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

MAX_RULES = 25
MAX_RULE_LENGTH = 500
MAX_COUNT = 5_000
LAST_YEAR = 2200
# About ten years of each unit: a longer wait is a typing error, not a reminder.
MAX_INTERVAL = {
    "MINUTELY": 5_000_000,
    "HOURLY": 90_000,
    "DAILY": 3_660,
    "WEEKLY": 530,
    "MONTHLY": 120,
    "YEARLY": 10,
}

_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_BYDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")


class BadRule(ValueError):  # noqa: N818 - it is the rule that is bad
    """A rule that is refused: ``code`` names the reason, ``values`` fill its message."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Rule:
    """One rule, read and within bounds; an empty tuple means that the part was not given."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    until_is_utc: bool = False
    months: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = field(default=())
    """Pairs of (which one in the period, 0 for all; weekday, Monday is 0)."""
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def clamped_day(self) -> int | None:
        """The wanted day of a "the 31st, or the last day there is" rule, else None."""
        days = self.monthdays
        whole = self.freq in ("MONTHLY", "YEARLY") and not self.weekdays
        if not (whole and self.positions == (-1,) and len(days) > 1 and days[0] >= 28):
            return None
        return days[-1] if days == tuple(range(days[0], days[-1] + 1)) else None


@lru_cache(maxsize=1024)
def read_rule(text: str) -> Rule:
    """Return the rule written in an RRULE value (no DTSTART); BadRule says what is wrong."""
    if len(text) > MAX_RULE_LENGTH:
        raise BadRule("too_long", limit=MAX_RULE_LENGTH)
    parts: dict[str, str] = {}
    for piece in text.split(";"):
        match = _PART.fullmatch(piece)
        if match is None or match[1] in parts:
            raise BadRule("unreadable", part=piece[:40])
        parts[match[1]] = match[2]
    rule = _read_parts(parts)
    _check_combination(rule)
    return rule


def _read_parts(parts: dict[str, str]) -> Rule:
    freq = parts.pop("FREQ", "")
    if freq == "SECONDLY":
        raise BadRule("too_frequent", seconds=1)
    if freq not in FREQUENCIES:
        raise BadRule("frequency", freq=freq)
    until, until_is_utc = _until(parts.pop("UNTIL", ""))
    rule = Rule(
        freq=freq,
        interval=_bounded("interval", parts.pop("INTERVAL", "1"), MAX_INTERVAL[freq]),
        count=_bounded("count", parts.pop("COUNT"), MAX_COUNT) if "COUNT" in parts else None,
        until=until,
        until_is_utc=until_is_utc,
        months=_numbers("BYMONTH", parts.pop("BYMONTH", ""), 1, 12),
        monthdays=_numbers("BYMONTHDAY", parts.pop("BYMONTHDAY", ""), 1, 31, signed=True),
        weekdays=_weekdays(parts.pop("BYDAY", "")),
        hours=_numbers("BYHOUR", parts.pop("BYHOUR", ""), 0, 23),
        minutes=_numbers("BYMINUTE", parts.pop("BYMINUTE", ""), 0, 59),
        positions=_numbers("BYSETPOS", parts.pop("BYSETPOS", ""), 1, 366, signed=True),
        week_start=_week_start(parts.pop("WKST", "MO")),
    )
    if parts.pop("BYSECOND", "0") != "0" or parts:
        raise BadRule("unsupported", part=next(iter(parts), "BYSECOND"))
    return rule


def _check_combination(rule: Rule) -> None:
    if any(n for n, _ in rule.weekdays) and rule.freq not in ("MONTHLY", "YEARLY"):
        raise BadRule("unsupported", part="BYDAY")
    if rule.positions and rule.freq in ELAPSED:
        raise BadRule("unsupported", part="BYSETPOS")
    if rule.monthdays and rule.freq == "WEEKLY":
        raise BadRule("unsupported", part="BYMONTHDAY")


def _bounded(code: str, text: str, most: int) -> int:
    value = int(text) if _NUMBER.fullmatch(text) else most + 1 if text.isdigit() else 0
    if not 1 <= value <= most:
        raise BadRule(code, limit=most)
    return value


def _numbers(
    name: str, text: str, least: int, most: int, *, signed: bool = False
) -> tuple[int, ...]:
    if not text:
        return ()
    pieces = text.split(",")
    if not all(_NUMBER.fullmatch(piece) for piece in pieces):
        raise BadRule("unreadable", part=name)
    values = {int(piece) for piece in pieces}
    if not all(least <= (abs(value) if signed else value) <= most for value in values):
        raise BadRule("out_of_range", part=name)
    return tuple(sorted(values))


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    if not text:
        return ()
    days = set()
    for piece in text.split(","):
        match = _BYDAY.fullmatch(piece)
        if match is None or (match[1] and not 1 <= abs(int(match[1])) <= 53):
            raise BadRule("unreadable", part="BYDAY")
        days.add((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(sorted(days))


def _week_start(text: str) -> int:
    if text not in WEEKDAYS:
        raise BadRule("unreadable", part="WKST")
    return WEEKDAYS.index(text)


def _until(text: str) -> tuple[datetime | None, bool]:
    """Return the last moment allowed; a bare date allows the whole of that day."""
    if not text:
        return None, False
    match = _UNTIL.fullmatch(text)
    if match is None:
        raise BadRule("until", text=text[:20])
    try:
        day = datetime.strptime(match[1], "%Y%m%d")  # noqa: DTZ007 - a wall clock
        limit = time.fromisoformat(match[2]) if match[2] else time.max
    except ValueError:
        raise BadRule("until", text=text[:20]) from None
    if day.year > LAST_YEAR:
        raise BadRule("until", text=text[:20])
    return datetime.combine(day, limit), bool(match[3])


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return calendar.monthrange(year, month)[1]
