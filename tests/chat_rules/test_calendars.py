"""Calendars: exported for other programs and as JSON; taken in after a look at what is inside."""

import json
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from bots.envelope import IncomingMessage
from conversations.models import Message
from reminders.calendars import fetching, reading
from reminders.calendars.models import CalendarFile
from reminders.models import Reminder
from tests.machine import within

NOW = datetime(2026, 10, 6, 12, 5, tzinfo=UTC)


def calendar(*events, head=""):
    body = "\r\n".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{body}\r\nEND:VCALENDAR\r\n".encode()


def event(summary="Dentist", start="DTSTART;TZID=Europe/Berlin:20261009T150000", *more):
    return "\r\n".join(["UID:1", f"SUMMARY:{summary}", start, *more])


def read(content):
    return reading.read(content, "Europe/Berlin", NOW)


def send(person, content, name="my.ics"):
    """Send a file, and let it be fetched."""
    said = IncomingMessage(
        event="media", attachment="document", file_id="F1", file_name=name,
        file_size=len(content), message_id=next(person.message_ids),
    )  # fmt: skip
    heard = person.update(said)
    file = CalendarFile.objects.order_by("pk").last()
    if heard.rows or file is None:
        return heard.messages[0]
    try:
        fetching.show(file, read(content))
    except reading.BadCalendarError as error:
        fetching.refuse(file, error.reason)
    row = Message.objects.get(key=f"calendar:{file.pk}/0")
    person.deliver(row)
    row.refresh_from_db()
    return row


def test_a_file_is_shown_and_taken_in_when_confirmed(person):
    content = calendar(
        event("Dentist", "DTSTART;TZID=Europe/Berlin:20261009T150000",
              "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT1H\r\nEND:VALARM"),
        event("Stand-up", "DTSTART;TZID=Europe/Berlin:20260105T090000", "RRULE:FREQ=WEEKLY;BYDAY=MO"),
        event("Old", "DTSTART:20200101T090000Z"),
    )  # fmt: skip
    row = send(person, content)
    assert row.text == (
        "📅 2 events to take in:\n· Dentist – Fri 9 Oct, 15:00\n"
        "· Stand-up – Mon 12 Oct, 09:00, every Monday at 09:00\nLeft out: 1 in the past."
    )
    assert row.reply_to_message_id
    assert not Reminder.objects.exists()
    heard = person.press(row, "Import")
    assert heard.text == "✅ 2 reminders set. /list"
    dentist, standup = Reminder.objects.order_by("number")
    assert (dentist.text, dentist.alerts, dentist.origin) == ("Dentist", [3600], "import")
    assert dentist.fire_at == datetime(2026, 10, 9, 12, tzinfo=UTC)
    assert standup.start_local == "2026-01-05T09:00:00"
    assert standup.due_at == datetime(2026, 10, 12, 7, tzinfo=UTC)
    person.press_data(row, f"i1:take:{CalendarFile.objects.get().pk}")
    assert Reminder.objects.count() == 2


def test_it_can_be_left(person):
    row = send(person, calendar(event()))
    assert person.press(row, "Cancel").text == "Nothing was taken in."
    assert CalendarFile.objects.get().events == []
    assert not Reminder.objects.exists()


def test_somebody_else_cannot_confirm(person, clock):
    row = send(person, calendar(event()))
    person.sender = person.sender.__class__(id=99, first_name="Eve")
    assert person.press(row, "Import").toasts == ["This question is not for you."]


def test_what_does_not_fit_is_said(person):
    many = [
        event(f"Thing {n}", f"DTSTART:2027{n % 12 + 1:02}{n % 28 + 1:02}T090000") for n in range(60)
    ]
    heard = person.press(send(person, calendar(*many)), "Import")
    assert (
        heard.text == "✅ 50 reminders set. 10 did not fit: I keep at most 50 for one person. /list"
    )


def test_too_large_a_file_is_not_even_fetched(person):
    row = send(person, b"x" * (256 * 1024 + 1))
    assert row.text.startswith("This file is larger than 256 KB")
    assert not CalendarFile.objects.exists()


def test_other_files_are_only_brought_back(person):
    said = IncomingMessage(event="media", attachment="document", file_name="bill.pdf", message_id=5)
    assert person.update(said).text == "When should I bring this back?"


@pytest.mark.parametrize(
    ("start", "expected", "zone"),
    [
        ("DTSTART;TZID=Europe/Berlin:20261009T150000", "2026-10-09T13:00:00+00:00", "Europe/Berlin"),
        ("DTSTART;TZID=America/New_York:20261009T150000", "2026-10-09T19:00:00+00:00", "America/New_York"),
        ("DTSTART:20261009T150000Z", "2026-10-09T15:00:00+00:00", "Europe/Berlin"),
        ("DTSTART:20261009T150000", "2026-10-09T13:00:00+00:00", "Europe/Berlin"),
        ("DTSTART;VALUE=DATE:20261009", "2026-10-09T07:00:00+00:00", "Europe/Berlin"),
        ("DTSTART;TZID=Nowhere/Land:20261009T150000", "2026-10-09T13:00:00+00:00", "Europe/Berlin"),
        ("DTSTART;TZID=W. Europe Standard Time:20261009T150000", "2026-10-09T13:00:00+00:00", "Europe/Berlin"),
    ],
)  # fmt: skip
def test_times_of_every_kind(start, expected, zone):
    found = read(calendar(event("x", start)))
    assert [(one["due"], one["zone"]) for one in found.events] == [(expected, zone)]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("RRULE:FREQ=SECONDLY", "too_frequent"),
        ("RRULE:FREQ=MINUTELY", "too_frequent"),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "rule"),
        ("RRULE:FREQ=DAILY;COUNT=1000000000", "rule"),
        ("RRULE:FREQ=DAILY;INTERVAL=0", "rule"),
        ("RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=" + ",".join(map(str, range(1, 10000))), "rule"),
        ("RDATE:" + ",".join(["20270101T090000"] * 5000), "irregular"),
        ("RECURRENCE-ID:20261009T150000", "irregular"),
        ("STATUS:CANCELLED", "cancelled"),
    ],
)
def test_what_cannot_be_kept_is_left_out_with_its_reason(more, reason):
    found = read(calendar(event("x", "DTSTART;TZID=Europe/Berlin:20261009T150000", more)))
    assert (found.events, dict(found.skipped)) == ([], {reason: 1})


