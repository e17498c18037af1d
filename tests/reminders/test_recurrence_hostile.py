"""Rules nobody should send, and that must be refused at once instead of being walked."""

# ruff: noqa: DTZ001, DTZ901 - wall clocks are naive

import time
from datetime import UTC, datetime, timedelta

import pytest

from reminders.oddities import describe_oddities
from reminders.recurrence import (
    BadRule,
    Schedule,
    first_after,
    missed_between,
    upcoming,
    validate,
)
from tests.machine import within

NOW = datetime(2026, 10, 6, 12, 5, tzinfo=UTC)
START = datetime(2026, 10, 6, 14, 5)
# Ten times what the slowest of them was measured to take, so that only a blow-up fails.
BUDGET_SECONDS = 1.5

REFUSED = [
    ("FREQ=SECONDLY", "too_frequent"),
    ("FREQ=MINUTELY", "too_frequent"),
    ("FREQ=MINUTELY;INTERVAL=4", "too_frequent"),
    ("FREQ=HOURLY;BYMINUTE=0,2", "too_frequent"),
    ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0,4", "too_frequent"),
    ("FREQ=DAILY;BYHOUR=0,23;BYMINUTE=0,59", "too_frequent"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never"),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never"),
    ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "never"),
    ("FREQ=MINUTELY;INTERVAL=5;BYMONTH=2;BYMONTHDAY=30", "never"),
    ("FREQ=MINUTELY;INTERVAL=10;BYMINUTE=3", "never"),
    ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "never"),
    ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31", "never"),
    ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2", "never"),
    ("FREQ=DAILY;UNTIL=20261005", "never"),
    ("FREQ=DAILY;UNTIL=20261006T140000", "never"),
    ("FREQ=DAILY;UNTIL=99991231", "until"),
    ("FREQ=DAILY;UNTIL=20260230", "until"),
    ("FREQ=DAILY;UNTIL=tomorrow", "unreadable"),
    ("FREQ=DAILY;UNTIL=2026", "until"),
    ("FREQ=DAILY;COUNT=1000000000", "count"),
    ("FREQ=DAILY;COUNT=" + "9" * 400, "count"),
    ("FREQ=DAILY;COUNT=5001", "count"),
    ("FREQ=DAILY;COUNT=0", "count"),
    ("FREQ=DAILY;COUNT=-1", "count"),
    ("FREQ=DAILY;INTERVAL=0", "interval"),
    ("FREQ=DAILY;INTERVAL=-1", "interval"),
    ("FREQ=YEARLY;INTERVAL=1000", "interval"),
    ("FREQ=DAILY;INTERVAL=1_0", "unreadable"),
    ("FREQ=DAILY;INTERVAL=٣", "unreadable"),
    ("FREQ=DAILY;INTERVAL=1e3", "unreadable"),
    ("FREQ=MONTHLY;BYSETPOS=" + ",".join(str(n) for n in range(1, 10_001)), "too_long"),
    ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "out_of_range"),
    ("FREQ=MONTHLY;BYMONTHDAY=32", "out_of_range"),
    ("FREQ=YEARLY;BYMONTH=13", "out_of_range"),
    ("FREQ=DAILY;BYHOUR=24", "out_of_range"),
    ("FREQ=DAILY;BYHOUR=9,", "unreadable"),
    ("FREQ=MONTHLY;BYDAY=99MO", "unreadable"),
    ("FREQ=WEEKLY;BYDAY=1MO", "unsupported"),
    ("FREQ=WEEKLY;BYMONTHDAY=3", "unsupported"),
    ("FREQ=HOURLY;BYSETPOS=1", "unsupported"),
    ("FREQ=DAILY;BYSECOND=0,30", "unsupported"),
    ("FREQ=YEARLY;BYEASTER=0", "unsupported"),
    ("FREQ=YEARLY;BYWEEKNO=20", "unsupported"),
    ("FREQ=DAILY\nDTSTART:19700101T000000", "unreadable"),
    ("FREQ=DAILY;INTERVAL=2\n", "unreadable"),
    ("FREQ=DAILY;FREQ=HOURLY", "unreadable"),
    ("RRULE:FREQ=DAILY", "unreadable"),
    ("FREQ=FORTNIGHTLY", "frequency"),
    ("INTERVAL=2", "frequency"),
    ("freq=daily", "unreadable"),
    ("FREQ=DAILY;", "unreadable"),
    ("FREQ=DAILY\x00", "unreadable"),
    ("", "unreadable"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "code"), REFUSED, ids=[rule[:40] for rule, _ in REFUSED])
