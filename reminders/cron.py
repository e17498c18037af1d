"""Read a crontab line as RFC 5545 rules, for people who think in them."""

import re

from reminders.rules import WEEKDAYS

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_PIECE = re.compile(r"(\*|[0-9]{1,2}|[a-z]{3})(?:-([0-9]{1,2}|[a-z]{3}))?(?:/([0-9]{1,2}))?")
_NICKNAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
}


class BadCronError(ValueError):
    """The line is no crontab line."""


def split_cron(text: str) -> tuple[str, str]:
    """Return (the five fields, the words after them)."""
    words = text.split(maxsplit=1)
    if words and words[0].lower() in _NICKNAMES:
        return _NICKNAMES[words[0].lower()], words[1] if len(words) > 1 else ""
    parts = text.split(maxsplit=5)
    if len(parts) < 5:
        raise BadCronError(text[:40])
    return " ".join(parts[:5]), parts[5] if len(parts) > 5 else ""


def rules_of(fields: str) -> tuple[str, ...]:
    """Return the rules of five crontab fields; as in cron, two restricted kinds of days are a union."""
    minutes, hours, monthdays, months, weekdays = fields.lower().split()
    found_minutes, found_hours = _values(minutes, 0, 59), _values(hours, 0, 23)
    times = f"BYHOUR={_joined(found_hours)};BYMINUTE={_joined(found_minutes)}"
    if months != "*":
        times += f";BYMONTH={_joined(_values(months, 1, 12, _MONTHS, 1))}"
    by_date = f"FREQ=DAILY;BYMONTHDAY={_joined(_values(monthdays, 1, 31))};{times}"
    days = sorted({day % 7 for day in _values(weekdays, 0, 7, _DAYS)})
    by_day = f"FREQ=DAILY;BYDAY={','.join(WEEKDAYS[day - 1] for day in days)};{times}"
    if monthdays != "*" and weekdays != "*":
        return by_date, by_day
    if weekdays != "*":
        return (by_day,)
    return (by_date,) if monthdays != "*" else (f"FREQ=DAILY;{times}",)


def _joined(values: list[int]) -> str:
    return ",".join(map(str, values))


def _values(
    field: str, least: int, most: int, names: tuple[str, ...] = (), base: int = 0
) -> list[int]:
    values: set[int] = set()
    for piece in field.split(","):
        match = _PIECE.fullmatch(piece)
        if match is None:
            raise BadCronError(piece[:20])
        step = int(match[3] or 1)
        if match[1] == "*":
            first, last = least, most - (names is _DAYS)
        else:
            first = _number(match[1], names, base)
            last = _number(match[2], names, base) if match[2] else (most if match[3] else first)
        if not (least <= first <= last <= most and step):
            raise BadCronError(piece[:20])
        values |= set(range(first, last + 1, step))
    return sorted(values)


def _number(word: str, names: tuple[str, ...], base: int) -> int:
    if word.isdigit():
        return int(word)
    if word not in names:
        raise BadCronError(word)
    return names.index(word) + base
