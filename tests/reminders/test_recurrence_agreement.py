"""On a plain wall clock the walk must agree with python-dateutil, an implementation of its own."""

# ruff: noqa: DTZ001 - wall clocks are naive
import random
from datetime import UTC, datetime, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from reminders.recurrence import Schedule, upcoming
from reminders.rules import WEEKDAYS
from tests.machine import fewer

SEED = 20261006
ORDINALS = ("1", "2", "3", "4", "5", "-1", "-2")


def _some(chance: random.Random, values: list[object], most: int) -> str:
    return ",".join(str(value) for value in chance.sample(values, chance.randint(1, most)))


def _days(chance: random.Random, freq: str) -> list[str]:
    """The parts that choose days; dateutil reads BYDAY=MO,1TU as "and", so they are not mixed."""
    kind = chance.choice(["", "", "BYDAY", "BYMONTHDAY", "both"])
    parts = []
    if kind in ("BYDAY", "both"):
        days = chance.sample(WEEKDAYS, chance.randint(1, 4))
        if freq in ("MONTHLY", "YEARLY") and kind == "BYDAY" and chance.random() < 0.5:
            days = [chance.choice(ORDINALS) + day for day in days]
        parts.append("BYDAY=" + ",".join(days))
    if kind in ("BYMONTHDAY", "both") and freq != "WEEKLY":
        days = [*range(1, 32), *range(-31, 0)]
        parts.append("BYMONTHDAY=" + _some(chance, days, 5))
    return parts


def _times(chance: random.Random, freq: str) -> list[str]:
    parts = []
    if freq != "MONTHLY" and chance.random() < 0.25:
        parts.append("BYMONTH=" + _some(chance, list(range(1, 13)), 4))
    if freq != "MINUTELY" and chance.random() < 0.4:
        parts.append("BYMINUTE=" + _some(chance, list(range(0, 60, 5)), 3))
    if freq not in ("HOURLY", "MINUTELY") and chance.random() < 0.4:
        parts.append("BYHOUR=" + _some(chance, list(range(24)), 4))
    return parts


def _limits(chance: random.Random) -> list[str]:
    parts = []
    if chance.random() < 0.2:
        parts.append("WKST=" + chance.choice(WEEKDAYS))
    if chance.random() < 0.2:
        parts.append(f"COUNT={chance.randint(1, 40)}")
    elif chance.random() < 0.2:
        parts.append(f"UNTIL={chance.randint(2026, 2034)}0301T120000")
    return parts


def random_rule(chance: random.Random) -> str:
    freq = chance.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY", "MINUTELY"])
    most = {"YEARLY": 3, "MINUTELY": 2000, "HOURLY": 60}.get(freq, 13)
    parts = [f"FREQ={freq}", f"INTERVAL={chance.choice([1, 1, 2, chance.randint(1, most)])}"]
    if freq == "MINUTELY":
        parts[1] = f"INTERVAL={chance.randint(5, most)}"
    parts += _days(chance, freq)
    parts += _times(chance, freq)
    if freq in ("MONTHLY", "YEARLY") and len(parts) > 2 and chance.random() < 0.3:
        parts.append("BYSETPOS=" + _some(chance, [1, 2, 3, -1, -2], 2))
    return ";".join(parts + _limits(chance))


def test_two_thousand_random_rules_agree_with_dateutil() -> None:
    chance = random.Random(SEED)
    compared = empty = 0
    trials = fewer(2_000)
    for _ in range(trials):
        rule = random_rule(chance)
        start = datetime(2024, 1, 1) + timedelta(minutes=5 * chance.randint(0, 210_000))
        after = start + timedelta(days=chance.choice([-1, 0, 3, 400, 1500]))
        oracle = rrulestr(rule, dtstart=start).xafter(after, count=6)
        horizon = after + timedelta(days=40 * 365)
        expected = [wall for wall in islice(oracle, 6) if wall < horizon]
        found = upcoming(Schedule((rule,), start, "UTC"), after.replace(tzinfo=UTC), len(expected))
        assert [each.due.replace(tzinfo=None) for each in found] == expected, (rule, start, after)
        compared += len(expected)
        empty += not expected
    assert compared > 3.5 * trials
    assert empty < trials / 4