def test_a_series_that_has_ended_is_past():
    more = "RRULE:FREQ=DAILY;UNTIL=20261001T000000Z"
    found = read(calendar(event("x", "DTSTART;TZID=Europe/Berlin:20260901T150000", more)))
    assert dict(found.skipped) == {"past": 1}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "unreadable"),
        (b"PK\x03\x04" + b"\0" * 500, "unreadable"),
        (b"hello", "unreadable"),
        (b"\xff\xfe" + "BEGIN:VCALENDAR".encode("utf-16-le"), "unreadable"),
        (calendar(), "empty"),
        (calendar(*["X:1"] * 501), "many"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 100_000, "large"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 10_000, "many"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VALARM\r\n" * 20 + b"END:VALARM\r\n" * 20, "many"),
        (b"x" * (256 * 1024 + 1), "large"),
    ],
)
def test_files_that_are_no_calendar_or_too_much_are_refused(content, reason):
    with pytest.raises(reading.BadCalendarError) as refused:
        read(content)
    assert refused.value.reason == reason


def test_another_charset_is_read():
    content = calendar(event("Zahnärztin")).decode().encode("latin-1")
    assert read(content).events[0]["text"] == "Zahnärztin"


def test_names_are_only_words(person):
    row = send(person, calendar(event("<b>{{ settings.SECRET_KEY }}</b>\\n=HYPERLINK")))
    assert "<b>{{ settings.SECRET_KEY }}</b>" in row.text


def test_500_events_are_read_in_time(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", within(reading.SECONDS))
    many = [
        event(f"T{n}", "DTSTART;TZID=Europe/Berlin:20260105T090000", "RRULE:FREQ=WEEKLY")
        for n in range(500)
    ]
    assert len(read(calendar(*many)).events) == 500  # else it would be refused as slow


def test_a_fetch_is_claimed_once(person, clock):
    said = IncomingMessage(
        event="media", attachment="document", file_id="F", file_name="a.ICS", message_id=5
    )
    person.update(said)
    file = CalendarFile.objects.get()
    assert fetching.claim(file.pk).tries == 1
    assert fetching.claim(file.pk) is None
    clock.shift(fetching.CLAIM)
    assert fetching.claim(file.pk).tries == 2


def documents(person):
    heard = person.say("/export")
    files = [row.params["document"] for row in heard.rows if row.kind == "document"]
    return {file["name"]: file["content"] for file in files}


def test_the_export_is_a_calendar_other_programs_read(person):
    person.say("every monday at 9:00 stand-up")
    person.say("dentist friday 15:00, remind me 1 hour before")
    person.say("tomorrow 10:00 gone")
    person.say("/delete 3")
    parsed = Calendar.from_ical(documents(person)["reminders.ics"])
    events = {str(one["SUMMARY"]): one for one in parsed.walk("VEVENT")}
    assert set(events) == {"stand-up", "dentist"}
    assert events["stand-up"]["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO"
    assert events["stand-up"]["DTSTART"].dt.isoformat() == "2026-10-12T09:00:00+02:00"
    triggers = [alarm["TRIGGER"].dt.total_seconds() for alarm in events["dentist"].walk("VALARM")]
    assert triggers == [-3600, 0]
    assert [str(zone["TZID"]) for zone in parsed.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_what_was_exported_can_be_taken_in_again(person):
    person.say("every month on the 31st at 10:00 pay rent")
    person.say("tomorrow 10:30 call the bank")
    found = read(documents(person)["reminders.ics"].encode())
    reminders = {r.text: r for r in Reminder.objects.all()}
    assert len(found.events) == 2
    for one in found.events:
        assert datetime.fromisoformat(one["due"]) == reminders[one["text"]].due_at
        assert one["rules"] == reminders[one["text"]].rules


def test_the_json_holds_everything(person):
    person.say("in 25 min take the cake out")
    person.press(person.wait(), "✅ Done")
    whole = json.loads(documents(person)["reminders.json"])
    (entry,) = whole["reminders"]
    assert (entry["text"], entry["state"]) == ("take the cake out", "finished")
    assert entry["deliveries"][0]["done_at"]
    assert whole["chat"]["timezone"] == "Europe/Berlin"


def test_an_empty_export_is_an_export(person):
    assert set(documents(person)) == {"reminders.ics", "reminders.json"}
