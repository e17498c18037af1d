"""When a repeating reminder is due: the next time, the ones missed, counts and limits."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from reminders.recurrence import (
    MISSED_CAP,
    Occurrence,
    Schedule,
    first_after,
    missed_between,
    upcoming,
)

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 10, 6, 12, 5, tzinfo=UTC)


def berlin(*rules: str, start: str = "2026-10-06 09:00") -> Schedule:
    return Schedule(rules, datetime.fromisoformat(start), BERLIN)


def walls(found: list[Occurrence]) -> list[str]:
    return [each.local.strftime("%a %d %b %H:%M") for each in found]


def test_a_one_off_is_due_once() -> None:
    schedule = berlin(start="2026-10-07 09:00")
    assert [each.due for each in upcoming(schedule, NOW, 5)] == [
        datetime(2026, 10, 7, 7, tzinfo=UTC)
    ]
    assert first_after(schedule, datetime(2026, 10, 7, 7, tzinfo=UTC)) is None


def test_the_first_occurrence_is_strictly_after_the_moment_asked_for() -> None:
    schedule = berlin("FREQ=DAILY")
    due = datetime(2026, 10, 6, 7, tzinfo=UTC)
    assert first_after(schedule, due) == first_after(schedule, due + timedelta(hours=23))
    just_before = first_after(schedule, due - timedelta(microseconds=1))
    assert just_before is not None
    assert just_before.due == due


def test_nothing_comes_before_the_start() -> None:
    schedule = berlin("FREQ=DAILY;BYHOUR=8,10", start="2026-11-01 09:00")
    assert walls(upcoming(schedule, NOW, 2)) == ["Sun 01 Nov 10:00", "Mon 02 Nov 08:00"]


def test_an_occurrence_is_in_utc_and_in_the_zone_alike() -> None:
    found = first_after(berlin("FREQ=DAILY"), NOW.astimezone(timezone(timedelta(hours=-8))))
    assert found is not None
    assert found.due.tzinfo is UTC
    assert found.due == found.local == datetime(2026, 10, 7, 7, tzinfo=UTC)
    assert found.local.hour == 9


@pytest.mark.parametrize("start", ["1990-01-01 09:00", "2026-10-01 09:00"])
@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY", "Wed 07 Oct 09:00"),
        ("FREQ=WEEKLY;BYDAY=MO,FR", "Fri 09 Oct 09:00"),
        ("FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=17", "Fri 30 Oct 17:00"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "Thu 24 Dec 09:00"),
        ("FREQ=HOURLY", "Tue 06 Oct 15:00"),
    ],
)
def test_an_old_series_finds_its_next_occurrence(start: str, rule: str, expected: str) -> None:
    assert walls(upcoming(berlin(rule, start=start), NOW, 1)) == [expected]


def test_several_rules_are_merged_in_order_and_each_instant_comes_once() -> None:
    schedule = berlin(
        "FREQ=WEEKLY;BYDAY=WE,TH;BYHOUR=9", "FREQ=DAILY;BYHOUR=18", "FREQ=WEEKLY;BYDAY=WE;BYHOUR=18"
    )
    assert walls(upcoming(schedule, NOW, 5)) == [
        "Tue 06 Oct 18:00",
        "Wed 07 Oct 09:00",
        "Wed 07 Oct 18:00",
        "Thu 08 Oct 09:00",
        "Thu 08 Oct 18:00",
    ]


def test_a_count_is_that_of_the_whole_schedule() -> None:
    schedule = berlin("FREQ=DAILY;BYHOUR=9;COUNT=5", "FREQ=DAILY;BYHOUR=18;COUNT=5")
    before = datetime(2026, 10, 6, tzinfo=UTC)
    assert walls(upcoming(schedule, before, 99))[-1] == "Thu 08 Oct 09:00"
    assert len(upcoming(schedule, before, 99)) == 5


def test_a_count_counts_from_the_start_wherever_it_is_asked_from() -> None:
    schedule = berlin("FREQ=DAILY;COUNT=3")
    assert walls(upcoming(schedule, NOW, 9)) == ["Wed 07 Oct 09:00", "Thu 08 Oct 09:00"]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261008", "Thu 08 Oct 09:00"),
        ("20261008T090000", "Thu 08 Oct 09:00"),
        ("20261008T085959", "Wed 07 Oct 09:00"),
        ("20261008T070000Z", "Thu 08 Oct 09:00"),
        ("20261008T065959Z", "Wed 07 Oct 09:00"),
    ],
)
def test_until_includes_its_moment_and_a_bare_date_its_whole_day(until: str, last: str) -> None:
    assert walls(upcoming(berlin(f"FREQ=DAILY;UNTIL={until}"), NOW, 9))[-1] == last


def test_minutes_of_an_hourly_rule_before_its_start_are_left_out() -> None:
    schedule = berlin("FREQ=HOURLY;BYMINUTE=0,30;COUNT=3", start="2026-10-07 09:15")
    assert walls(upcoming(schedule, NOW, 9)) == [
        "Wed 07 Oct 09:30",
        "Wed 07 Oct 10:00",
        "Wed 07 Oct 10:30",
    ]


def test_until_ends_a_rule_of_elapsed_hours() -> None:
    schedule = berlin("FREQ=HOURLY;UNTIL=20261006T160000")
    assert walls(upcoming(schedule, NOW, 9)) == ["Tue 06 Oct 15:00", "Tue 06 Oct 16:00"]


def test_an_occurrence_moved_out_of_a_gap_still_counts_as_before_its_limit() -> None:
    schedule = berlin("FREQ=DAILY;UNTIL=20270328T023000", start="2027-03-27 02:30")
    found = upcoming(schedule, NOW, 9)
    assert walls(found) == ["Sat 27 Mar 02:30", "Sun 28 Mar 03:30"]


def test_minutes_within_hours_and_days_are_kept_within_them() -> None:
    schedule = berlin(
        "FREQ=MINUTELY;INTERVAL=30;BYHOUR=10,11;BYDAY=MO,TU,WE,TH,FR", start="2026-10-09 10:00"
    )
    assert walls(upcoming(schedule, NOW, 5)) == [
        "Fri 09 Oct 10:00",
        "Fri 09 Oct 10:30",
        "Fri 09 Oct 11:00",
        "Fri 09 Oct 11:30",
        "Mon 12 Oct 10:00",
    ]


def test_missed_occurrences_are_counted_after_the_first_moment_up_to_the_second() -> None:
    schedule = berlin("FREQ=DAILY")
    first = datetime(2026, 10, 6, 7, tzinfo=UTC)
    assert missed_between(schedule, first, first + timedelta(days=3)) == 3
    assert missed_between(schedule, first, first) == 0
    assert missed_between(schedule, first + timedelta(days=3), first) == 0
    assert missed_between(berlin("FREQ=DAILY;COUNT=2"), first, first + timedelta(days=9)) == 1


def test_a_long_outage_is_counted_up_to_a_cap() -> None:
    schedule = berlin("FREQ=MINUTELY;INTERVAL=5", start="2020-01-01 00:00")
    assert missed_between(schedule, NOW - timedelta(days=365), NOW) == MISSED_CAP
