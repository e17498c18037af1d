"""Cancelling while it fires: each reminder is either sent or cancelled, never both and never neither."""

import subprocess
import sys

import pytest

from tests.acceptance.harness.processes import ROOT
from tests.acceptance.harness.waiting import until
from tests.machine import slowness, within

pytestmark = pytest.mark.acceptance
RACES = 200
CHATS = 50
# As an operator's process does: its own interpreter, the same database, the product's own functions.
OPERATOR = """
import sys, threading, time
from datetime import UTC, datetime, timedelta
import django
django.setup()
from django.db import close_old_connections
from conversations.models import Chat
from reminders.changing import cancel
from reminders.creating import Wish, create
from reminders.models import Reminder
from reminders.when.meaning import Kind, Meaning

def race(rows):
    for reminder, moment in rows:
        left = moment - time.time()
        if left > 0:
            threading.Event().wait(left)
        told = int(cancel(reminder, actor="operator:race"))
        sys.stdout.write(f"{reminder.pk} {told}\\n")  # one write: eight threads share the line
    close_old_connections()

chats, races, slowness = list(Chat.objects.order_by("pk")), int(sys.argv[1]), float(sys.argv[2])
first = datetime.now(UTC) + timedelta(seconds=(races * 0.04 + 7) * slowness)
rows = []
for number in range(races):
    due = first + timedelta(seconds=number * 0.05 * slowness)
    wish = Wish(text=f"race {number:03}", creator_id=1)
    rows.append(create(chats[number % len(chats)], wish, Meaning(Kind.INSTANT, wish.text, due)))
# Half of them within 50 ms of the time, half when the claim is likely to come.
plan = [
    (row, row.due_at.timestamp() + slowness * ((number % 11 - 5) / 100 if number % 2 else (number % 40) / 60))
    for number, row in enumerate(rows)
]
plan.sort(key=lambda one: one[1])
threads = [threading.Thread(target=race, args=(plan[lane::8],)) for lane in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


@pytest.mark.parametrize(
    "each_world", ["sqlite", pytest.param("postgresql", marks=pytest.mark.chaos)], indirect=True
)
@pytest.mark.fault_row(45, "cancelled at the moment it fires")
def test_200_races_between_cancelling_and_firing(each_world, row):
    world = each_world
    chats = [world.chat(f"P{number}") for number in range(CHATS)]
    bot = world.start()
    world.api.enqueue([(chat, "/ping") for chat in chats])
    until(lambda: len(world.rows("SELECT id FROM conversations_chat")) == CHATS, 30, "the chats")
    cancelled = race(bot)
    assert len(cancelled) == RACES
    until(lambda: is_over(world), 60, "every reminder is sent or cancelled")

    sent = {send.text for send in world.sends(text="⏰ race ")}
    rows = world.rows("SELECT id, text, state FROM reminders_reminder")
    both = [row["text"] for row in rows if cancelled[row["id"]] and f"⏰ {row['text']}" in sent]
    neither = [
        row["text"] for row in rows if not cancelled[row["id"]] and f"⏰ {row['text']}" not in sent
    ]
    torn = [row for row in rows if (row["state"] == "cancelled") != cancelled[row["id"]]]
    wins = sum(cancelled.values())
    row.injected = RACES
    row.figure = f"{wins} cancelled, {RACES - wins} sent, {len(both)} both"
    assert (both, neither, torn) == ([], [], [])
    assert 0 < wins < RACES, "both sides won some: it was a race"
    assert len(world.sends(text="⏰ race ")) == RACES - wins


def race(bot) -> dict[int, bool]:
    """Set reminders and cancel each near its time; returns who was told that it is cancelled."""
    ran = subprocess.run(
        [sys.executable, "-c", OPERATOR, str(RACES), str(slowness())],
        cwd=ROOT, env={**bot.env, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=within(120), check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    pairs = [line.split() for line in ran.stdout.splitlines()]
    return {int(pk): told == "1" for pk, told in pairs}


def is_over(world) -> bool:
    waiting = "SELECT count(*) FROM reminders_reminder WHERE state IN ('active', 'paused')"
    claimed = "SELECT count(*) FROM reminders_delivery WHERE state = 'claimed'"
    return world.database.value(waiting) == 0 and world.database.value(claimed) == 0
