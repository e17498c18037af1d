"""Bad inputs in calendar files: taken in clean, left out with a reason, or the file is refused; in time."""

import io
import time
import zipfile
from datetime import UTC, datetime

import pytest
import time_machine
from asgiref.sync import async_to_sync

from bots.envelope import IncomingMessage
from conversations.models import Message
from reminders.calendars import fetching, reading
from reminders.calendars.models import CalendarFile
from reminders.models import Reminder
from tests.bad_inputs.hook import same_thread
from tests.bad_inputs.inputs import TEXTS, each, is_clean
from tests.chat.person import NOW, Person
from tests.machine import within


@pytest.fixture
def person(db, no_errors):
    with time_machine.travel(NOW, tick=False) as clock:
        yield Person(clock).settled("Europe/Berlin", clock=24)


def calendar(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{body}END:VCALENDAR\r\n"
    return text.encode("utf-8", "surrogatepass")


def event(summary="Tea", start="DTSTART;TZID=Europe/Berlin:20261009T150000", *more: str) -> str:
    return "\r\n".join(["UID:1", f"SUMMARY:{summary}", start, *more])


def import_file(person: Person, content: bytes) -> str:
    """Send a file, let it be fetched, and take it in if it can be; what was answered first."""
    name = {"attachment": "document", "file_id": "F1", "file_name": "my.ics"}
    heard = person.update(
        IncomingMessage(event="media", file_size=len(content), message_id=next(person.message_ids), **name)
    )  # fmt: skip
    file = CalendarFile.objects.order_by("pk").last()
    if heard.rows or file is None:
        return heard.messages[0].text
    began = time.perf_counter()
    try:
        found = reading.read(content, "Europe/Berlin", datetime.now(UTC))
    except reading.BadCalendarError as error:
        fetching.refuse(file, error.reason)
    else:
        fetching.show(file, found)
    assert time.perf_counter() - began < within(reading.SECONDS)
    row = Message.objects.get(key=f"calendar:{file.pk}/0")
    person.deliver(row)
    file.refresh_from_db()
    if file.state == CalendarFile.State.READ:
        person.press_data(Message.objects.get(pk=row.pk), f"i1:take:{file.pk}")
    file.refresh_from_db()
    assert file.state in {"taken", "failed"}, "no file may wait for ever"
    return row.text


def assert_all_is_clean() -> None:
    for text in [*Message.objects.values_list("text", flat=True),
                 *Reminder.objects.values_list("text", flat=True)]:  # fmt: skip
        assert is_clean(text), text[:60]
    for reminder in Reminder.objects.all():
        assert reminder.fire_at is not None
        assert reminder.zone.key


@each(TEXTS)
def test_words_in_a_calendar(person, number):
    """As its name, its start, its rule, its zone, and as a line of its own, each in a file and all in one."""
    words = TEXTS[number][-1]
    events = [
        event(words),
        event("Tea", f"DTSTART:{words}"),
        event("Tea", f"DTSTART;TZID={words}:20261009T150000"),
        event("Tea", "DTSTART:20261009T150000", f"RRULE:{words}"),
        event("Tea", "DTSTART:20261009T150000", words),
        event("Tea", "DTSTART:20261009T150000",
              f"BEGIN:VALARM\r\nTRIGGER:{words}\r\nDESCRIPTION:{words}\r\nEND:VALARM"),
    ]  # fmt: skip
    for content in (*map(calendar, events), calendar(*events)):
        assert import_file(person, content)
    assert_all_is_clean()


def _zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my.ics", b"\0" * 50_000_000)
    return packed.getvalue()


WHEN = "DTSTART;TZID=Europe/Berlin:20261009T150000"
ALARM = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT1H\r\nREPEAT:999999999\r\nDURATION:PT1S\r\nEND:VALARM"
ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Mars/Olympus\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+9959\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
FILES = {
    "100,000 events": (lambda: calendar(*["UID:1"] * 100_000), "larger than 256 KB"),
    "100,000 events that fit": (lambda: b"BEGIN:VEVENT\n" * 18_000, "more in this file"),
    "501 events": (lambda: calendar(*[event("x", WHEN)] * 501), "more in this file"),
    "alarms without end": (lambda: calendar(event("Tea", WHEN, *[ALARM] * 2000)), ""),
    "alarms within alarms": (
        lambda: calendar(event("Tea", WHEN, "BEGIN:VALARM\r\n" * 500 + "END:VALARM\r\n" * 500)),
        "more in this file",
    ),
    "RDATE storm": (
        lambda: calendar(event("Tea", WHEN, "RDATE:" + ",".join(["20270101T090000"] * 15_000))), ""
    ),
    "EXDATE storm": (
        lambda: calendar(event("Tea", WHEN, "RRULE:FREQ=DAILY", *["EXDATE:20270101T090000"] * 8_000)), ""
    ),
    "rules by the dozen": (lambda: calendar(event("Tea", WHEN, *["RRULE:FREQ=DAILY"] * 5_000)), ""),
    "UTF-16": (lambda: calendar(event()).decode().encode("utf-16"), "can’t read this file"),
    "Latin-1": (lambda: calendar(event("Zahnärztin")).decode().encode("latin-1"), "Zahnärztin"),
    "half a character": (lambda: calendar(event("Tea")).replace(b"Tea", b"T\xe2\x82"), ""),
    "zone unknown": (lambda: calendar(event("Tea", "DTSTART;TZID=Mars/Olympus:20261009T150000")), "Tea"),
    "zone from a file": (
        lambda: calendar(event("Tea", "DTSTART;TZID=../../etc/passwd:20261009T150000")), "Tea"
    ),
    "a zone of its own": (
        lambda: calendar(event("Tea", "DTSTART;TZID=Mars/Olympus:20261009T150000"), head=ZONE), ""
    ),
    "zip bomb": (_zip_bomb, "can’t read this file"),
    "one line": (lambda: b"BEGIN:VCALENDAR" + b"A" * 200_000, "can’t read this file"),
    "folded without end": (lambda: calendar(event("x" + "\r\n y" * 50_000)), ""),
    "nothing but folds": (lambda: b"\r\n " * 60_000, "can’t read this file"),
}  # fmt: skip


def test_a_file_that_fails_in_no_known_way_is_refused_in_the_end(person, monkeypatch):
    monkeypatch.setattr("reminders.calendars.fetching.in_database", same_thread)
    file = {"attachment": "document", "file_id": "F1", "file_name": "my.ics", "message_id": 5}
    person.update(IncomingMessage(event="media", **file))
    CalendarFile.objects.update(tries=fetching.MOST_TRIES)
    async_to_sync(fetching.fetch)(CalendarFile.objects.get().pk)
    assert CalendarFile.objects.get().state == "failed"
    assert "can’t read this file" in Message.objects.latest("pk").text


@pytest.mark.parametrize("name", [pytest.param(name, id=f"95 {name}") for name in FILES])
def test_files_made_to_hurt(person, name):
    make, expected = FILES[name]
    answer = import_file(person, make())
    assert expected.lower() in answer.lower()
    assert_all_is_clean()
    assert import_file(person, calendar(event("Next"))).startswith("📅 1 event")
