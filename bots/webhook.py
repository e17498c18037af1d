"""The webhook: Telegram's own delivery of updates, answered 200 only after the row is committed."""

import json
import logging
from collections.abc import Callable
from secrets import compare_digest

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from bots.database import in_database
from bots.inbox import store
from bots.telegram import bot_id_of

logger = logging.getLogger(__name__)

LARGEST_UPDATE = 1024 * 1024  # bytes
on_stored: list[Callable[[], None]] = []  # the dispatcher of this process, if it has one


@csrf_exempt
async def receive(request: HttpRequest, bot_id: int) -> HttpResponse:
    """Store one update. Answers 405, 403, 415, 413, 400 or 503 (Telegram repeats it) where it cannot.

    The secret is the header of https://core.telegram.org/bots/api#setwebhook.
    """
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    secret = settings.TELEGRAM_WEBHOOK_SECRET
    given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    known = bot_id in {bot_id_of(token) for token in settings.TELEGRAM_BOT_TOKENS}
    if not known or not secret or not compare_digest(given.encode(), secret.encode()):
        return HttpResponse(status=403)
    if request.content_type != "application/json":
        return HttpResponse(status=415)
    # What says nothing of its length was read as a whole already, within Django's own limit.
    length = request.headers.get("Content-Length", "")
    if (length.isdecimal() and int(length) > LARGEST_UPDATE) or len(request.body) > LARGEST_UPDATE:
        return HttpResponse(status=413)
    return await _store(bot_id, request.body)


async def _store(bot_id: int, body: bytes) -> HttpResponse:
    try:
        raw = json.loads(body)
        if not isinstance(raw, dict) or type(raw.get("update_id")) is not int:
            return HttpResponse(status=400)
        is_new = await in_database(store, bot_id, raw)
    except (ValueError, RecursionError, OverflowError):
        return HttpResponse(status=400)
    except (DatabaseError, InterfaceError):
        logger.warning("webhook: the inbox could not be written", extra={"bot": bot_id})
        return HttpResponse(status=503)
    if is_new:
        for wake in on_stored:
            wake()
    return HttpResponse(status=200)
