"""Calendars where the clocks go back: a wall clock there is the first of two moments."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from reminders.calendars import reading
from reminders.models import Reminder
from reminders.recurrence import upcoming
from reminders.schedule import schedule_of
from tests.chat_rules.test_calendars import calendar, documents, event, send

FIRST = datetime(2026, 10, 25, 0, 10, tzinfo=UTC)
SECOND = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)


def dues(reminder, count=5):
    return [each.due for each in upcoming(schedule_of(reminder), FIRST - timedelta(days=1), count)]


@pytest.mark.parametrize(
    ("now", "words", "start"),
    [
        (FIRST, "in 20 min tea", "DTSTART;TZID=Europe/Berlin:20261025T023000"),
        (SECOND, "in 20 min tea", "DTSTART:20261025T013000Z"),
        (SECOND, "every 20 minutes 3 times tea", "DTSTART:20261025T013000Z"),
        (SECOND, "in 70 min tea", "DTSTART;TZID=Europe/Berlin:20261025T032000"),
    ],
)
def test_what_is_exported_in_either_pass_is_taken_in_at_the_same_moments(person, now, words, start):
    person.clock.move_to(now)
    person.say(words)
    content = documents(person)["reminders.ics"]
    assert start in content.splitlines()
    [found] = reading.read(content.encode(), "Europe/Berlin", now).events
    reminder = Reminder.objects.get()
    assert datetime.fromisoformat(found["due"]) == reminder.due_at
    assert found["start"] == reminder.start_local


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("every day at 2:50 tea", b"FREQ=DAILY"),
        ("every hour on sundays tea", b"FREQ=HOURLY;BYDAY=SU"),
    ],
)
def test_a_rule_of_the_wall_clock_stays_on_it(person, words, rule):
    """In UTC it would come an hour off in summer, or on another day."""
    person.clock.move_to(SECOND)
    person.say(words)
    [found] = Calendar.from_ical(documents(person)["reminders.ics"]).walk("VEVENT")
    assert found["RRULE"].to_ical() == rule
    assert found["DTSTART"].params["TZID"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("start", "kept", "first"),
    [
        ("DTSTART;TZID=Europe/Berlin:20261025T024000", "2026-10-25T02:40:00", 0),
        ("DTSTART:20261025T004000Z", "2026-10-25T02:40:00", 0),
        ("DTSTART:20261025T014000Z", "2026-10-25T02:40:00+01:00", 1),
    ],
)
@pytest.mark.parametrize("rule", ["FREQ=HOURLY;COUNT=2", "FREQ=DAILY;COUNT=2"])
def test_an_event_taken_in_comes_at_its_own_moments(person, start, kept, first, rule):
    person.press(send(person, calendar(event("tea", start, f"RRULE:{rule}"))), "Import")
    reminder = Reminder.objects.get()
    begins = datetime(2026, 10, 25, first, 40, tzinfo=UTC)
    follows = timedelta(hours=1) if "HOURLY" in rule else timedelta(hours=25 - first)
    assert reminder.start_local == kept
    assert dues(reminder) == [begins, begins + follows]
