"""A small stand-in for the parser: offsets, tomorrow, a date, and "every day at"."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from reminders.when.meaning import Kind, Meaning, Span

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def parse(
    text: str,
    *,
    now: datetime,
    tz: str,
    locale: str = "en",
    clock: int | None = None,
    day_first: bool | None = None,
) -> Meaning:
    """Return what the text asks for."""
    here = now.astimezone(ZoneInfo(tz))
    if m := re.match(r"(?:in |\+)(\d+) ?([smhd])\w*\s*(.*)", text, re.DOTALL):
        due = here + timedelta(seconds=int(m[1]) * _SECONDS[m[2]])
        return Meaning(Kind.INSTANT, m[3], due, spans=(Span(0, m.start(3), "time"),))
    if m := re.match(r"(tomorrow|every day at) (\d+)(?::(\d\d))?\s*(.*)", text, re.DOTALL):
        due = here.replace(hour=int(m[2]) % 24, minute=int(m[3] or 0), second=0, microsecond=0)
        rules = ("FREQ=DAILY",) if m[1] != "tomorrow" else ()
        due += timedelta(days=1)
        kind = Kind.RECURRENCE if rules else Kind.INSTANT
        return Meaning(kind, m[4], due, rules, spans=(Span(0, m.start(4), "time"),))
    if text.startswith("yesterday"):
        return Meaning(Kind.PAST, "", here - timedelta(days=1), problem="past")
    return Meaning(Kind.NONE, text, problem="no_time")


parse_when = parse


def explain(text: str, meaning: Meaning) -> tuple[tuple[str, str, int, int], ...]:
    """Return the pieces that were read."""
    return tuple((text[s.start : s.end], s.role, s.start, s.end) for s in meaning.spans)
