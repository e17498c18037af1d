"""Health that looks at ages and outcomes, not at flags: a part can be deaf while it says it runs."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from temporalio.service import RPCError
from temporalio.worker import Worker

from bots import heartbeat
from bots.client import check
from bots.database import in_database
from bots.link import link
from bots.models import Bot
from bots.telegram import bot_id_of
from config.supervisor import Supervisor
from reminders.models import Reminder

POLL_AGE = 45.0  # seconds since getUpdates was last answered: three long polls
OVERDUE_AGE = 60.0  # seconds the oldest due reminder may wait
CHECK_SECONDS = 3.0
PART = "health"


@dataclass
class _Process:
    supervisor: Supervisor | None = None
    worker: Worker | None = None


_process = _Process()


def watch(supervisor: Supervisor) -> None:
    """Report on the parts of this supervisor."""
    _process.supervisor = supervisor


def note_worker(worker: Worker | None) -> None:
    """Report on this worker."""
    _process.worker = worker


async def livez(request: HttpRequest) -> HttpResponse:
    """Answer that the event loop turns."""
    return HttpResponse("ok\n", content_type="text/plain")


async def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 if everything this process should do is being done, else 503; the body says what."""
    found = await report()
    return JsonResponse(found, status=200 if found["ok"] else 503)


async def report() -> dict[str, Any]:
    """Return what each part does, and under `ok` whether that is everything it should do."""
    parts = {**await _database(), "temporal": await _temporal(), "parts": _parts()}
    return {"ok": all(part["ok"] for part in parts.values()), **parts}


async def _database() -> dict[str, dict[str, Any]]:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await in_database(_ask_database)
    except (DatabaseError, InterfaceError, TimeoutError) as error:
        return {"database": {"ok": False, "error": type(error).__name__}}


def _ask_database() -> dict[str, dict[str, Any]]:
    now = timezone.now()
    heartbeat.note(PART, now)  # what can only be read, as on a full disk, takes nothing in
    pollers = _pollers(now) if settings.TELEGRAM_MODE == "polling" else {"ok": True}
    return {"database": {"ok": True}, "pollers": pollers, "reminders": _overdue(now)}


def _pollers(now: datetime) -> dict[str, Any]:
    """Return each bot's age of its last good poll, by whichever process polls it."""
    ids = [bot_id_of(token) for token in settings.TELEGRAM_BOT_TOKENS]
    rows = {row.pk: row for row in Bot.objects.filter(pk__in=ids)}
    bots: dict[str, dict[str, Any]] = {}
    for bot_id in ids:
        row = rows.get(bot_id)
        polled = row.last_polled_at if row else None
        age = (now - polled).total_seconds() if polled else None
        error = row.poll_error if row else "never polled"
        bots[str(bot_id)] = {"last_good_poll_age": age and round(age, 1), "error": error}
    return {"ok": all(_polls(bot) for bot in bots.values()), "bots": bots}


def _polls(bot: dict[str, Any]) -> bool:
    """Say whether a bot polls; an error stands only as long as no poll is answered again."""
    age = bot["last_good_poll_age"]
    return age is not None and age < POLL_AGE and not bot["error"]


def _overdue(now: datetime) -> dict[str, Any]:
    late = Reminder.objects.filter(
        state=Reminder.State.ACTIVE, fire_at__lt=now - timedelta(seconds=1)
    )
    oldest = late.order_by("fire_at").values_list("fire_at", flat=True).first()
    age = (now - oldest).total_seconds() if oldest else 0.0
    return {"ok": age < OVERDUE_AGE, "oldest_overdue": round(age, 1)}


async def _temporal() -> dict[str, Any]:
    """Return whether the cluster answers and, where this process works, whether its worker runs."""
    supervisor, client = _process.supervisor, link.client
    if supervisor is None:
        return {"ok": True, "note": "no worker in this process"}
    if client is None:
        return {"ok": False, "error": "not connected"}
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await check(client)
    except (RPCError, RuntimeError, TimeoutError) as error:
        return {"ok": False, "error": type(error).__name__}
    has_worker = any(part.name == "worker" for part in supervisor.parts)
    running = _process.worker is not None and _process.worker.is_running
    return {"ok": running or not has_worker, "worker": running if has_worker else "elsewhere"}


def _parts() -> dict[str, Any]:
    if _process.supervisor is None:
        return {"ok": True}
    parts = {part.name: part.state for part in _process.supervisor.parts}
    return {"ok": all(state == "running" for state in parts.values()), **parts}
