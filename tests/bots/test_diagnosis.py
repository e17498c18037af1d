"""The doctor's questions to Telegram, answered by a small Bot API server over real HTTP."""

import json
import time
from email.utils import formatdate

import pytest

from bots.diagnosis import telegram
from config.webserver import WebServer

TOKEN = "987654321:AAHfiqksKZ8WmR2zMnQdLk3vXy7-aBcD_Ef"


class BotApi:
    """Answers getMe and getWebhookInfo as it is told."""

    def __init__(self) -> None:
        self.webhook = {"url": "", "has_custom_certificate": False, "pending_update_count": 3}
        self.refusal: tuple[int, str] | None = None
        self.clock = time.time()

    async def __call__(self, scope, receive, send) -> None:
        method = scope["path"].rsplit("/", 1)[-1]
        me = {"id": 987654321, "is_bot": True, "first_name": "Bo", "username": "bo_bot"}
        status, answer = 200, {"ok": True, "result": me if method == "getMe" else self.webhook}
        if self.refusal:
            status, text = self.refusal
            answer = {"ok": False, "error_code": status, "description": text}
        headers = [(b"date", formatdate(self.clock, usegmt=True).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})


@pytest.fixture
async def api(settings):
    api = BotApi()
    settings.TELEGRAM_MODE = "polling"
    web = WebServer(api, "127.0.0.1:0")
    web._server.config.date_header = False
    async with web as server:
        settings.TELEGRAM_API_URL = f"http://127.0.0.1:{server.port}"
        yield api


async def found(token: str = TOKEN) -> dict[str, tuple[bool, str, str]]:
    return {each.subject: (each.fine, each.seen, each.hint) async for each in telegram(token)}


async def test_a_good_bot_is_named_with_what_waits_for_it(api):
    findings = await found()
    assert findings["Bot 987654321"][:2] == (True, "answers as @bo_bot")
    assert findings["Bot 987654321 line"][:2] == (True, "free to poll, 3 messages wait")
    assert findings["Clock"][0] is True


async def test_a_webhook_in_the_way_of_polling_is_found(api):
    api.webhook["url"] = "https://old.example.org/hook"
    fine, seen, hint = (await found())["Bot 987654321 line"]
    assert (fine, seen) == (False, "messages go to old.example.org")
    assert "runbot" in hint


@pytest.mark.parametrize(
    ("webhook", "fine", "said"),
    [
        ({"url": "https://bot.example.org/hook/1"}, True, "webhook at bot.example.org"),
        ({"url": ""}, False, "no webhook is set"),
        ({"url": "https://other.example.org/"}, False, "messages go to other.example.org"),
        (
            {
                "url": "https://bot.example.org/",
                "last_error_date": int(time.time()),
                "last_error_message": "Connection refused",
            },
            False,
            "could not deliver: Connection refused",
        ),
        ({"url": "https://bot.example.org/", "last_error_date": 1}, True, "3 messages wait"),
    ],
)
async def test_in_webhook_mode_the_address_and_its_failures_are_looked_at(
    api, settings, webhook, fine, said
):
    settings.TELEGRAM_MODE, settings.PUBLIC_URL = "webhook", "https://bot.example.org"
    api.webhook.update(webhook)
    finding = (await found())["Bot 987654321 line"]
    assert finding[0] is fine
    assert said in finding[1]


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        ((401, "Unauthorized"), "the token is refused"),
        ((404, "Not Found"), "the token is refused"),
        ((409, "Conflict: terminated by other getUpdates"), "another program polls"),
        ((400, "Bad Request"), "Telegram refused the call (BadRequest)"),
        ((502, "Bad Gateway"), "cannot be reached (NetworkError)"),
    ],
)
async def test_a_refusal_is_explained_and_the_token_is_never_shown(api, refusal, said):
    api.refusal = refusal
    findings = await found()
    assert said in findings["Bot 987654321"][1]
    assert findings["Bot 987654321"][2]
    assert TOKEN.split(":")[1] not in str(findings)


async def test_a_server_that_is_away_is_named(settings):
    settings.TELEGRAM_API_URL = "http://127.0.0.1:9"
    assert list(await found()) == ["Bot 987654321"]
    assert "127.0.0.1:9 cannot be reached" in (await found())["Bot 987654321"][1]


async def test_half_a_token_is_not_shown_either(api):
    assert "AAHfiqksKZ8WmR2zMnQdLk3vXy7" not in str(await found(TOKEN.split(":")[1]))


@pytest.mark.parametrize(("shift", "said"), [(60, "behind"), (-60, "ahead of")])
async def test_a_wrong_clock_is_found(api, shift, said):
    api.clock += shift
    fine, seen, hint = (await found())["Clock"]
    assert fine is False
    seconds, _, rest = seen.partition(" ")
    assert 55 <= int(seconds) <= 65
    assert rest == f"s {said} Telegram's"
    assert "NTP" in hint
