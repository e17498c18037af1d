"""Make the pictures of the desk again: `python -m tests.walks.pictures [folder] [--odd | --empty]`.

A demonstration is served from a database of its own and photographed in light, in dark and on a
phone. `--odd` shows long, right-to-left and emoji names instead, `--empty` a database with nothing in it.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
from playwright.sync_api import Browser

from tests.acceptance.harness.processes import ROOT
from tests.acceptance.harness.runbot import free_port
from tests.acceptance.harness.waiting import until
from tests.walks.browsing import DESK, PHONE, Window, chromium

NAME, PASSWORD = "olga", "a password for pictures"
STORY = """
import django; django.setup()
from conversations.models import Chat
from reminders.models import Reminder
chat = Chat.objects.filter(chat_id=9001).values_list("pk", flat=True).first() or 0
print(chat, Reminder.objects.filter(chat=chat).values_list("pk", flat=True).first() or 0)
"""
FRESH = """
import django; django.setup()
from django.utils import timezone
from bots.heartbeat import WORKER, note
from bots.models import Bot
from conversations.models import Chat
Bot.objects.update(last_polled_at=timezone.now())
note(WORKER, timezone.now(), "demo")
Chat.objects.filter(chat_id=9001).update(unread=2)
"""
ODD = """
import django; django.setup()
from django.utils import timezone
from conversations.models import Chat, Message
from reminders.models import Reminder
long = "Donaudampfschifffahrtsgesellschaftskapitän" * 5
names = ["نورة بنت عبد الرحمن آل سعود", "👩‍👩‍👧‍👦🦄🏳️‍🌈🌻🔥✨🎉", long, "ชื่อที่ยาวมาก ภาษาไทย", "", "<b>bold</b> & co"]
bot = Chat.objects.first().bot
for number, name in enumerate(names):
    now = timezone.now()
    chat = Chat.objects.create(bot=bot, chat_id=600 + number, title=name[:255], unread=number * 77,
        timezone="America/Argentina/ComodRivadavia", username=("u" * 40 if number % 2 else ""),
        type="private", language="en", last_message_at=now)
    Message.objects.create(chat=chat, key=f"odd:{number}", direction="in", state="received",
        sender_name=name[:255], text=(name or "🦄") * 9, message_id=1)
    Message.objects.create(chat=chat, key=f"odd:out:{number}", direction="out", state="failed",
        method="sendMessage", text=long * 2, error="Bad Request: " + "x" * 250)
    Reminder.objects.create(chat=chat, number=1, text=(name or "🦄") * 9, timezone=chat.timezone,
        start_local="2026-10-07T09:00:00", due_at=now, fire_at=now, creator_name=name[:255])
Chat.objects.filter(chat_id=9001).update(title=long[:255], username="u" * 60)
Reminder.objects.filter(chat__chat_id=9001).update(text=long + " " + names[0] * 9, creator_name=long[:255])
"""


def pages(chat: str, reminder: str) -> dict[str, str]:
    """Return the pages that have a picture."""
    follow_ups = "/admin/reminders/reminder/"
    found = {
        "dashboard": "/admin/",
        "conversations": "/admin/conversations/chat/",
        "follow-ups": follow_ups,
        "follow-ups-calendar": f"{follow_ups}calendar/",
        "parser-bench": f"{follow_ups}bench/",
        "deliveries": "/admin/reminders/delivery/",
        "messages": "/admin/conversations/message/",
        "updates": "/admin/bots/update/",
    }
    if chat != "0":
        found |= {
            "transcript": f"/admin/conversations/chat/{chat}/change/",
            "details": f"/admin/conversations/chat/{chat}/details/",
            "story": f"{follow_ups}{reminder}/change/",
        }
    return found


@contextlib.contextmanager
def served(directory: Path, arguments: list[str]) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Serve a demonstration; gives its address, the ids to show, and what makes it fresh again."""
    env = {
        **os.environ, "DATA_DIR": str(directory), "DJANGO_SETTINGS_MODULE": "config.settings",
        "TELEGRAM_BOT_TOKEN": "", "DATABASE_URL": f"sqlite:///{directory / 'db.sqlite3'}",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }  # fmt: skip

    def run(*words: str) -> str:
        command = [sys.executable, *words]
        return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE,
                              text=True).stdout  # fmt: skip

    run("manage.py", "migrate", "-v0")
    run("manage.py", "createsuperuser", "--noinput", "--username", NAME, "--email", "o@example.org")
    if "--empty" not in arguments:
        run("manage.py", "seed_demo", "--chats", "40", "--messages", "2500", "--reminders", "300")
    if "--odd" in arguments:
        run("-c", ODD)
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--lifespan", "off",
               "--port", str(port), "--log-level", "warning"]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, env=env) as server:
        try:
            until(lambda: answers(port), 30, "the pages")
            yield f"http://127.0.0.1:{port}", run("-c", STORY).strip(), lambda: run("-c", FRESH)
        finally:
            server.terminate()


def answers(port: int) -> bool:
    """Say whether the sign-in page is there."""
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"http://127.0.0.1:{port}/admin/login/", trust_env=False).is_success
    return False


def photograph(
    browser: Browser, url: str, ids: str, freshen: Callable[[], str], folder: Path
) -> None:
    """Take every picture in every look, each as if the demonstration had just begun."""
    looks = {
        "light": {**DESK, "color_scheme": "light"},
        "dark": {**DESK, "color_scheme": "dark"},
        "phone": {**PHONE, "color_scheme": "light"},
    }
    for look, options in looks.items():
        freshen()
        window = Window(browser, url, **options)
        page = window.page
        page.goto("/admin/")
        page.screenshot(path=folder / f"login-{look}.png", animations="disabled")
        page.get_by_label("Username").fill(NAME)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_load_state("networkidle")
        for name, address in pages(*ids.split()).items():
            page.goto(address)
            page.wait_for_load_state("networkidle")
            if name == "story":  # it is its timeline, which lies below what a window shows
                page.set_viewport_size({**options["viewport"], "height": window.height})
            page.screenshot(path=folder / f"{name}-{look}.png", animations="disabled")
            window.assert_fits()
            page.set_viewport_size(options["viewport"])
        window.close()


def main(arguments: list[str]) -> None:
    """Make the pictures."""
    folder = Path(next((each for each in arguments if not each.startswith("-")), "docs/images"))
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        served(Path(data), arguments) as (url, ids, freshen),
        chromium() as browser,
    ):
        photograph(browser, url, ids, freshen, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
