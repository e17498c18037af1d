"""What must not get out, and what must not get in: each line a test."""

import ast
import pkgutil
import re
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import httpx
import psutil
import pytest

from tests.acceptance.harness.processes import ROOT, clean_environment
from tests.acceptance.harness.runbot import free_port
from tests.acceptance.harness.waiting import until
from tests.machine import within

PACKAGES = ("config", "bots", "conversations", "reminders")
CANARY = "canary-91c4-plumage"
PASSWORD = "operator-password-canary-55"
EVIL = [
    character * 4096 + end
    for character in (
        "a",
        " ",
        "1",
        "-",
        ".",
        ":",
        "/",
        "é",
        "٣",
        "1 ",
        "a ",
        "1:",
        "1.",
        "in ",
        "at 1 ",
        "every ",
    )
    for end in ("!", "")
]


def sources() -> list[Path]:
    """Return the product's own modules; the sandbox is Telegram's side of the wire."""
    found = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    return [
        path for path in found if "migrations" not in path.parts and "sandbox" not in path.parts
    ]


def modules() -> list[str]:
    """Return the names of the product's modules."""
    names = []
    for package in PACKAGES:
        path = [str(ROOT / package)]
        names += [found.name for found in pkgutil.walk_packages(path, f"{package}.")]
    skipped = ("migrations", "management", "sandbox", "settings", "asgi")
    return [name for name in names if not any(part in skipped for part in name.split("."))]


def patterns() -> dict[str, re.Pattern]:
    """Return every compiled regular expression a module holds, by where it is."""
    held = [
        (f"{name}.{attribute}", value)
        for name in modules()
        for attribute, value in vars(import_module(name)).items()
    ]
    return {where: value for where, value in flat(held) if isinstance(value, re.Pattern)}


def flat(held: list[tuple[str, object]], depth: int = 3):
    """Yield values and, where they are containers, what is in them."""
    for where, value in held:
        yield where, value
        inner = (
            value.items()
            if isinstance(value, dict)
            else enumerate(value)
            if isinstance(value, list | tuple)
            else ()
        )
        if depth:
            yield from flat([(f"{where}[{key!r}]", item) for key, item in inner], depth - 1)


def test_every_regular_expression_is_quick_on_the_longest_hostile_text():
    known = patterns()
    assert len(known) > 10
    slow = []
    for where, pattern in known.items():
        for text in EVIL:
            given = text[:4097] if isinstance(pattern.pattern, str) else text[:4097].encode()
            began = time.process_time()
            pattern.search(given)
            pattern.fullmatch(given)
            if time.process_time() - began > within(0.5):
                slow.append(f"{where} on {text[:6]!r}")
                break
    assert slow == []


def test_nothing_fetches_an_address_a_person_wrote():
    """The clients are PTB's and that of bots/files.py, which talk to the Bot API server alone, and one
    for the monitor's address, which the deployer sets."""
    clients = {
        "requests",
        "aiohttp",
        "urllib3",
        "urllib.request",
        "http.client",
        "ftplib",
        "smtplib",
    }
    calls = re.compile(r"\bhttpx\.(get|post|request|stream|Client|AsyncClient)\b|\burlopen\b")
    guilty = []
    for path in sources():
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            guilty += [f"{path.name}: {name}" for name in names if name in clients]
        if path not in {ROOT / "bots" / "files.py", ROOT / "config" / "deadman.py"}:
            guilty += [f"{path.name}: {found[0]}" for found in calls.finditer(source)]
    assert guilty == []
    files = ROOT / "bots" / "files.py"
    if files.exists():
        assert (
            files.read_text(encoding="utf-8").count('url = f"{line.base_file_url}/{_checked(') == 1
        )


def test_link_previews_are_off_so_that_private_addresses_are_not_crawled(db):
    from bots.models import Bot
    from conversations import parcels
    from conversations.models import Chat, Message

    chat = Chat.objects.create(bot=Bot.objects.create(pk=7), chat_id=1)
    row = Message.objects.create(
        chat=chat, key="x", direction="out", method="sendMessage", text="http://169.254.169.254/", state="queued"
    )  # fmt: skip
    parcel = parcels.claim(row.pk)
    assert parcels.call_params(parcel)["link_preview_options"] == {"is_disabled": True}


def test_no_template_and_no_code_trusts_what_people_write():
    for path in sources():
        source = path.read_text(encoding="utf-8")
        for line in source.splitlines():
            if "mark_safe(" in line:
                assert re.search(r"# noqa: S308  # \w+", line), f"{path}: why is it safe?"
        assert not re.search(r"\beval\(|\bexec\(|pickle\.loads|shell=True", source), path
        assert "drop_pending_updates=True" not in source, path
    for path in (ROOT / "templates").rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert "|safe" not in source, path
        assert "autoescape off" not in source, path


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_locked_with_its_hashes(name):
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) > 20
    for line in lines:
        assert re.match(r"[a-z0-9._\[\]-]+==\S+ ", line, re.IGNORECASE), line[:80]
        assert "--hash=sha256:" in line, line[:80]
        assert "://" not in line, line[:80]


