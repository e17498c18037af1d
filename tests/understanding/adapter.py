"""Answers as the understanding evaluation wants them: always the single best reading."""

from datetime import datetime

from reminders.when.meaning import Kind, Meaning, Reading
from reminders.when.parse import parse as understand


def best(meaning: Meaning) -> Reading | None:
    """Return the reading a guess would take: the first moment, also where the bot would ask."""
    if meaning.due is not None:
        return Reading(meaning.due, meaning.rules)
    return meaning.readings[0] if meaning.readings else None


def as_one_rule(rules: tuple[str, ...]) -> str:
    """Return daily or weekly rules as the one rule with the same occurrences, where there is one.

    Times that no BYHOUR and BYMINUTE alone can list are picked with BYSETPOS.
    """
    each = [dict(part.split("=", 1) for part in rule.split(";")) for rule in rules]
    plain = [{k: v for k, v in rule.items() if k not in _LISTED} for rule in each]
    if len(rules) == 1 or any(rule != plain[0] for rule in plain):
        return rules[0]
    if plain[0]["FREQ"] not in ("DAILY", "WEEKLY") or any("BYHOUR" not in rule for rule in each):
        return rules[0]
    wanted = {slot for rule in each for slot in _slots([rule])}
    slots = sorted(_slots(each))
    places = ",".join(str(n) for n, slot in enumerate(slots, 1) if slot in wanted)
    lists = [f"{k}={_listed(each, k)}" for k in _LISTED if k in each[0]]
    return ";".join([*(f"{k}={v}" for k, v in plain[0].items()), *lists, f"BYSETPOS={places}"])


_LISTED = ("BYDAY", "BYHOUR", "BYMINUTE")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _slots(rules: list[dict[str, str]]) -> set[tuple[int, int, int]]:
    """Return the days and times that the lists of the rules make up together."""
    days, hours, minutes = (_listed(rules, name).split(",") for name in _LISTED)
    return {
        (_DAYS.index(d) if d else 0, int(h), int(m)) for d in days for h in hours for m in minutes
    }


def _listed(rules: list[dict[str, str]], name: str) -> str:
    return ",".join(sorted({v for rule in rules for v in rule.get(name, "").split(",")}))


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
            "rrule": "RRULE:" + as_one_rule(reading.rules),
            "subject": meaning.subject,
        }
    return {"kind": "instant", "due": due, "subject": meaning.subject}
