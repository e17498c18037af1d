"""One whole product for all walks: `manage.py runbot` without a token, as `make run` starts it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from tests.acceptance.harness.database import Database
from tests.acceptance.harness.processes import ROOT
from tests.acceptance.harness.runbot import START_SECONDS, Runbot
from tests.acceptance.harness.waiting import until
from tests.walks.browsing import chromium


class Product:
    """The running product: its pages, its printed account, its sandbox and its database."""

    def __init__(self, runbot: Runbot) -> None:
        self.runbot = runbot
        self.url = f"http://{runbot.web}"
        self.database = Database(f"sqlite:///{runbot.directory / 'db.sqlite3'}")
        self._people = httpx.Client(
            base_url=f"{self.url}/sandbox/api/", timeout=30, trust_env=False
        )

    @property
    def account(self) -> tuple[str, str]:
        """Name and password of the admin account, as printed."""
        found = re.search(r"Sign in:\s+(\S+) / (\S+)", self.runbot.process.log())
        assert found, "no account was printed"
        return found[1], found[2]

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """Read from the sandbox's people's API."""
        return dict(self._people.get(path, params=query).raise_for_status().json())

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        """Call the sandbox's people's API."""
        return dict(self._people.post(path, json=body).raise_for_status().json())

    def newcomer(self, name: str) -> "Person":
        """Return a new person who has started the bot and was answered."""
        person = self.post("people", first_name=name)["id"]
        bot = self.get("state", person=person)["bots"][0]["id"]
        chat = self.post("chats", kind="private", bot=bot, person=person, start=True)
        found = Person(self, person, chat["id"])
        found.write("/timezone Berlin")
        found.wait_for("Europe/Berlin")
        return found

    def run(self, program: str, *arguments: str) -> str:
        """Run a program with the product's own settings, database and functions."""
        ended = subprocess.run(
            [sys.executable, "-c", program, *arguments], cwd=ROOT, check=True, capture_output=True,
            text=True, env={**self.runbot.env, "DJANGO_SETTINGS_MODULE": "config.settings"},
        )  # fmt: skip
        return ended.stdout

    def close(self) -> None:
        """End it."""
        self._people.close()
        self.runbot.close()


class Person:
    """Somebody in a private chat, behind the sandbox's people's API."""

    def __init__(self, product: Product, person: int, chat: int) -> None:
        self.product = product
        self.id = person
        self.chat = chat

    def write(self, text: str) -> None:
        """Write to the bot."""
        self.product.post(f"chats/{self.chat}/messages", person=self.id, text=text)

    def texts(self) -> list[str]:
        """Return what is in the chat, oldest first."""
        found = self.product.get(f"chats/{self.chat}/messages", person=self.id, limit=200)
        return [row.get("text", "") for row in found["messages"]]

    def wait_for(self, words: str, seconds: float = 20) -> None:
        """Wait until a message with these words has arrived."""
        until(
            lambda: any(words in text for text in self.texts()), seconds, f"{words!r} in the chat"
        )


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    runbot = Runbot(tmp_path_factory.mktemp("walks"), TELEGRAM_BOT_TOKEN="")
    runbot.launch()
    running = Product(runbot)
    until(lambda: runbot.ready() == 200, START_SECONDS, "a ready product")
    yield running
    running.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started
