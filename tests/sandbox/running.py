"""Run `manage.py sandbox` as a real process and act as people through its API."""

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.machine import within

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "4242:sandbox-test"


@dataclass
class People:
    """The people's side of a running sandbox."""

    client: httpx.AsyncClient

    async def get(self, path: str, **query: Any) -> Any:
        return read(await self.client.get(f"/sandbox/api/{path}", params=query))

    async def post(self, path: str, **body: Any) -> Any:
        return read(await self.client.post(f"/sandbox/api/{path}", json=body))

    async def wait_for_sends(self, after: int, count: int, **query: Any) -> list[dict[str, Any]]:
        """Return the accepted calls after a number as soon as there are `count`."""
        found: list[dict[str, Any]] = []
        async with asyncio.timeout(within(30)):
            while len(found) < count:
                news = await self.get("sends", after=after, timeout=10, **query)
                found += news["sends"]
                after = news["after"]
        return found


def read(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, (answer.status_code, answer.text)
    return answer.json()


@dataclass
class Sandbox:
    """A running sandbox process."""

    url: str
    people: People
    process: asyncio.subprocess.Process
    token: str = TOKEN

    async def call(self, method: str, token: str = "", **params: Any) -> dict[str, Any]:
        """Call the Bot API and return the whole answer, refusals too."""
        answer = await self.people.client.post(
            f"/bot{token or self.token}/{method}",
            # Written here, so that a text no JSON library would send can be tried too.
            content=json.dumps(params).encode(),
            headers={"Content-Type": "application/json"},
        )
        found: dict[str, Any] = answer.json()
        assert answer.status_code == found.get("error_code", 200)
        return found

    async def result(self, method: str, **params: Any) -> Any:
        found = await self.call(method, **params)
        assert found["ok"], found
        return found["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        found = await self.call(method, **params)
        assert not found["ok"], found
        return f"{found['error_code']} {found['description']}"


@asynccontextmanager
async def running_sandbox(data: Path) -> AsyncIterator[Sandbox]:
    """Start the command on a free port with its own data directory; stop it with SIGTERM."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "manage.py",
        "sandbox",
        "--port",
        "0",
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"DATA_DIR": str(data)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), within(60))).decode()
        found = re.search(r"http://[^/]+", line)
        assert found, line
        async with httpx.AsyncClient(base_url=found[0], timeout=70) as client:
            yield Sandbox(found[0], People(client), process)
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), within(10))
