"""How slow this machine is: on a slower one than ordinary limits stretch, and random trials are fewer."""

import time
from functools import cache

# Processor seconds that the work below takes on the machines for which the limits were set.
ORDINARY = 0.025
ROUNDS = 500_000
MOST = 12.0


@cache
def slowness() -> float:
    """Return how many times longer this machine takes for the same work, from 1 to MOST.

    It counts processor time, so that work beside it makes no machine look slow.
    """
    took = sorted(_work() for _ in range(3))[1]
    return min(max(1.0, took / ORDINARY), MOST)


def within(seconds: float) -> float:
    """Return the limit that stands on this machine for so many seconds on an ordinary one."""
    return seconds * slowness()


def fewer(trials: int) -> int:
    """Return how many of so many random trials are made here: as many as take about as long as elsewhere."""
    return max(1, round(trials / slowness()))


def _work() -> float:
    began, total = time.process_time(), 0
    for number in range(ROUNDS):
        total += number * number
    return time.process_time() - began
