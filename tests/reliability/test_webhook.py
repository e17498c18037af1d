"""Webhook mode with real processes: registered at the start, stored before the 200, never a 500."""

import itertools
import json
import sqlite3
import time
from contextlib import closing

import httpx
import pytest

from tests.acceptance.harness.faults import refusal
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.processes import ROOT
from tests.acceptance.harness.waiting import until, wait_for_time
from tests.understanding.hostile import NASTY

pytestmark = pytest.mark.acceptance
SECRET = "webhook-secret_1"
_numbers = itertools.count(5_000_000)


class Hook:
    """A bot in webhook mode, and posts to its address."""

    def __init__(self, world) -> None:
        self.world = world
        self.bot = world.bot(TELEGRAM_MODE="webhook", TELEGRAM_WEBHOOK_SECRET=SECRET)
        self.bot.env["PUBLIC_URL"] = f"http://{self.bot.web}"
        self.url = f"http://{self.bot.web}/webhook/{world.bot_id}"

    def start(self) -> "Hook":
        before = len(self.world.proxy.named("setWebhook")) + len(
            self.world.proxy.named("getWebhookInfo")
        )
        self.bot.launch()
        until(lambda: self.bot.ready() == 200, 60, "a ready bot")
        until(
            lambda: (
                len(self.world.proxy.named("setWebhook"))
                + len(self.world.proxy.named("getWebhookInfo"))
                > before
            ),
            20,
            "the registration",
        )
        return self

    def info(self) -> dict:
        return httpx.get(
            f"{self.world.api.url}/bot{self.world.token}/getWebhookInfo", trust_env=False
        ).json()["result"]

    def post(self, body: bytes | dict, secret: str = SECRET, **headers: str) -> int:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        wanted = {
            "Content-Type": "application/json",
            "X-Telegram-Bot-Api-Secret-Token": secret,
            **headers,
        }
        return httpx.post(
            self.url, content=content, headers=wanted, timeout=60, trust_env=False
        ).status_code

    def stored(self) -> int:
        return self.world.database.value("SELECT count(*) FROM bots_update")


@pytest.fixture
def hook(world) -> Hook:
    return Hook(world).start()


