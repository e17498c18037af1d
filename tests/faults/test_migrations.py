"""The tables change under a running worker, forwards and back."""

import re
import subprocess
import sys

import pytest

from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.processes import ROOT
from tests.acceptance.harness.waiting import until

pytestmark = pytest.mark.acceptance
ROUNDS = 5
RAISED = re.compile(r"^ +([\w.]+(?:Error|Exception)\b.*)$", re.MULTILINE)  # how a traceback ends
# A busy machine may keep a heartbeat back: the activity is then begun again, and what it sent is not.
GIVEN_UP = "asyncio.exceptions.CancelledError: Activity cancelled"

# What `migrate` does with a migration that adds a column, and with going back before it.
MIGRATE = f"""
import time

import django

django.setup()
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor

state = MigrationExecutor(connection).loader.project_state()
added = migrations.Migration("9999_added_later", "reminders")
added.operations = [migrations.AddField("reminder", "added_later", models.TextField(null=True))]
for _ in range({ROUNDS}):
    for step in (added.apply, added.unapply):
        with connection.schema_editor(atomic=True) as editor:
            step(state.clone(), editor)
        time.sleep(0.4)
        print(step.__name__, flush=True)
"""


@pytest.mark.fault_row(58, "a migration beside a running worker, and back")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_migration_and_its_rollback_lose_no_send(world_on, kind, row):
    world = world_on(kind)
    chats = [world.chat(f"P{number}") for number in range(4)]
    bot = world.start()
    count = 16
    world.api.enqueue(
        [(chats[n % 4], f"/remind in {5 + n // 2} seconds item {n:03}") for n in range(count)]
    )
    made = "SELECT count(*) FROM reminders_reminder"
    until(lambda: world.database.value(made) == count, 30, f"{count} reminders")
    env = {**bot.env, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", MIGRATE]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    row.injected = len(done.stdout.split())
    assert row.injected == 2 * ROUNDS
    sent = "SELECT count(*) FROM reminders_delivery WHERE state = 'sent'"
    until(lambda: world.database.value(sent) == count, 60, f"{count} deliveries")
    until(lambda: not world.unfinished(), 30, "all settled")
    found = judge(world)
    assert not found.broken()
    assert [told for told in RAISED.findall(bot.process.log()) if told != GIVEN_UP] == []
    row.figure = f"0 of {count} lost, 0 exceptions; latest {max(found.lateness.values()):.1f} s"
