"""Hand people their reminders: as a calendar for other programs, and as JSON with all that happened."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vRecur

from conversations.models import Chat
from conversations.replies import Document, Reply, Say
from conversations.router import Incoming
from reminders.calendars import feed
from reminders.chat.models import preferences_of
from reminders.localise import is_second_pass, read_local
from reminders.models import Reminder
from reminders.rules import ELAPSED, Rule, read_rule

PRODUCT = "-//reminder-bot//reminders//EN"
LASTS = timedelta(minutes=15)


def command(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /export with two files."""
    rows = list(Reminder.objects.filter(chat=chat).order_by("number"))
    waiting = waiting_of(rows)
    calendar = Document("reminders.ics", as_calendar(waiting))
    everything = Document("reminders.json", as_json(chat, rows, incoming.now))
    context = {"count": len(waiting), "all": len(rows)}
    return Reply(
        [
            Say("calendar/export", context, document=calendar),
            Say("calendar/export_all", context, document=everything),
            feed.offer(chat),
        ]
    )


def waiting_of(rows: Iterable[Reminder]) -> list[Reminder]:
    """Return those that are still to come."""
    alive = {Reminder.State.ACTIVE, Reminder.State.PAUSED}
    return [row for row in rows if row.state in alive and row.due_at]


def as_calendar(reminders: list[Reminder]) -> str:
    """Return RFC 5545 text: one event for each rule, on the wall clock of its zone."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for reminder in reminders:
        for number, rule in enumerate(reminder.rules or [""]):
            calendar.add_component(_event(reminder, rule, number))
    calendar.add_missing_timezones()
    text: str = calendar.to_ical().decode()
    return text


def _event(reminder: Reminder, rule: str, number: int) -> Event:
    event = Event()
    event.add("uid", f"{reminder.pk}-{number}@reminder-bot")
    event.add("dtstamp", reminder.updated_at.astimezone(UTC).replace(microsecond=0))
    event.add("summary", reminder.text or reminder.attachment or "⏰")
    event.add("dtstart", _start(reminder, rule))
    event.add("duration", LASTS)
    if rule:
        event.add("rrule", vRecur.from_ical(rule))
    for seconds in [*sorted(reminder.alerts, reverse=True), 0]:
        event.add_component(_alarm(reminder, seconds))
    return event


def _start(reminder: Reminder, rule: str) -> datetime:
    """Return the first occurrence in its zone, or in UTC where its wall clock is another moment.

    A local time that happens twice is the first of the two (RFC 5545, 3.3.5).
    """
    zone = ZoneInfo(reminder.timezone)
    if rule:
        start = read_local(reminder.start_local).replace(tzinfo=zone)
    else:
        due = reminder.due_at or datetime.now(UTC)
        start = due.astimezone(zone if reminder.timezone != "UTC" else UTC).replace(microsecond=0)
    return start.astimezone(UTC) if is_second_pass(start) and _needs_no_zone(rule) else start


def _needs_no_zone(rule: str) -> bool:
    """Whether a rule (empty: once) says the same in UTC: it has a distance and a count at most."""
    if not rule:
        return True
    read = read_rule(rule)
    return read.freq in ELAPSED and read == Rule(read.freq, read.interval, read.count)


def _alarm(reminder: Reminder, seconds: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", reminder.text or "⏰")
    alarm.add("trigger", timedelta(seconds=-seconds))
    return alarm


def as_json(chat: Chat, reminders: list[Reminder], now: datetime) -> str:
    """Return everything that is kept of the chat's reminders and habits, readable by machines."""
    habits = preferences_of(chat.pk)
    whole = {
        "exported_at": _iso(now),
        "chat": {"language": chat.language, "timezone": chat.timezone, "clock": chat.clock},
        "settings": {
            "snoozes": habits.snoozes,
            "quiet": habits.quiet,
            "quiet_from": habits.quiet_from.isoformat(),
            "quiet_until": habits.quiet_until.isoformat(),
        },
        "reminders": [_entry(reminder) for reminder in reminders],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


_PLAIN = (
    "number", "text", "state", "timezone", "start_local", "rules", "after_done", "alerts",
    "nag_every", "nag_times", "urgent", "useless_after", "creator_name",
)  # fmt: skip
_MOMENTS = ("due_at", "fire_at", "paused_until", "created_at", "ended_at")


def _entry(reminder: Reminder) -> dict[str, Any]:
    entry = {name: getattr(reminder, name) for name in _PLAIN}
    entry |= {name: _iso(getattr(reminder, name)) for name in _MOMENTS}
    entry["deliveries"] = [
        {"due_at": _iso(row.due_at), "kind": row.kind, "state": row.state,
         "delivered_at": _iso(row.delivered_at), "done_at": _iso(row.done_at)}
        for row in reminder.deliveries.order_by("pk")
    ]  # fmt: skip
    return entry


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
