"""Deliver updates to webhooks, one after the other and patiently."""

import asyncio
import logging
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.utils import timezone

from bots.sandbox import bridge, methods
from bots.sandbox.errors import ApiError
from bots.sandbox.models import PendingUpdate, SandboxBot
from bots.sandbox.params import Params
from bots.sandbox.waiting import Sleeper

logger = logging.getLogger(__name__)

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
ANSWER_TIMEOUT = 60.0


@dataclass
class Delivery:
    """The task that serves one bot's webhook."""

    bot_pk: int
    client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(timeout=ANSWER_TIMEOUT)
    )
    failures: int = 0

    async def run(self) -> None:
        """Deliver until the webhook is taken away."""
        async with self.client:
            with Sleeper(f"webhook{self.bot_pk}") as pause, Sleeper(f"bot{self.bot_pk}") as news:
                while not news.dismissed or news.replaced:
                    news.replaced = False
                    bot, update = await bridge.run(next_update, self.bot_pk)
                    if bot is None:
                        return
                    if update is None:
                        await news.sleep(LONGEST_WAIT)
                    elif not await self.deliver(bot, update):
                        await self.back_off(pause)

    async def deliver(self, bot: SandboxBot, update: PendingUpdate) -> bool:
        """Post one update; True when it was taken."""
        secret = bot.webhook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            answer = await self.client.post(
                bot.webhook["url"], json=update.payload, headers=headers
            )
        except httpx.HTTPError as error:
            trouble = f"Connection failed: {type(error).__name__}"
        else:
            if answer.is_success:
                await bridge.run(taken, update.pk)
                await run_answer(bot.token, answer)
                self.failures = 0
                return True
            trouble = (
                f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
            )
        await bridge.run(note_trouble, bot.pk, trouble)
        return False

    async def back_off(self, pause: Sleeper) -> None:
        """Wait longer after each failure in a row."""
        self.failures += 1
        until = time.monotonic() + min(FIRST_WAIT * 2 ** (self.failures - 1), LONGEST_WAIT)
        while (left := until - time.monotonic()) > 0 and not pause.dismissed:
            await pause.sleep(left)


async def run_answer(token: str, answer: httpx.Response) -> None:
    """Run the call a webhook may give as its answer; nobody hears how it ended."""
    try:
        values: Any = answer.json()
        name = methods.method_name(values.pop("method"))
        await bridge.run(methods.call, token, Params(name, values))
    except (ValueError, KeyError, TypeError, AttributeError):
        # An ordinary answer: empty, or not a call.
        return
    except ApiError as error:
        logger.info("sandbox_webhook_call_refused", extra={"error_code": error.code})


def next_update(bot_pk: int) -> tuple[SandboxBot | None, PendingUpdate | None]:
    """Return the bot, if it still has a webhook, and its oldest update."""
    bot = SandboxBot.objects.filter(pk=bot_pk).first()
    if bot is None or not bot.webhook.get("url"):
        return None, None
    return bot, PendingUpdate.objects.filter(bot=bot).order_by("pk").first()


def taken(update_pk: int) -> None:
    """Forget a delivered update."""
    PendingUpdate.objects.filter(pk=update_pk).delete()


def note_trouble(bot_pk: int, text: str) -> None:
    """Keep the last failure for getWebhookInfo."""
    bot = SandboxBot.objects.get(pk=bot_pk)
    if bot.webhook:
        bot.webhook["last_error_date"] = int(timezone.now().timestamp())
        bot.webhook["last_error_message"] = text
        bot.save(update_fields=["webhook"])


_tasks: dict[int, asyncio.Task[None]] = {}


def hooked_bots() -> list[int]:
    """Return the bots that have a webhook."""
    return list(SandboxBot.objects.exclude(webhook={}).values_list("pk", flat=True))


async def deliver_webhooks() -> None:
    """Start delivering for every bot that has a webhook and is not served yet."""
    for pk in await bridge.run(hooked_bots):
        task = _tasks.get(pk)
        if task is None or task.done():
            _tasks[pk] = asyncio.create_task(Delivery(pk).run(), name=f"sandbox-webhook-{pk}")


async def stop_delivering() -> None:
    """End the deliveries; what is not delivered waits for the next start."""
    tasks = list(_tasks.values())
    _tasks.clear()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
