"""Asking from the middle of a series gives the same moments as walking to it from the start."""

# ruff: noqa: DTZ001 - wall clocks are naive

import random
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from reminders.recurrence import Schedule, missed_between, occurrences, upcoming
from tests.machine import fewer
from tests.reminders.test_recurrence_agreement import random_rule

ZONES = ["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "UTC"]


def _random_schedule(chance: random.Random) -> Schedule:
    start = datetime(2025, 1, 1) + timedelta(minutes=5 * chance.randint(0, 105_000))
    rules = tuple(random_rule(chance).split(";COUNT=")[0] for _ in range(chance.randint(1, 3)))
    if chance.random() < 0.3:
        rules = tuple(f"{rule};COUNT=30" for rule in rules)
    return Schedule(rules, start, chance.choice(ZONES))


@pytest.mark.parametrize("seed", range(8))
def test_a_jump_lands_where_the_walk_does(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(fewer(40)):
        schedule = _random_schedule(chance)
        start = schedule.start.replace(tzinfo=UTC) - timedelta(days=2)
        walked = list(islice(occurrences(schedule, start), 400))
        dues = [each.due for each in walked]
        assert dues == sorted(set(dues))
        for _ in range(4):
            index = chance.randint(0, max(0, len(walked) - 6))
            after = dues[index] if dues else start
            assert upcoming(schedule, after, 5) == walked[index + 1 : index + 6], schedule
            just_before = after - timedelta(seconds=1)
            assert upcoming(schedule, just_before, 1) == walked[index : index + 1], schedule
        if len(dues) > 3:
            assert missed_between(schedule, dues[0], dues[3]) == 3
