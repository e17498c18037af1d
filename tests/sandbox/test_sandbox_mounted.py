"""Inside the product's web server the sandbox answers only while it is on."""

import httpx
import pytest
from django.urls import reverse

from bots.sandbox import bridge
from bots.sandbox.asgi import mounted

pytestmark = pytest.mark.django_db(transaction=True)


async def elsewhere(scope, receive, send):
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
async def client():
    transport = httpx.ASGITransport(app=mounted(elsewhere))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client
    await bridge.close()


async def test_it_answers_while_it_is_on(client, settings):
    settings.SANDBOX = True
    answer = await client.get("/bot77:x/getMe")
    assert answer.json()["result"]["username"] == "sandbox_77_bot"
    assert (await client.get("/sandbox/api/state")).json()["people"][0]["first_name"] == "You"


@pytest.mark.parametrize("path", ["/bot77:x/getMe", "/sandbox/api/state", "/admin/"])
async def test_it_passes_everything_on_while_it_is_off(client, settings, path):
    settings.SANDBOX = False
    assert (await client.get(path)).status_code == 418


async def test_addresses_that_only_look_alike_are_passed_on(client, settings):
    settings.SANDBOX = True
    assert (await client.get("/bots/")).status_code == 418


@pytest.mark.parametrize(("on", "status"), [(True, 200), (False, 404)])
async def test_the_page_is_there_only_while_it_is_on(async_client, settings, on, status):
    settings.SANDBOX = on
    settings.ROOT_URLCONF = "bots.sandbox.urls"
    settings.MIDDLEWARE = ["bots.sandbox.views.security_headers"]
    answer = await async_client.get(reverse("sandbox", urlconf="bots.sandbox.urls"))
    assert answer.status_code == status
    if on:
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert b"<script>" not in answer.content
        assert b"style=" not in answer.content
