"""Asks Telegram what stands between it and a bot, for whoever wonders why nothing comes."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

# Beyond this, signatures and certificates begin to fail, and reminders are late by as much.
MOST_SKEW_SECONDS = 10.0
# An older failure of the webhook has been overcome since.
RECENT_SECONDS = 3600
CALL_SECONDS = 5.0


@dataclass(frozen=True)
class Finding:
    """One answer of the doctor: fine or not, what was seen, and what helps."""

    subject: str
    fine: bool
    seen: str
    hint: str = ""


class _Clock:
    """Remembers how far our clock is from the one in the answers, in seconds."""

    def __init__(self) -> None:
        self.skew: float | None = None

    async def read(self, response: httpx.Response) -> None:
        told = response.headers.get("Date")
        if told:
            self.skew = time.time() - parsedate_to_datetime(told).timestamp()


async def telegram(token: str) -> AsyncIterator[Finding]:
    """Ask for the bot, its webhook and the time; at most some 15 s, and nothing is changed."""
    # Only the number: what stands before the colon of half a token may be the secret half.
    number = token.split(":")[0]
    subject, clock = f"Bot {number}" if number.isdigit() else "Bot", _Clock()
    request = HTTPXRequest(
        connect_timeout=CALL_SECONDS,
        read_timeout=CALL_SECONDS,
        httpx_kwargs={"event_hooks": {"response": [clock.read]}},
    )
    bot = Bot(token, base_url=f"{settings.TELEGRAM_API_URL}/bot", request=request)
    try:
        async with bot:
            yield Finding(subject, fine=True, seen=f"answers as @{bot.username}")
            yield _webhook(subject, await bot.get_webhook_info())
    except TelegramError as error:
        yield _refusal(subject, error)
    if clock.skew is not None:
        yield _time(clock.skew)


def _refusal(subject: str, error: TelegramError) -> Finding:
    """Explain an error in our own words: Telegram's may quote the token."""
    match error:
        case InvalidToken():
            seen, hint = "the token is refused", "Copy it again from @BotFather."
        case Conflict():
            seen, hint = "another program polls for this bot", "End the other one."
        case NetworkError() if not isinstance(error, BadRequest):
            host = urlsplit(settings.TELEGRAM_API_URL).netloc
            seen = f"{host} cannot be reached ({type(error).__name__})"
            hint = "Look at the network, the proxy and TELEGRAM_API_URL."
        case _:
            seen, hint = f"Telegram refused the call ({type(error).__name__})", "Try again later."
    return Finding(subject, fine=False, seen=seen, hint=hint)


def _webhook(subject: str, info: WebhookInfo) -> Finding:
    subject, waiting = f"{subject} line", f"{info.pending_update_count} messages wait"
    host = urlsplit(info.url).hostname if info.url else None
    if settings.TELEGRAM_MODE == "polling":
        if host:
            hint = "`manage.py runbot` removes it; end the program behind it if that is still used."
            return Finding(subject, fine=False, seen=f"messages go to {host}", hint=hint)
        return Finding(subject, fine=True, seen=f"free to poll, {waiting}")
    if not info.url or not info.url.startswith(settings.PUBLIC_URL):
        seen = f"messages go to {host}" if host else "no webhook is set"
        return Finding(subject, fine=False, seen=seen, hint="Run `manage.py setwebhook`.")
    failed = info.last_error_date
    if failed and time.time() - failed.timestamp() < RECENT_SECONDS:
        seen = f"Telegram could not deliver: {info.last_error_message}; {waiting}"
        hint = "See that PUBLIC_URL leads to WEB_BIND through the proxy."
        return Finding(subject, fine=False, seen=seen, hint=hint)
    return Finding(subject, fine=True, seen=f"webhook at {host}, {waiting}")


def _time(skew: float) -> Finding:
    seen = f"{abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} Telegram's"
    fine = abs(skew) <= MOST_SKEW_SECONDS
    return Finding("Clock", fine=fine, seen=seen, hint="Turn on time synchronisation (NTP).")
