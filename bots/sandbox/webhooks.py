"""The methods that say where updates are delivered, and how that goes."""

from typing import Any
from urllib.parse import urlsplit

from bots.sandbox.errors import bad_request
from bots.sandbox.models import PendingUpdate, SandboxBot
from bots.sandbox.params import Params
from bots.sandbox.updates import bot_key
from bots.sandbox.waiting import replace

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def set_webhook(bot: SandboxBot, params: Params) -> Any:
    """Deliver updates to an address from now on; an empty one ends it."""
    url = params.text("url").strip()
    if not url:
        return delete_webhook(bot, params)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("bad webhook: an HTTP or HTTPS URL must be provided for webhook")
    if parts.hostname not in LOOPBACK:
        raise bad_request("bad webhook: the sandbox delivers to this machine only")
    secret = params.text("secret_token")
    if not all(character.isalnum() or character in "_-" for character in secret):
        raise bad_request("secret token contains unallowed characters")
    bot.webhook = {
        "url": url,
        "secret_token": secret,
        "max_connections": params.integer("max_connections", 40),
    }
    if "allowed_updates" in params.values:
        bot.allowed_updates = list(params.structure("allowed_updates") or [])
    finish(bot, params)
    return True


def delete_webhook(bot: SandboxBot, params: Params) -> Any:
    """Stop delivering; what is waiting stays for getUpdates."""
    bot.webhook = {}
    finish(bot, params)
    return True


def finish(bot: SandboxBot, params: Params) -> None:
    """Store the webhook and drop what is pending if asked."""
    bot.save(update_fields=["webhook", "allowed_updates"])
    if params.flag("drop_pending_updates"):
        PendingUpdate.objects.filter(bot=bot).delete()
    # A poll that runs now must end: the webhook has taken over.
    replace(bot_key(bot))


def get_webhook_info(bot: SandboxBot, params: Params) -> Any:
    """Return the state of the webhook."""
    hook = bot.webhook
    found: dict[str, Any] = {
        "url": hook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": PendingUpdate.objects.filter(bot=bot).count(),
    }
    names = ("max_connections", "last_error_date", "last_error_message")
    found |= {name: hook[name] for name in names if name in hook}
    if bot.allowed_updates:
        found["allowed_updates"] = bot.allowed_updates
    return found
