"""The soak: killed again and again under load, the bot keeps every promise and does not grow."""

import os
import time
from collections import Counter

import pytest

from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.operator import ACCOUNT
from tests.acceptance.harness.waiting import until, wait_for_time
from tests.faults.soaking import Soak
from tests.machine import within

pytestmark = pytest.mark.acceptance
# `make chaos` makes it the ten minutes with twenty deaths of the promise.
SECONDS = int(os.environ.get("SOAK_SECONDS", "60"))
KILL_EVERY = 30
QUIET = 20  # seconds of rest at the end
MIB = 1 << 20
# Eighteen threads with a connection to the database each (three files with SQLite), and sockets.
MOST_FILES = 100


def at(share: float, values: list[float]) -> float:
    """Return the value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


@pytest.mark.chaos
@pytest.mark.fault_row(59, "SIGKILL every 30 s under load")
def test_kills_under_load(each_world, row, note_figure):
    world = each_world
    bot = world.bot(**ACCOUNT)
    world.start(bot)
    soak = Soak(world, bot, SECONDS)
    began = time.time()
    with soak.doctor():
        with soak.load():
            for turn in range(SECONDS // KILL_EVERY):
                wait_for_time(began + turn * KILL_EVERY + 20 + turn % 7 / 10)
                soak.kill(with_temporal=turn % 2 == 1)
                row.injected += 1
            wait_for_time(began + SECONDS)
        soak.settle()
        rested = time.time() + QUIET
        wait_for_time(rested)
    found = judge(world)
    for line in report(soak, found):
        note_figure(line)
    late = list(found.lateness.values())
    row.figure = f"p95 {at(0.95, late):.1f} s, max {found.worst:.1f} s late"
    assert not found.broken()
    assert until(lambda: bot.ready() == 200, 10, "a ready bot")
    said = Counter(sent.text for sent in world.sends(text="pong: talk"))
    assert set(range(soak.said)) == {int(text[11:15]) for text in said}
    assert not [text for text, count in said.items() if count > 1]
    assert min(soak.orders[verb] for verb in ("cancel", "reschedule", "send_now")) > 0
    assert at(0.95, late) <= within(4)
    assert found.worst <= within(8)
    assert_flat(soak)


def assert_flat(soak: Soak) -> None:
    """Neither within a life nor from life to life does it take more and more."""
    lives = soak.lives
    assert max(life.most_memory - life.first_memory for life in lives) < 40 * MIB
    assert lives[-1].most_memory - lives[0].most_memory < 20 * MIB
    assert max(life.most_files for life in lives) <= MOST_FILES


def report(soak: Soak, found) -> list[str]:
    """Return what was measured as lines of text."""
    late = list(found.lateness.values())
    alone, together = (
        [d for d in soak.deaths if d.with_temporal is kind] for kind in (False, True)
    )
    server, most = soak.temporal_memory
    worst = sorted(found.lateness.items(), key=lambda one: -one[1])[:5]
    lines = [
        f"soak of {soak.seconds} s: {soak.set} reminders, {soak.said} messages, "
        f"{len(soak.deaths)} SIGKILLs, orders {dict(soak.orders)}",
        f"  late: p50 {at(0.5, late):.2f}, p95 {at(0.95, late):.2f}, p99 {at(0.99, late):.2f}, "
        f"max {found.worst:.2f} s; {len(found.marked_repeats)} marked repeats, "
        f"{len(found.unknown)} unknown; broken: {found.broken() or 'nothing'}",
        "  latest: "
        + ", ".join(f"{name.removeprefix('reminder ')} {value:.1f} s" for name, value in worst),
        f"  memory {soak.lives[-1].most_memory / MIB:.0f} MiB with {soak.lives[-1].last_files} descriptors at "
        f"the end, most {max(life.most_memory for life in soak.lives) / MIB:.0f} MiB with "
        f"{max(life.most_files for life in soak.lives)}; Temporal {server / MIB:.0f}, most {most / MIB:.0f} MiB",
    ]
    for kind, deaths in (("the bot alone", alone), ("bot and Temporal", together)):
        if deaths:
            lines.append(
                f"  after a SIGKILL of {kind}: polls after "
                f"{at(0.5, [d.polled for d in deaths]):.1f} s (most {max(d.polled for d in deaths):.1f}), "
                f"sends after {at(0.5, [d.sent for d in deaths]):.1f} s (most {max(d.sent for d in deaths):.1f})"
            )
    return lines