def test_a_hostile_rule_is_refused_with_its_reason(rule: str, code: str) -> None:
    began = time.perf_counter()
    with pytest.raises(BadRule) as refusal:
        validate((rule,), START)
    assert refusal.value.code == code
    assert time.perf_counter() - began < within(BUDGET_SECONDS)


@pytest.mark.parametrize(
    "rules",
    [
        ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=3"),
        ("FREQ=MINUTELY;INTERVAL=7", "FREQ=MINUTELY;INTERVAL=10"),
        ("FREQ=MINUTELY;INTERVAL=5", "FREQ=YEARLY;BYMONTH=7;BYHOUR=9;BYMINUTE=2"),
    ],
)
def test_rules_that_come_too_close_to_each_other_are_refused(rules: tuple[str, ...]) -> None:
    with pytest.raises(BadRule) as refusal:
        validate(rules, START)
    assert refusal.value.code == "too_frequent"
    assert 0 < int(str(refusal.value.values["seconds"])) < 300


@pytest.mark.parametrize(
    "rules",
    [
        ("FREQ=MINUTELY;INTERVAL=5",),
        ("FREQ=HOURLY;BYMINUTE=0,5",),
        ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "FREQ=DAILY;BYHOUR=9;BYMINUTE=5"),
        ("FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9;BYMINUTE=3"),
        ("FREQ=DAILY;COUNT=5000",),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",),
        ("FREQ=YEARLY;INTERVAL=10",),
        (),
    ],
)
def test_a_rare_or_just_frequent_enough_rule_is_accepted(rules: tuple[str, ...]) -> None:
    validate(rules, START)


def test_without_a_start_a_rule_that_could_match_is_accepted() -> None:
    validate(("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",))
    with pytest.raises(BadRule, match="never"):
        validate(("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2;BYMONTHDAY=30",))


def test_too_many_rules_are_refused() -> None:
    rules = tuple(f"FREQ=DAILY;BYHOUR={n % 24};BYMINUTE={n // 24 * 30}" for n in range(26))
    with pytest.raises(BadRule, match="too_many"):
        validate(rules, START)
    validate(rules[:25], START)


def test_rules_that_disagree_on_their_count_are_refused() -> None:
    with pytest.raises(BadRule, match="mixed_count"):
        validate(("FREQ=DAILY;COUNT=3", "FREQ=DAILY;BYHOUR=18"), START)


ZONES = ["", "../../etc/passwd", "A" * 5000, "Europe/Berlin\x00", "UTC+3", "Mars/Olympus", "ä", "."]


@pytest.mark.parametrize("zone", ZONES, ids=range(len(ZONES)))
def test_a_hostile_zone_is_refused(zone: str) -> None:
    with pytest.raises(BadRule) as refusal:
        first_after(Schedule(("FREQ=DAILY",), START, zone), NOW)
    assert refusal.value.code == "zone"


@pytest.mark.parametrize(
    "start", [datetime(1, 1, 1), datetime.max, datetime(2026, 1, 1, tzinfo=UTC)]
)
def test_a_start_out_of_bounds_is_refused(start: datetime) -> None:
    with pytest.raises(BadRule, match="start"):
        Schedule(("FREQ=DAILY",), start, "UTC")


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        first_after(Schedule((), START, "UTC"), START)


SLOWEST = [
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTHDAY=31;BYDAY=1MO",
    "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MINUTELY;INTERVAL=5;BYHOUR=3;BYMINUTE=7",
    "FREQ=DAILY;COUNT=5000",
    "FREQ=MINUTELY;INTERVAL=5;COUNT=5000",
    "FREQ=MINUTELY;INTERVAL=5",
    "FREQ=YEARLY;BYMONTHDAY=-31,31,30;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,10,20,30,40,50",
]


@pytest.mark.parametrize("rule", SLOWEST)
def test_a_long_past_start_costs_nothing_out_of_proportion(rule: str) -> None:
    schedule = Schedule((rule,), datetime(1990, 1, 1, 10, 0), "Europe/Berlin")
    began = time.perf_counter()
    first_after(schedule, NOW)
    missed_between(schedule, NOW - timedelta(days=3650), NOW)
    describe_oddities(schedule, NOW)
    assert time.perf_counter() - began < within(BUDGET_SECONDS)


@pytest.mark.parametrize("after", [datetime.max, datetime.min, datetime(2300, 1, 1)])
def test_the_ends_of_time_are_reached_without_an_error(after: datetime) -> None:
    schedule = Schedule(("FREQ=DAILY",), START, "Asia/Tokyo")
    found = upcoming(schedule, after.replace(tzinfo=UTC), 1)
    assert len(found) == (after == datetime.min)
