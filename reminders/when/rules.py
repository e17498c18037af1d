"""RFC 5545 rules for the days of a recurrence, short months included."""

from reminders.when.fields import Repeat

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = {
    "second": "SECONDLY", "minute": "MINUTELY", "hour": "HOURLY",
    "day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY",
}  # fmt: skip


def day_rule(repeat: Repeat) -> tuple[str, bool]:
    """Return the rule of the days alone, and whether short months clamp it."""
    unit = repeat.unit or "week"
    parts = [f"FREQ={FREQUENCIES[unit]}"]
    if (repeat.every or 1) > 1:
        parts.append(f"INTERVAL={repeat.every}")
    if repeat.month:
        parts.append(f"BYMONTH={repeat.month}")
    clamped = False
    if repeat.weekdays:
        parts.extend(_by_day(repeat))
    elif repeat.monthdays:
        text, clamped = _by_month_day(repeat.monthdays, repeat.month)
        parts.append(text)
    return ";".join(parts), clamped


def _by_day(repeat: Repeat) -> list[str]:
    days = [DAYS[d] for d in repeat.weekdays or ()]
    if not repeat.nths:
        return ["BYDAY=" + ",".join(days)]
    if len(days) == 1:
        return ["BYDAY=" + ",".join(f"{nth}{days[0]}" for nth in repeat.nths)]
    return ["BYDAY=" + ",".join(days), "BYSETPOS=" + ",".join(map(str, repeat.nths))]


def _by_month_day(days: tuple[int, ...], month: int | None) -> tuple[str, bool]:
    """Return BYMONTHDAY; a day that short months lack becomes their last one."""
    longest = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month or 2, 31)
    if len(days) == 1 and days[0] > longest:
        span = ",".join(str(d) for d in range(28, days[0] + 1))
        return f"BYMONTHDAY={span};BYSETPOS=-1", True
    return "BYMONTHDAY=" + ",".join(map(str, days)), False
