"""A wall clock in a zone: which instant it is, and what is left of it once it is written down."""

# ruff: noqa: DTZ001 - wall clocks are naive

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reminders.localise import localise, read_local, write_local
from reminders.models import Reminder
from reminders.recurrence import Schedule, first_after, upcoming

BERLIN = ZoneInfo("Europe/Berlin")
SECOND_PASS = datetime(2026, 10, 25, 2, 40, fold=1)
# One zone for each kind of change: an hour, half an hour, at midnight, east and west.
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo",
         "America/Santiago", "Asia/Kathmandu"]  # fmt: skip


@pytest.mark.parametrize("name", ZONES)
def test_every_quarter_of_an_hour_of_a_year_is_read_as_the_instant_that_was_written(name):
    zone, texts = ZoneInfo(name), set()
    longest = Reminder._meta.get_field("start_local").max_length
    for number in range(366 * 96):
        instant = datetime(2026, 6, 1, tzinfo=UTC) + number * timedelta(minutes=15)
        text = write_local(instant.astimezone(zone))
        assert localise(read_local(text), zone)[0] == instant
        assert len(text) <= longest
        texts.add(text)
    assert len(texts) == 366 * 96


@pytest.mark.parametrize(
    ("utc", "text"),
    [
        ("2026-10-24T23:40", "2026-10-25T01:40:00"),
        ("2026-10-25T00:40", "2026-10-25T02:40:00"),
        ("2026-10-25T01:40", "2026-10-25T02:40:00+01:00"),
        ("2026-10-25T02:00", "2026-10-25T03:00:00"),
    ],
)
def test_only_the_second_pass_is_written_with_its_offset(utc, text):
    local = datetime.fromisoformat(f"{utc}:00.000001+00:00").astimezone(BERLIN)
    assert write_local(local) == text
    assert read_local(text).tzinfo is None


def test_a_skipped_wall_clock_is_written_as_it_was_said():
    skipped = datetime(2027, 3, 28, 2, 30, tzinfo=BERLIN)
    assert write_local(skipped) == write_local(skipped.replace(fold=1)) == "2027-03-28T02:30:00"


def test_a_skipped_hour_moves_forward_whatever_its_fold():
    skipped = datetime(2027, 3, 28, 2, 30)
    moved = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert localise(skipped, BERLIN) == localise(skipped.replace(fold=1), BERLIN) == (moved, "gap")


def test_a_second_pass_that_was_asked_for_is_no_oddity():
    assert localise(SECOND_PASS, BERLIN) == (datetime(2026, 10, 25, 1, 40, tzinfo=UTC), "")
    assert localise(SECOND_PASS.replace(fold=0), BERLIN)[1] == "overlap"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), ["25T02:40+01:00"]),
        (("FREQ=MINUTELY;INTERVAL=10;COUNT=3",), ["25T02:40+01:00", "25T02:50+01:00", "25T03:00+01:00"]),
        (("FREQ=HOURLY",), ["25T02:40+01:00", "25T03:40+01:00", "25T04:40+01:00"]),
        # By the wall clock only the first is in the second pass; a year later it is the first again.
        (("FREQ=DAILY",), ["25T02:40+01:00", "26T02:40+01:00", "27T02:40+01:00"]),
        (("FREQ=DAILY;COUNT=2",), ["25T02:40+01:00", "26T02:40+01:00"]),
        (("FREQ=DAILY;BYHOUR=2;BYMINUTE=40,50",), ["25T02:40+01:00", "26T02:40+01:00", "26T02:50+01:00"]),
    ],
)  # fmt: skip
def test_what_starts_in_the_second_pass_goes_on_from_there(rules, expected):
    schedule = Schedule(rules, SECOND_PASS, "Europe/Berlin")
    found = upcoming(schedule, datetime(2026, 10, 25, tzinfo=UTC), 3)
    assert [f"{each.local:%dT%H:%M}+01:00" for each in found] == expected
    assert found[0].due == datetime(2026, 10, 25, 1, 40, tzinfo=UTC)
    assert not any(each.oddity for each in found)


def test_a_later_repeated_hour_is_its_first_pass_again():
    schedule = Schedule(("FREQ=DAILY",), SECOND_PASS, "Europe/Berlin")
    found = first_after(schedule, datetime(2027, 10, 30, 12, tzinfo=UTC))
    assert found is not None
    assert (found.due, found.oddity) == (datetime(2027, 10, 31, 0, 40, tzinfo=UTC), "overlap")
