"""The calendar's odd days, one line each: what people are promised, and the instant it means."""

# ruff: noqa: DTZ001, E501 - wall clocks are naive, and the table keeps a case on a line

from datetime import UTC, datetime, timedelta

import pytest

from reminders.oddities import describe_oddities
from reminders.recurrence import Schedule, upcoming

BERLIN, NEW_YORK, HOWE = "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"
KOLKATA, APIA = "Asia/Kolkata", "Pacific/Apia"
DAILY = "FREQ=DAILY"
CLAMP_31 = "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
CLAMP_30 = "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"
CLAMP_FEB = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"

# zone, rule, start (wall clock), then the next occurrences from the start on:
# wall clock with its distance from UTC, and a word where it is not as written.
TABLE = [
    # The hour that is skipped: moved forward by the length of the gap.
    (BERLIN, DAILY, "2027-03-27 02:30", "2027-03-27 02:30+01:00 | 2027-03-28 03:30+02:00 gap"),
    (BERLIN, DAILY, "2027-03-28 02:00", "2027-03-28 03:00+02:00 gap | 2027-03-29 02:00+02:00"),
    (BERLIN, DAILY, "2027-03-28 01:59", "2027-03-28 01:59+01:00 | 2027-03-29 01:59+02:00"),
    (BERLIN, DAILY, "2027-03-28 03:00", "2027-03-28 03:00+02:00 | 2027-03-29 03:00+02:00"),
    (BERLIN, "FREQ=WEEKLY;BYDAY=SU", "2027-03-21 02:30", "2027-03-21 02:30+01:00 | 2027-03-28 03:30+02:00 gap"),
    (NEW_YORK, DAILY, "2027-03-13 02:15", "2027-03-13 02:15-05:00 | 2027-03-14 03:15-04:00 gap"),
    (HOWE, DAILY, "2026-10-03 02:15", "2026-10-03 02:15+10:30 | 2026-10-04 02:45+11:00 gap"),
    (HOWE, DAILY, "2026-10-03 02:30", "2026-10-03 02:30+10:30 | 2026-10-04 02:30+11:00"),
    # Two that fall on one instant by that move are one reminder.
    (BERLIN, "FREQ=DAILY;BYHOUR=2,3", "2027-03-28 02:30", "2027-03-28 03:30+02:00 gap | 2027-03-29 02:30+02:00"),
    # What is moved never overtakes what comes before it.
    (BERLIN, "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,45", "2027-03-28 02:00",
     "2027-03-28 03:00+02:00 gap | 2027-03-28 03:45+02:00 gap | 2027-03-29 02:00+02:00"),
    # A whole day that was skipped: that day and the next are one.
    (APIA, DAILY, "2011-12-29 09:00", "2011-12-29 09:00-10:00 | 2011-12-31 09:00+14:00 gap | 2012-01-01 09:00+14:00"),
    # The hour that happens twice: the first of the two, once.
    (BERLIN, DAILY, "2026-10-24 02:30", "2026-10-24 02:30+02:00 | 2026-10-25 02:30+02:00 overlap | 2026-10-26 02:30+01:00"),
    (BERLIN, DAILY, "2026-10-25 02:59", "2026-10-25 02:59+02:00 overlap | 2026-10-26 02:59+01:00"),
    (BERLIN, DAILY, "2026-10-25 03:00", "2026-10-25 03:00+01:00 | 2026-10-26 03:00+01:00"),
    (NEW_YORK, DAILY, "2026-11-01 01:30", "2026-11-01 01:30-04:00 overlap | 2026-11-02 01:30-05:00"),
    (HOWE, DAILY, "2027-04-03 01:45", "2027-04-03 01:45+11:00 | 2027-04-04 01:45+11:00 overlap | 2027-04-05 01:45+10:30"),
    (HOWE, DAILY, "2027-04-04 01:15", "2027-04-04 01:15+11:00 | 2027-04-05 01:15+10:30"),
    (KOLKATA, DAILY, "2026-10-25 02:30", "2026-10-25 02:30+05:30 | 2026-10-26 02:30+05:30"),
    # Hours and minutes run in elapsed time: 24 real hours are another wall clock after a change.
    (BERLIN, "FREQ=HOURLY;INTERVAL=24", "2027-03-27 09:00", "2027-03-27 09:00+01:00 | 2027-03-28 10:00+02:00"),
    (BERLIN, "FREQ=MINUTELY;INTERVAL=30", "2026-10-25 02:30",
     "2026-10-25 02:30+02:00 | 2026-10-25 02:00+01:00 | 2026-10-25 02:30+01:00 | 2026-10-25 03:00+01:00"),
    (HOWE, "FREQ=HOURLY", "2026-10-04 01:30", "2026-10-04 01:30+10:30 | 2026-10-04 03:00+11:00"),
    (BERLIN, "FREQ=HOURLY", "2027-03-28 02:30", "2027-03-28 03:30+02:00 | 2027-03-28 04:30+02:00"),
    # Short months.
    (BERLIN, "FREQ=MONTHLY;BYMONTHDAY=31", "2026-10-31 10:00", "2026-10-31 10:00+01:00 | 2026-12-31 10:00+01:00"),
    (BERLIN, CLAMP_31, "2026-10-31 10:00",
     "2026-10-31 10:00+01:00 | 2026-11-30 10:00+01:00 clamped | 2026-12-31 10:00+01:00"),
    (NEW_YORK, CLAMP_30, "2027-01-30 18:00",
     "2027-01-30 18:00-05:00 | 2027-02-28 18:00-05:00 clamped | 2027-03-30 18:00-04:00"),
    (KOLKATA, "FREQ=MONTHLY;BYMONTHDAY=-1", "2028-01-31 08:00",
     "2028-01-31 08:00+05:30 | 2028-02-29 08:00+05:30 | 2028-03-31 08:00+05:30"),
    # 29 February.
    (BERLIN, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-10-06 09:00", "2028-02-29 09:00+01:00 | 2032-02-29 09:00+01:00"),
    (HOWE, CLAMP_FEB, "2027-01-01 09:00",
     "2027-02-28 09:00+11:00 clamped | 2028-02-29 09:00+11:00 | 2029-02-28 09:00+11:00 clamped"),
    (KOLKATA, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2096-01-01 09:00",
     "2096-02-29 09:00+05:30 | 2104-02-29 09:00+05:30"),
    # The end of the year, and of 32-bit clocks.
    (BERLIN, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", "2026-12-31 23:59", "2026-12-31 23:59+01:00 | 2027-12-31 23:59+01:00"),
    (NEW_YORK, "FREQ=DAILY;UNTIL=20270101", "2026-12-31 23:59", "2026-12-31 23:59-05:00 | 2027-01-01 23:59-05:00"),
    (KOLKATA, DAILY, "2038-01-19 08:44", "2038-01-19 08:44+05:30 | 2038-01-20 08:44+05:30"),
    (BERLIN, DAILY, "2038-03-27 02:30", "2038-03-27 02:30+01:00 | 2038-03-28 03:30+02:00 gap"),
    # Fifth weekdays and week counts across a year's end.
    (NEW_YORK, "FREQ=MONTHLY;BYDAY=5FR", "2026-10-01 17:00", "2026-10-30 17:00-04:00 | 2027-01-29 17:00-05:00"),
    (BERLIN, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "2026-12-21 09:00",
     "2026-12-21 09:00+01:00 | 2026-12-27 09:00+01:00 | 2027-01-04 09:00+01:00 | 2027-01-10 09:00+01:00"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "rule", "start", "expected"), TABLE)
def test_an_odd_day_is_kept_as_promised(zone: str, rule: str, start: str, expected: str) -> None:
    schedule = Schedule((rule,), datetime.fromisoformat(start), zone)
    before = datetime.fromisoformat(start).replace(tzinfo=UTC) - timedelta(days=2)
    found = upcoming(schedule, before, expected.count("|") + 1)
    assert " | ".join(_line(each.local, each.oddity) for each in found) == expected
    assert [each.due for each in found] == sorted({each.local.astimezone(UTC) for each in found})


def _line(local: datetime, oddity: str) -> str:
    return f"{local.isoformat(' ', 'minutes')} {oddity}".strip()


def test_the_table_names_thirty_days_in_five_zones() -> None:
    assert len(TABLE) >= 30
    assert len({zone for zone, *_ in TABLE}) == 5


def _told(rules: tuple[str, ...], start: str, zone: str, after: str) -> list[str]:
    schedule = Schedule(rules, datetime.fromisoformat(start), zone)
    odd = describe_oddities(schedule, datetime.fromisoformat(after))
    return [_line(each.local, each.oddity) for each in odd]


def test_both_odd_days_of_a_nightly_reminder_are_told_in_advance() -> None:
    assert _told((DAILY,), "2026-10-06 02:30", BERLIN, "2026-10-06T14:05+02:00") == [
        "2026-10-25 02:30+02:00 overlap",
        "2027-03-28 03:30+02:00 gap",
    ]


def test_the_short_months_of_a_year_are_told_in_advance() -> None:
    assert _told((CLAMP_31,), "2026-10-06 10:00", BERLIN, "2026-10-06T14:05+02:00") == [
        "2026-11-30 10:00+01:00 clamped",
        "2027-02-28 10:00+01:00 clamped",
        "2027-04-30 10:00+02:00 clamped",
        "2027-06-30 10:00+02:00 clamped",
        "2027-09-30 10:00+02:00 clamped",
    ]


@pytest.mark.parametrize(
    ("rule", "zone"),
    [(DAILY, KOLKATA), ("FREQ=HOURLY", BERLIN), ("FREQ=MONTHLY;BYMONTHDAY=-1", BERLIN)],
)
def test_nothing_odd_is_told_where_nothing_is_odd(rule: str, zone: str) -> None:
    assert _told((rule,), "2026-10-06 02:30", zone, "2026-10-06T14:05+02:00") == []


def test_an_odd_day_beyond_the_horizon_is_not_told() -> None:
    schedule = Schedule((DAILY,), datetime(2026, 10, 6, 2, 30), BERLIN)
    after = datetime(2026, 10, 6, 12, tzinfo=UTC)
    assert len(describe_oddities(schedule, after, horizon_days=100)) == 1
    assert describe_oddities(schedule, after, horizon_days=10) == []


def test_a_midnight_that_is_skipped_is_told() -> None:
    assert _told((DAILY,), "2026-10-06 00:00", "Africa/Cairo", "2026-12-01T00:00+02:00") == [
        "2027-04-30 01:00+03:00 gap"
    ]


def test_a_one_off_in_the_skipped_hour_is_told() -> None:
    assert _told((), "2027-03-28 02:30", BERLIN, "2026-10-06T14:05+02:00") == [
        "2027-03-28 03:30+02:00 gap"
    ]
