import asyncio
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

ROOT = Path(__file__).parents[2]


def manage(tmp_path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as a deployer does, with no settings but these."""
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "var"), **environment}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=clean,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT='xml' must be one of: console, json."),
        ({"DJANGO_DEBUG": "perhaps"}, "set DJANGO_DEBUG=true or DJANGO_DEBUG=false"),
        ({"ALLOWED_USERS": "@alice"}, "ALLOWED_USERS takes whole numbers"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL cannot be read"),
        ({"TELEGRAM_BOT_TOKEN_FILE": "/missing"}, "TELEGRAM_BOT_TOKEN_FILE cannot be read"),
        ({"DATA_DIR": "/dev/null/var"}, "set DATA_DIR to a directory that can be written"),
    ],
)
def test_a_wrong_value_is_one_line_and_exit_code_2(tmp_path, environment, said):
    done = manage(tmp_path, "check", **environment)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stdout + done.stderr


def test_wrong_settings_are_all_named_at_once_with_hints(tmp_path):
    done = manage(tmp_path, "check", TELEGRAM_BOT_TOKEN="123:short", WEB_BIND="8000")
    assert done.returncode == 1
    assert "(config.E001)" in done.stderr
    assert "(config.E006)" in done.stderr
    assert "HINT" in done.stderr
    assert "123:short" not in done.stderr


def test_production_settings_pass_djangos_deployment_check(tmp_path):
    done = manage(
        tmp_path,
        *("check", "--deploy", "--fail-level", "WARNING"),
        PUBLIC_URL="https://bot.example.org",
        DJANGO_SECRET_KEY="k3y-" * 20 + "qwertzuiop",
    )
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize(("arguments", "code"), [(("nonsense",), 1), (("check",), 0)])
def test_the_exit_code_of_a_command_is_kept(tmp_path, arguments, code):
    assert manage(tmp_path, *arguments).returncode == code


@pytest.mark.acceptance
async def test_a_command_that_talked_to_temporal_ends_without_a_crash(tmp_path, embedded):
    done = await asyncio.to_thread(
        manage, tmp_path, "doctor", TEMPORAL_ADDRESS=embedded.address, DJANGO_SECRET_KEY="x" * 50
    )
    assert f"{embedded.address} answers" in done.stdout
    assert done.returncode == 1, "the migrations are missing"
    assert "Fatal" not in done.stderr


def test_a_secret_is_made_once_kept_and_readable_by_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("DJANGO_SECRET_KEY", raising=False)
    directory = tmp_path / "var"
    first = env.kept_secret("DJANGO_SECRET_KEY", directory)
    (path,) = directory.iterdir()
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert env.kept_secret("DJANGO_SECRET_KEY", directory) == first
    monkeypatch.setenv("DJANGO_SECRET_KEY", "from outside")
    assert env.kept_secret("DJANGO_SECRET_KEY", directory) == "from outside"


def test_of_two_processes_that_start_together_the_first_one_s_secret_counts(tmp_path):
    path = tmp_path / "secret"
    env._write_once(path, "first")
    env._write_once(path, "second")
    assert path.read_text() == "first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_secret_may_come_from_a_file(tmp_path, monkeypatch):
    (tmp_path / "token").write_text("  from the file\n")
    monkeypatch.setenv("SOME_SECRET_FILE", str(tmp_path / "token"))
    assert env.text("SOME_SECRET") == "from the file"


@pytest.mark.parametrize(("value", "least"), [("x", 0), ("-1", 0), ("4", 5)])
def test_a_number_outside_its_range_is_named(monkeypatch, value, least):
    monkeypatch.setenv("SOME_NUMBER", value)
    with pytest.raises(ImproperlyConfigured, match="SOME_NUMBER"):
        env.number("SOME_NUMBER", 9, least=least)