def check_deploy(**env: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(
        command, cwd=ROOT, env=clean_environment(**env), capture_output=True, text=True
    )


def test_the_deployment_check_is_clean_where_there_is_a_public_address(tmp_path):
    ran = check_deploy(
        DATA_DIR=str(tmp_path),
        PUBLIC_URL="https://bot.example.org",
        TELEGRAM_BOT_TOKEN=f"12345:{'a' * 35}",
    )
    assert ran.returncode == 0, ran.stderr


def test_debug_pages_are_never_open_to_the_network(tmp_path):
    ran = check_deploy(
        DATA_DIR=str(tmp_path), DJANGO_DEBUG="1", WEB_BIND="0.0.0.0:8000", TELEGRAM_BOT_TOKEN=""
    )
    assert ran.returncode == 1
    assert "config.E007" in ran.stderr


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path):
    for _ in range(2):
        check_deploy(DATA_DIR=str(tmp_path), TELEGRAM_BOT_TOKEN="")
    kept = tmp_path / "django_secret_key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert len(kept.read_text()) >= 50


@pytest.mark.acceptance
def test_a_talkative_run_shows_no_secret_and_no_words_anywhere(world):
    chat = world.chat("Plumebird")
    bot = world.start(
        LOG_LEVEL="DEBUG", DJANGO_SUPERUSER_USERNAME="owner", DJANGO_SUPERUSER_PASSWORD=PASSWORD
    )
    chat.say(f"/ping {CANARY}")
    world.set_reminder(chat, f"{CANARY} in a day", 86_400)
    until(lambda: not world.unfinished(), 20, "all settled")
    secret = world.token.partition(":")[2]
    key = bot.env["DJANGO_SECRET_KEY"]
    web = f"http://{bot.web}"
    shown = {
        path: httpx.get(f"{web}{path}", trust_env=False).text
        for path in (
            "/metrics",
            "/readyz",
            "/livez",
            "/nothing-here",
            f"/webhook/{world.bot_id}",
            "/admin/login/",
        )
    }
    shown["400"] = httpx.get(f"{web}/", headers={"Host": "evil.example"}, trust_env=False).text
    processes = family(bot)
    assert any("temporal" in " ".join(process.cmdline()) for process in processes)
    for process in processes:
        shown[f"arguments of {process.pid}"] = " ".join(process.cmdline())
        for connection in process.net_connections(kind="tcp"):
            if connection.status == psutil.CONN_LISTEN:
                assert connection.laddr.ip == "127.0.0.1", (
                    f"{process.name()} listens to the network"
                )
    bot.stop()
    shown["log"] = bot.process.log()
    assert "DEBUG" in shown["log"]
    for name, text in shown.items():
        for hidden in (secret, key, PASSWORD, CANARY, "plumage", "Plumebird"):
            assert hidden not in text, f"{hidden} is in {name}"


def family(bot) -> list[psutil.Process]:
    """Return the bot's process, its children and its Temporal server."""
    own = psutil.Process(bot.process.pid)
    found = {own.pid: own, **{child.pid: child for child in own.children(recursive=True)}}
    if pid := bot.temporal_pid():
        found[pid] = psutil.Process(pid)
    return list(found.values())


@pytest.mark.acceptance
def test_two_bots_on_one_machine_share_the_server_and_one_takes_over(world, note_figure):
    """One token, one database, one DATA_DIR: one polls, and the other goes on when it is killed."""
    chat = world.chat()
    first = world.start()
    second = world.bot()
    second.env["DATA_DIR"] = first.env["DATA_DIR"]
    second.env["WEB_BIND"] = second.web = f"127.0.0.1:{free_port()}"
    second.launch()
    until(lambda: second.ready() == 200, 60, "the second bot")
    assert "temporal_shared" in second.process.log()
    owner = world.database.value("SELECT lease_owner FROM bots_bot")
    assert owner.endswith(f":{first.process.pid}")
    due = world.set_reminder(chat, "shared", 12)
    first.kill()
    killed = time.time()
    chat.say("/ping who is there")
    world.wait_for_send("pong: who is there", 60, chat)
    took = time.time() - killed
    late = world.wait_for_send("⏰ shared", 60, chat).at - due
    until(lambda: not world.unfinished(), 30, "all settled")
    note_figure(
        f"of two bots one is killed: the other answers after {took:.0f} s, a reminder {late:+.1f} s"
    )
    assert took < within(40)
    assert len(world.sends(chat, "⏰ shared")) == 1
    assert world.database.value("SELECT lease_owner FROM bots_bot").endswith(
        f":{second.process.pid}"
    )
