"""Answers as the understanding evaluation wants them: always the single best reading."""

from datetime import datetime

from reminders.when.meaning import Kind, Meaning, Reading
from reminders.when.parse import parse as understand


def best(meaning: Meaning) -> Reading | None:
    """Return the reading a guess would take: the first moment, also where the bot would ask."""
    if meaning.due is not None:
        return Reading(meaning.due, meaning.rules)
    return meaning.readings[0] if meaning.readings else None


def parse(text: str, now: datetime, tz: str, locale: str) -> dict[str, str]:
    meaning = understand(text, now=now, tz=tz, locale=locale)
    reading = best(meaning)
    if meaning.kind in (Kind.NONE, Kind.PAST) or reading is None:
        return {"kind": "none", "subject": meaning.subject}
    due = reading.due.replace(tzinfo=None).isoformat()
    if reading.rules:
        return {
            "kind": "recurrence",
            "first": due,
            "rrule": "RRULE:" + reading.rules[0],
            "subject": meaning.subject,
        }
    return {"kind": "instant", "due": due, "subject": meaning.subject}