def text(chat, words: str, number: int = 0) -> dict:
    """Return an update: a person writes."""
    number = number or next(_numbers)
    person = {"id": chat.person, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    message = {
        "message_id": number, "date": int(time.time()), "text": words, "from": person,
        "chat": {"id": chat.chat_id, "type": "private", "first_name": "Ann"},
    }  # fmt: skip
    return {"update_id": number, "message": message}


def test_the_webhook_is_registered_at_the_start_and_kept_at_the_stop(hook, world):
    info = until(lambda: hook.info() if hook.info()["url"] else None, 20, "the webhook")
    assert info["url"] == hook.url
    assert "my_chat_member" in info["allowed_updates"]
    assert world.token not in info["url"]
    call = world.proxy.named("setWebhook")[0]
    assert call.parameters["secret_token"] == SECRET
    assert "drop_pending_updates" not in call.parameters
    chat = world.chat()
    chat.say("/ping by webhook")
    world.wait_for_send("pong: by webhook", 20, chat)
    assert world.proxy.named("getUpdates") == []
    assert hook.bot.stop() == 0
    assert hook.info()["url"] == hook.url
    assert world.proxy.named("deleteWebhook") == []
    chat.say("/ping while away")
    hook.start()
    world.wait_for_send("pong: while away", 90, chat)
    until(lambda: not world.unfinished(), 20, "all settled")
    assert SECRET not in hook.bot.process.log()
    assert not judge(world).broken()


def test_a_refused_registration_is_said_and_tried_again(world):
    world.proxy.add(
        refusal(400, "Bad Request: bad webhook: IP address is reserved", method="setWebhook")
    )
    hook = Hook(world).start()
    until(lambda: hook.info()["url"] == hook.url, 20, "the second try")
    assert "ip address is reserved" in hook.bot.process.log().lower()


@pytest.mark.fault_row(37, "webhook: wrong secret, none, GET, 2 MiB, another bot")
def test_guards_repeats_and_odd_bodies(hook, world, row):
    chat = world.chat()
    good = text(chat, "/ping five")
    assert hook.post(good, secret="wrong") == 403
    assert hook.post(good, secret="") == 403
    assert httpx.get(hook.url, trust_env=False).status_code == 405
    assert hook.post(good, **{"Content-Type": "text/plain"}) == 415
    assert hook.post(b'{"update_id": 1, "x": "' + b"a" * 2**21 + b'"}') == 413
    other = hook.url.replace(str(world.bot_id), "12345")
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    assert httpx.post(other, json=good, headers=headers, trust_env=False).status_code == 403
    row.injected = 6
    assert hook.stored() == 0
    assert [hook.post(good) for _ in range(5)] == [200] * 5
    world.wait_for_send("pong: five", 20, chat)
    until(lambda: not world.unfinished(), 20, "all settled")
    assert world.rows("SELECT repeats FROM bots_update") == [{"repeats": 4}]
    assert len(world.sends(chat)) == 1
    for body, status in ODD_BODIES:
        assert hook.post(body) == status, body[:60]
    assert hook.post(text(chat, "/ping after all that")) == 200
    world.wait_for_send("pong: after all that", 20, chat)
    log = hook.bot.process.log()
    assert SECRET not in log
    assert "wrong" not in log
    row.figure = "403, 403, 405, 415, 413, 403; 0 rows; secret not in the log"


deep = b'{"a":' * 10_000 + b"1" + b"}" * 10_000
ODD_BODIES = [
    (b"", 400),
    (b"[]", 400),
    (b'"text"', 400),
    (b"null", 400),
    (b"{}", 400),
    (b"{", 400),
    (b'{"update_id": "1"}', 400),
    (b'{"update_id": true}', 400),
    (b'{"update_id": 1.5}', 400),
    (b'{"update_id": 1e400}', 400),
    (b'{"update_id": ' + b"9" * 5000 + b"}", 400),
    (b'\xff\xfe{"update_id": 1}', 400),
    (b'{"update_id": 8000001, "message": "\xff\xff"}', 400),
    (deep, 400),
    (b'{"update_id": 8000002, "message": ' + deep + b"}", 400),
    (b'{"update_id": 8000003, "update_id": 8000004, "message": {"message_id": 1}}', 200),
    (b'{"update_id": 8000005, "message": {"message_id": 1e308, "chat": {"id": 1e308}}}', 200),
    (
        b'{"update_id": 8000006, "message": {"message_id": 1, "chat": {"id": 9223372036854775808}}}',
        200,
    ),
    (b'{"update_id": 8000007, "message": {"text": "\\u0000\\ud83d"}}', 200),
    (b'{"update_id": 0, "message": {}}', 200),
    (b'{"update_id": -5, "message": {}}', 200),
    (b'{"update_id": 9223372036854775808, "message": {}}', 200),
    (b'{"update_id": 8000008, "\\u0000": NaN, "x": [Infinity, -Infinity]}', 200),
]


def odd_messages(chat) -> list[dict]:
    """Return updates with fields that are missing, of other times, or of nobody we know."""
    usual = text(chat, "/ping x")["message"]
    odd = [
        {"message": {**usual, "from": None}},
        {"message": {name: value for name, value in usual.items() if name != "text"}},
        {"message": {**usual, "date": 0}},
        {"message": {**usual, "date": 4_102_444_800}},
        {
            "message": {
                **usual,
                "from": {**usual["from"], "first_name": "😀" * 64, "language_code": None},
            }
        },
        {"message": {**usual, "from": {**usual["from"], "language_code": "xx"}}},
        {"message": {**usual, "chat": {"id": -(10**15), "type": "supergroup", "title": "far\n{}"}}},
        {"message": {**usual, "chat": {"id": 2**63 - 1, "type": "private"}}},
        {
            "message": {
                **usual,
                "text": "x",
                "entities": [{"type": "bold", "offset": -5, "length": 10**9}],
            }
        },
        {"message": {**usual, "reply_to_message": {"message_id": 10**12}}},
        {"edited_message": {**usual, "edit_date": 5}},
        {"channel_post": {**usual, "from": None, "sender_chat": {"id": -1001, "type": "channel"}}},
        {
            "callback_query": {
                "id": "1",
                "from": usual["from"],
                "data": "\x00" * 64,
                "message": usual,
            }
        },
        {"callback_query": {"id": "2", "from": usual["from"], "data": "x"}},
        {
            "callback_query": {
                "id": "3",
                "from": usual["from"],
                "message": {"date": 0, "message_id": 1, "chat": {"id": 1}},
            }
        },
        {
            "my_chat_member": {
                "chat": usual["chat"],
                "from": usual["from"],
                "date": 1,
                "new_chat_member": {},
            }
        },
        {"something_new": {"chat": usual["chat"], "deep": [[[[[]]]]]}},
        {"poll": {"id": "1"}},
    ]
    return [{"update_id": next(_numbers), **body} for body in odd]


def test_no_text_and_no_odd_shape_is_ever_a_500(hook, world):
    chat = world.chat()
    strangers = itertools.count(70_000_000)
    for words in NASTY:
        update = text(chat, words)
        update["message"]["chat"]["id"] = update["message"]["from"]["id"] = next(strangers)
        assert hook.post(update) == 200, words[:40]
    for update in odd_messages(chat):
        assert hook.post(update) == 200, update
    assert hook.post(text(chat, "/ping still here")) == 200
    world.wait_for_send("pong: still here", 60, chat)
    waiting = "SELECT count(*) FROM bots_update WHERE state IN ('received', 'handed_over')"
    until(lambda: world.database.value(waiting) == 0, 60, "every answer")
    failed = world.rows(
        "SELECT payload, error FROM bots_update WHERE state = 'answered' AND error <> ''"
    )
    assert failed == []


@pytest.mark.fault_row(38, "webhook while the database is locked for 20 s")
def test_while_the_database_is_away_telegram_keeps_the_update(hook, world, row):
    chat = world.chat()
    until(lambda: hook.info()["url"], 20, "the webhook")
    with closing(sqlite3.connect(world.database.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        locked = time.time()
        chat.say("/ping kept")
        assert hook.post(text(chat, "/ping refused")) == 503, "the lock was waited for, 20 s"
        row.injected += 1
        wait_for_time(locked + 21)
        other.execute("ROLLBACK")
    world.wait_for_send("pong: kept", 60, chat)
    until(lambda: not world.unfinished(), 30, "all settled")
    assert len(world.sends(chat, "pong: kept")) == 1
    row.figure = "503; asked again by Telegram, 1 of 1 answered once"


def test_the_commands_set_and_take_away(world):
    import subprocess
    import sys

    hook = Hook(world)

    def run(name: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "manage.py", name], cwd=ROOT, env=hook.bot.env, capture_output=True, text=True
        )  # fmt: skip

    assert f"updates go to {hook.url}" in run("setwebhook").stdout
    assert hook.info()["url"] == hook.url
    assert "wait to be polled" in run("deletewebhook").stdout
    assert hook.info()["url"] == ""
    hook.bot.env["TELEGRAM_MODE"] = "polling"
    refused = run("setwebhook")
    assert refused.returncode == 1
    assert "TELEGRAM_MODE=webhook" in refused.stderr
