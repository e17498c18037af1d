"""Read a calendar file from anywhere: bounded in size, depth and time, and honest about what is left out."""

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as clock_time
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from bots.text import clean_text
from reminders.localise import write_local, zone_named
from reminders.recurrence import BadRule, Schedule, first_after, validate

LARGEST = 256 * 1024  # bytes
MOST_EVENTS = 500
MOST_PARTS = 4_000  # components of any kind
DEEPEST = 5
SECONDS = 5.0
MOST_ALERTS = 5
LONGEST_ALERT = 28 * 86400  # seconds before the start
WHOLE_DAY = clock_time(9)
LONGEST_TEXT = 3000
_BLOCK = re.compile(r"^(BEGIN|END):", re.IGNORECASE | re.MULTILINE)
_EVENT = re.compile(r"^BEGIN:VEVENT", re.IGNORECASE | re.MULTILINE)


class BadCalendarError(ValueError):
    """The whole file is refused: `reason` is "large", "many", "unreadable", "empty" or "slow"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _SkippedError(ValueError):
    """One event is left out: the reason, as the preview names it."""


@dataclass
class Found:
    """What a file holds: events as JSON, and how many were left out for which reason."""

    events: list[dict[str, Any]] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def read(content: bytes, zone: str, now: datetime) -> Found:
    """Return the events that lie ahead of `now`; floating times and whole days are in `zone`."""
    # Of the thread's own time: a busy machine makes no file worse.
    deadline = time.thread_time() + SECONDS
    calendar = _parse(_decode(content))
    found = Found()
    for event in calendar.walk("VEVENT"):
        if time.thread_time() > deadline:
            raise BadCalendarError("slow")
        try:
            found.events.append(_read_event(event, zone, now))
        except _SkippedError as reason:
            found.skipped[str(reason)] += 1
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            found.skipped["unreadable"] += 1
    if not found.events and not found.skipped:
        raise BadCalendarError("empty")
    found.events.sort(key=lambda one: datetime.fromisoformat(one["due"]))
    return found


def _decode(content: bytes) -> str:
    if len(content) > LARGEST:
        raise BadCalendarError("large")
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadCalendarError("unreadable")


def _parse(text: str) -> Calendar:
    """Refuse what is too much before the parser builds it, then parse."""
    if len(_EVENT.findall(text)) > MOST_EVENTS:
        raise BadCalendarError("many")
    depth = deepest = parts = 0
    for word in _BLOCK.findall(text):
        opens = word.upper() == "BEGIN"
        parts += opens
        depth += 1 if opens else -1
        deepest = max(deepest, depth)
    if parts > MOST_PARTS or deepest > DEEPEST:
        raise BadCalendarError("many")
    try:
        return Calendar.from_ical(text)
    # OSError: the name of a zone is looked for as a file, and may be longer than any file's.
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, OSError):
        raise BadCalendarError("unreadable") from None


def _read_event(event: Any, zone: str, now: datetime) -> dict[str, Any]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise _SkippedError("cancelled")
    if "RECURRENCE-ID" in event or "RDATE" in event or "EXRULE" in event:
        raise _SkippedError("irregular")
    text = clean_text(str(event.get("SUMMARY", ""))).strip()[:LONGEST_TEXT]
    if not text:
        raise _SkippedError("unnamed")
    start, name = _start(event["DTSTART"].dt, zone)
    rules = _rules(event, start, name)
    return {
        "text": text,
        "zone": name,
        "start": write_local(start.replace(tzinfo=ZoneInfo(name))),
        "due": _next(rules, start, name, now).isoformat(),
        "rules": rules,
        "alerts": _alerts(event),
        "exceptions": "EXDATE" in event,
    }


def _start(value: date | datetime, zone: str) -> tuple[datetime, str]:
    """Return the first occurrence as a naive wall clock, and the IANA name of its zone."""
    if not isinstance(value, datetime):
        return datetime.combine(value, WHOLE_DAY), zone
    if value.tzinfo is None:
        return value, zone
    name = _known(value.tzinfo)
    if name is None:  # a zone nobody knows, or UTC: the instant counts
        return value.astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone
    return value.replace(tzinfo=None), name


def _known(info: tzinfo) -> str | None:
    name = getattr(info, "key", None)
    if not name or name in {"UTC", "Etc/UTC", "GMT"}:
        return None
    try:
        return zone_named(str(name)).key
    except BadRule:
        return None


def _rules(event: Any, start: datetime, zone: str) -> list[str]:
    found = event.get("RRULE")
    if not found:
        return []
    rules = [rule.to_ical().decode() for rule in (found if isinstance(found, list) else [found])]
    try:
        validate(tuple(rules), start)
    except BadRule as error:
        frequent = error.code == "too_frequent"
        raise _SkippedError("too_frequent" if frequent else "rule") from None
    return rules


def _next(rules: list[str], start: datetime, zone: str, now: datetime) -> datetime:
    try:
        occurrence = first_after(Schedule(tuple(rules), start, zone), now)
    except BadRule:
        raise _SkippedError("rule") from None
    if occurrence is None:
        raise _SkippedError("past")
    return occurrence.local.astimezone(UTC)


def _alerts(event: Any) -> list[int]:
    """Return the seconds before the start at which alarms ring."""
    found: set[int] = set()
    for alarm in event.walk("VALARM"):
        trigger = getattr(alarm.get("TRIGGER"), "dt", None)
        if isinstance(trigger, timedelta) and alarm["TRIGGER"].params.get("RELATED") != "END":
            seconds = round(-trigger.total_seconds())
            if 0 < seconds <= LONGEST_ALERT:
                found.add(seconds)
    return sorted(found, reverse=True)[:MOST_ALERTS]
