"""What is refused: recurrences too frequent, moments too far, rules that never match."""

import re
from dataclasses import replace
from datetime import timedelta

from reminders.recurrence import BadRule, validate
from reminders.when.calendar import Today, aware
from reminders.when.fields import Repeat
from reminders.when.meaning import Details, Kind, Meaning, Reading

SHORTEST_REPEAT = 300  # seconds


FARTHEST = timedelta(days=5 * 366)


# A rule that surely matches, and no more than once an hour: walking it would tell nothing.
_SOUND = re.compile(
    r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=\d{1,2})?"
    r"(?:;BYDAY=(?:-1|[1-4])?[A-Z]{2}(?:,[A-Z]{2})*|;BYMONTHDAY=(?:1?\d|2[0-8]|-1))?"
    r"(?:;BYHOUR=\d+(?:,\d+)*;BYMINUTE=\d+)?(?:;COUNT=\d+)?"
)


_UNIT_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


def refusal(
    repeat: Repeat, base: Meaning, readings: tuple[Reading, ...], today: Today
) -> Meaning | None:
    """Return the meaning as refused where the recurrence is too frequent, too far or unsound."""
    refused = replace(base, kind=Kind.REFUSED, readings=readings)
    if repeat.unit in _UNIT_SECONDS:
        seconds = (repeat.every or 1) * _UNIT_SECONDS[repeat.unit]
        if seconds < SHORTEST_REPEAT:
            details: Details = (("seconds", seconds), ("least", SHORTEST_REPEAT))
            return replace(refused, problem="too_frequent", details=details)
    if readings[0].due - aware(today.now, today.zone) > FARTHEST:
        return replace(refused, problem="too_far", details=(("years", 5),))
    try:
        for reading in readings:
            if len(reading.rules) == 1 and _SOUND.fullmatch(reading.rules[0]):
                continue
            validate(reading.rules, reading.due.replace(tzinfo=None))
    except BadRule as bad:
        return replace(refused, problem=bad.code, details=tuple(bad.values.items()))
    return None
