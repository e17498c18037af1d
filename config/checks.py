"""Wrong settings are found at the start, all at once, each with what to set instead."""

import ipaddress
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning, register  # noqa: A004
from django.core.exceptions import ImproperlyConfigured

from bots.codec import configured_keys
from config import env

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
ADDRESS = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^:/\s]+):(?P<port>\d{1,5})")
LOG_CHAT = re.compile(r"-?\d{1,16}|@\w{4,32}")
TELEGRAM = "https://api.telegram.org"
SQLITE = "config.sqlite"

Check = Callable[[], Iterator[CheckMessage]]
CHECKS: list[Check] = []


@register("config")
def check_settings(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Run every check of this file."""
    return [message for check in CHECKS for message in check()]


@CHECKS.append
def tokens() -> Iterator[CheckMessage]:
    """Refuse a token that was cut or pasted twice, before Telegram does."""
    if settings.SANDBOX:
        return
    numbers = [token.split(":")[0] for token in settings.TELEGRAM_BOT_TOKENS]
    for place, token in enumerate(settings.TELEGRAM_BOT_TOKENS, 1):
        if not TOKEN.fullmatch(token):
            yield Error(
                f"TELEGRAM_BOT_TOKEN: token number {place} does not look like a bot token.",
                hint="Copy it whole from @BotFather; it looks like 123456789:AAH... Several tokens "
                "are separated by commas. Leave it empty to try the sandbox.",
                id="config.E001",
            )
    if len(set(numbers)) < len(numbers):
        yield Error(
            "TELEGRAM_BOT_TOKEN names one bot twice.",
            hint="Give each bot once.",
            id="config.E002",
        )


@CHECKS.append
def webhook() -> Iterator[CheckMessage]:
    """Ask for https, which Telegram demands, and for the secret that tells its calls apart."""
    if settings.TELEGRAM_MODE != "webhook":
        return
    # A Bot API server of one's own may deliver over http (https://core.telegram.org/bots/api).
    schemes = {"https"} if settings.TELEGRAM_API_URL == TELEGRAM else {"https", "http"}
    if urlsplit(settings.PUBLIC_URL).scheme not in schemes:
        yield Error(
            "TELEGRAM_MODE=webhook needs a public https address.",
            hint="Set PUBLIC_URL=https://your.host, or TELEGRAM_MODE=polling.",
            id="config.E003",
        )
    if not WEBHOOK_SECRET.fullmatch(settings.TELEGRAM_WEBHOOK_SECRET):
        yield Error(
            "TELEGRAM_MODE=webhook needs a secret of 1 to 256 letters, digits, _ or -.",
            hint="Set TELEGRAM_WEBHOOK_SECRET, for example to the output of: openssl rand -hex 32",
            id="config.E004",
        )


@CHECKS.append
def public_url() -> Iterator[CheckMessage]:
    """Refuse an address from which no link, cookie or allowed host can be derived."""
    if settings.PUBLIC_URL and not _is_url(settings.PUBLIC_URL):
        yield Error(
            f"PUBLIC_URL={settings.PUBLIC_URL} is not the address of a site.",
            hint="Set it to what people type, e.g. PUBLIC_URL=https://bot.example.org",
            id="config.E005",
        )


@CHECKS.append
def heartbeat_url() -> Iterator[CheckMessage]:
    """Refuse an address that nobody can ask: its silence would look like a death."""
    if settings.HEARTBEAT_URL and not _is_url(settings.HEARTBEAT_URL):
        yield Error(
            "HEARTBEAT_URL is not an address that can be asked.",
            hint="Set it to the whole address that your monitor gave you, https://..., or leave it empty.",
            id="config.E020",
        )


@CHECKS.append
def web_bind() -> Iterator[CheckMessage]:
    """Keep debug pages on this machine: they show settings and code."""
    host = address_host(settings.WEB_BIND)
    if host is None:
        yield Error(
            f"WEB_BIND={settings.WEB_BIND} is not an address and a port.",
            hint="Set it as host:port, e.g. WEB_BIND=127.0.0.1:8000 or WEB_BIND=0.0.0.0:8000",
            id="config.E006",
        )
    elif settings.DEBUG and not is_loopback(host):
        yield Error(
            "DJANGO_DEBUG is on and WEB_BIND is open to the network.",
            hint="Set DJANGO_DEBUG=false, or WEB_BIND=127.0.0.1:8000",
            id="config.E007",
        )


@CHECKS.append
def secret_key() -> Iterator[CheckMessage]:
    """Ask for a common key: one that a machine made for itself is no key for the others."""
    if settings.DATABASES["default"]["ENGINE"] != SQLITE and not env.text("DJANGO_SECRET_KEY"):
        yield Error(
            "With a database that machines can share, they must share the secret key too.",
            hint="Set DJANGO_SECRET_KEY to the same 50 or more random characters everywhere.",
            id="config.E008",
        )


@CHECKS.append
def telegram_api() -> Iterator[CheckMessage]:
    """Look at where calls go: the token is part of every address."""
    if settings.SANDBOX:
        return
    parts = urlsplit(settings.TELEGRAM_API_URL)
    if not _is_url(settings.TELEGRAM_API_URL):
        yield Error(
            f"TELEGRAM_API_URL={settings.TELEGRAM_API_URL} is not the root of a Bot API server.",
            hint="Set it e.g. to http://127.0.0.1:8081, or leave it empty for Telegram's own.",
            id="config.E009",
        )
    elif parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        yield Warning(
            "TELEGRAM_API_URL sends the token unencrypted over the network.",
            hint="Use https, or a Bot API server on this machine or on a network you trust.",
            id="config.W010",
        )


@CHECKS.append
def temporal() -> Iterator[CheckMessage]:
    """Ask for all the settings of a cluster, or none."""
    address = settings.TEMPORAL_ADDRESS
    if address and address_host(address) is None:
        yield Error(
            f"TEMPORAL_ADDRESS={address} is not an address and a port.",
            hint="Set it as host:port, e.g. TEMPORAL_ADDRESS=127.0.0.1:7233",
            id="config.E011",
        )
    for name in ("TEMPORAL_TLS_CERT", "TEMPORAL_TLS_KEY", "TEMPORAL_TLS_CA"):
        path = getattr(settings, name)
        if path and not Path(path).is_file():
            yield Error(
                f"{name}={path}: there is no such file.",
                hint=f"Set {name} to the path of a PEM file.",
                id="config.E012",
            )
    if bool(settings.TEMPORAL_TLS_CERT) != bool(settings.TEMPORAL_TLS_KEY):
        yield Error(
            "A TLS certificate and its key come together.",
            hint="Set both TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY, or neither.",
            id="config.E013",
        )
    if not address and (settings.TEMPORAL_API_KEY or settings.TEMPORAL_TLS_CERT):
        yield Warning(
            "TEMPORAL_ADDRESS is empty, so the embedded server runs and the access settings rest.",
            hint="Set TEMPORAL_ADDRESS=host:port of your cluster.",
            id="config.W014",
        )


@CHECKS.append
def payload_keys() -> Iterator[CheckMessage]:
    """Refuse a malformed key at the start and not in the first workflow."""
    try:
        configured_keys()
    except ImproperlyConfigured as error:
        yield Error(str(error), id="config.E015")


@CHECKS.append
def one_machine() -> Iterator[CheckMessage]:
    """Say that rows in a file of one machine cannot be seen from another."""
    remote = address_host(settings.TEMPORAL_ADDRESS)
    sqlite = settings.DATABASES["default"]["ENGINE"] == SQLITE
    if sqlite and remote and not is_loopback(remote):
        yield Info(
            "With SQLite all parts of the bot must run on this one machine.",
            hint="To share the work over machines set DATABASE_URL=postgres://...",
            id="config.I016",
        )


@CHECKS.append
def one_temporal() -> Iterator[CheckMessage]:
    """Say that machines which share the rows must share the clock: two servers would both fire them."""
    shared = settings.DATABASES["default"]["ENGINE"] != SQLITE
    if shared and not settings.TEMPORAL_ADDRESS:
        yield Info(
            "The embedded Temporal server is for one machine; this database can be used from several.",
            hint="Before a second machine runs `runbot`, set TEMPORAL_ADDRESS=host:port to the same "
            "cluster on all of them. Several processes with one DATA_DIR share one embedded server.",
            id="config.I017",
        )


@CHECKS.append
def log_chat() -> Iterator[CheckMessage]:
    """Look at the operators' log chat: only some chats can prove that a message did not arrive."""
    chat = settings.TELEGRAM_LOG_CHAT
    if chat and not LOG_CHAT.fullmatch(chat):
        yield Error(
            f"TELEGRAM_LOG_CHAT={chat} is no chat.",
            hint="Set it to a chat id, e.g. your own user id, or to the @name of a channel.",
            id="config.E018",
        )
    elif chat.startswith(("@", "-100")):
        yield Info(
            "TELEGRAM_LOG_CHAT is a channel or supergroup: it shows words and bounds no ids.",
            hint="Set it to a private chat or a basic group, whose ids come from the bot's own counter.",
            id="config.I019",
        )


def address_host(address: str) -> str | None:
    """Return the host of `host:port`; None when that is not what it is."""
    found = ADDRESS.fullmatch(address)
    if not found or not 0 < int(found["port"]) <= 65535:
        return None
    return found["host"].strip("[]")


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach the host."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
