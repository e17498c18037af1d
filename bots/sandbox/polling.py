"""getUpdates: a true long poll with Telegram's rules of confirming and of who may poll."""

import asyncio
import time
from typing import Any

from bots.sandbox import bridge
from bots.sandbox.accounts import find_bot
from bots.sandbox.errors import OTHER_POLL, WEBHOOK_ACTIVE, ApiError
from bots.sandbox.models import PendingUpdate, SandboxBot
from bots.sandbox.params import Params
from bots.sandbox.updates import bot_key, prune
from bots.sandbox.waiting import Sleeper, replace

LONGEST_POLL = 50.0
PRUNE_EVERY = 60.0

_pruned = {"at": 0.0}


async def get_updates(token: str, params: Params, gone: asyncio.Event) -> list[Any]:
    """Return the bot's updates, waiting for the first; `gone` says that the caller hung up."""
    bot, found = await bridge.run(first_look, token, params)
    key = bot_key(bot)
    replace(key)
    with Sleeper(key) as sleeper:
        until = time.monotonic() + min(max(params.integer("timeout"), 0), LONGEST_POLL)
        # What came between the first look and the sleep is found by a second look.
        while not found and not gone.is_set() and not sleeper.dismissed:
            found = await bridge.run(hand_out, bot, params)
            left = until - time.monotonic()
            if found or left <= 0:
                break
            await sleeper.sleep(left)
        if sleeper.replaced and not found:
            raise ApiError(409, OTHER_POLL)
    return found


def first_look(token: str, params: Params) -> tuple[SandboxBot, list[Any]]:
    """Confirm what the offset confirms and return what is waiting."""
    bot = find_bot(token)
    if bot.webhook.get("url"):
        raise ApiError(409, WEBHOOK_ACTIVE)
    remember_allowed(bot, params)
    confirm(bot, params)
    if time.monotonic() - _pruned["at"] > PRUNE_EVERY:
        _pruned["at"] = time.monotonic()
        prune()
    return bot, hand_out(bot, params)


def remember_allowed(bot: SandboxBot, params: Params) -> None:
    """Keep the kinds of update the bot wants from now on."""
    if "allowed_updates" not in params.values:
        return
    wanted = list(params.structure("allowed_updates") or [])
    if wanted != bot.allowed_updates:
        bot.allowed_updates = wanted
        bot.save(update_fields=["allowed_updates"])


def confirm(bot: SandboxBot, params: Params) -> None:
    """Forget the updates below the offset; a negative one keeps that many from the end."""
    offset = params.integer("offset")
    pending = PendingUpdate.objects.filter(bot=bot)
    if offset > 0:
        pending.filter(injected=False, update_id__lt=offset).delete()
    elif offset < 0:
        kept = list(pending.order_by("-pk").values_list("pk", flat=True)[:-offset])
        pending.exclude(pk__in=kept).delete()
    # An injected update may repeat an old id, so the offset says nothing about it.
    pending.filter(injected=True, handed_out=True).delete()


def hand_out(bot: SandboxBot, params: Params) -> list[Any]:
    """Return the oldest unconfirmed updates."""
    limit = min(max(params.integer("limit", 100), 1), 100)
    rows = list(PendingUpdate.objects.filter(bot=bot).order_by("pk")[:limit])
    injected = [row.pk for row in rows if row.injected]
    if injected:
        PendingUpdate.objects.filter(pk__in=injected).update(handed_out=True)
    return [row.payload for row in rows]
