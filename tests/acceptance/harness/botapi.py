"""The Bot API server of the tests: the sandbox as a process, and its people's side as objects."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.acceptance.harness.processes import Process, clean_environment
from tests.acceptance.harness.waiting import until


@dataclass(frozen=True)
class Sent:
    """A call the server accepted; `at` is Unix seconds."""

    number: int
    at: float
    method: str
    chat_id: int
    message_id: int
    text: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Chat:
    """A chat, seen by one person in it."""

    api: "BotApi"
    id: int
    chat_id: int
    person: int

    def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Write a message."""
        return self._act("messages", text=text, **more)

    def edit(self, message_id: int, text: str) -> dict[str, Any]:
        """Change an own message."""
        return self._act("edit", message_id=message_id, text=text)

    def press(self, message_id: int, data: str) -> dict[str, Any]:
        """Press a button and wait for the bot's answer."""
        return self._act("press", message_id=message_id, data=data)

    def act(self, what: str, **more: Any) -> dict[str, Any]:
        """Do anything else of the people's API: block, unblock, migrate ..."""
        return self._act(what, **more)

    def _act(self, what: str, **body: Any) -> dict[str, Any]:
        return self.api.post(f"chats/{self.id}/{what}", person=self.person, **body)


class BotApi:
    """The sandbox process and a client of its people's API."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        env = clean_environment(DATA_DIR=str(directory), TELEGRAM_BOT_TOKEN="")
        command = [sys.executable, "manage.py", "sandbox", "--port", "0"]
        self.process = Process(command, env, directory / "sandbox.log")
        found = until(
            lambda: re.search(r"http://127\.0\.0\.1:\d+", self.process.log()),
            60,
            "the sandbox's address",
        )
        self.url = found[0]
        self._http = httpx.Client(base_url=f"{self.url}/sandbox/api/", timeout=60, trust_env=False)

    def close(self) -> None:
        """End the server."""
        self._http.close()
        self.process.kill()

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """Read from the people's API."""
        return self._read(self._http.get(path, params=query))

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        """Call the people's API."""
        return self._read(self._http.post(path, json=body))

    def _read(self, answer: httpx.Response) -> dict[str, Any]:
        assert answer.is_success, f"{answer.request.url}: {answer.text[:500]}"
        return dict(answer.json())

    def new_bot(self, token: str) -> int:
        """Make a bot; returns its id."""
        return int(self.post("bots", token=token)["id"])

    def new_person(self, name: str = "Ann", **more: Any) -> int:
        """Make a person; returns the id."""
        return int(self.post("people", first_name=name, **more)["id"])

    def private_chat(self, bot: int, name: str = "Ann", **more: Any) -> Chat:
        """Return a new person's chat with the bot, already opened."""
        person = self.new_person(name, **more)
        made = self.post("chats", kind="private", bot=bot, person=person, start=True)
        return Chat(self, made["id"], made["chat_id"], person)

    def group(self, bot: int, kind: str = "group", **more: Any) -> Chat:
        """Return a new group of one person and the bot."""
        person = self.new_person("Ben")
        made = self.post("chats", kind=kind, bot=bot, person=person, **more)
        return Chat(self, made["id"], made["chat_id"], person)

    def enqueue(self, messages: list[tuple[Chat, str]]) -> None:
        """Have people write many messages at once, in order."""
        rows = [{"chat": chat.id, "person": chat.person, "text": text} for chat, text in messages]
        self.post("enqueue", messages=rows)

    def inject(self, bot: int, updates: list[dict[str, Any]]) -> None:
        """Queue raw updates; each is handed out once, whatever its id."""
        self.post("updates", bot=bot, updates=updates)

    def unconfirmed(self, bot: int) -> list[dict[str, Any]]:
        """Return the updates the bot has not confirmed."""
        return list(self.get("updates", bot=bot)["updates"])

    def sends(self, bot: int, method: str = "") -> list[Sent]:
        """Return the calls of a bot that were accepted, in order."""
        found: list[Sent] = []
        after = 0
        while page := self.get("sends", bot=bot, after=after)["sends"]:
            after = page[-1]["id"]
            found += [
                Sent(row["id"], row["at"], row["method"], row["chat_id"], row["message_id"] or 0,
                     row["text"], row["payload"])
                for row in page
            ]  # fmt: skip
        return [sent for sent in found if method in {"", sent.method}]
