"""One sandbox process for the whole run; every test takes a fresh bot and person in it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from tests.sandbox.running import Sandbox, running_sandbox

_numbers = count(9001)


@pytest.fixture(scope="session")
async def sandbox_process(tmp_path_factory) -> AsyncIterator[Sandbox]:
    async with running_sandbox(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


@dataclass
class Talk:
    """A person in a private chat with a bot of their own."""

    sandbox: Sandbox
    bot: int
    person: int
    chat: int

    async def write(self, text: str = "hello", chat: int = 0, **more: Any) -> dict[str, Any]:
        path = f"chats/{chat or self.chat}/messages"
        return await self.act(path, text=text, **more)

    async def act(self, path: str, **body: Any) -> Any:
        return await self.sandbox.people.post(path, **{"person": self.person} | body)

    async def result(self, method: str, **params: Any) -> Any:
        return await self.sandbox.result(method, **params)

    async def refusal(self, method: str, **params: Any) -> str:
        return await self.sandbox.refusal(method, **params)

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        return await self.sandbox.result("getUpdates", **params)

    async def send(self, text: str = "hi", **params: Any) -> dict[str, Any]:
        return await self.result("sendMessage", **{"chat_id": self.person, "text": text} | params)

    async def group(self, kind: str = "group", **more: Any) -> dict[str, Any]:
        return await self.act("chats", kind=kind, title="Family", bot=self.bot, **more)


@pytest.fixture
async def talk(sandbox_process) -> Talk:
    number = next(_numbers)
    process = sandbox_process
    sandbox = Sandbox(process.url, process.people, process.process, token=f"{number}:test")
    await sandbox.result("getMe")
    person = await sandbox.people.post("people", first_name=f"Person {number}")
    chat = await sandbox.people.post("chats", kind="private", bot=number, person=person["id"])
    found = Talk(sandbox, number, person["id"], chat["id"])
    await found.write("/start")
    await found.updates(offset=-1)
    await found.updates(offset=(await found.updates())[0]["update_id"] + 1)
    return found
