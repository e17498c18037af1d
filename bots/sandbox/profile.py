"""The methods about the bot itself: who it is, its commands and its descriptions."""

from typing import Any

from bots.sandbox import present
from bots.sandbox.models import SandboxBot
from bots.sandbox.params import Params
from bots.sandbox.updates import note_change


def get_me(bot: SandboxBot, params: Params) -> Any:
    """Return the bot."""
    return present.me(bot)


def accept(bot: SandboxBot, params: Params) -> Any:
    """Accept a call that means nothing here, such as logOut and close."""
    return True


def command_key(params: Params) -> str:
    """Return where commands are kept: per scope and language."""
    scope = params.structure("scope") or {}
    parts = [scope.get("type", "default"), scope.get("chat_id", ""), scope.get("user_id", "")]
    return "/".join(str(part) for part in [*parts, params.text("language_code")])


def set_commands(bot: SandboxBot, params: Params) -> Any:
    """Keep the list of commands the page suggests."""
    commands = params.structure("commands") or []
    keep(bot, "commands", command_key(params), commands)
    return True


def get_commands(bot: SandboxBot, params: Params) -> Any:
    """Return the list of commands for exactly this scope and language."""
    return bot.profile.get("commands", {}).get(command_key(params), [])


def delete_commands(bot: SandboxBot, params: Params) -> Any:
    """Forget the list of commands."""
    keep(bot, "commands", command_key(params), None)
    return True


def keep(bot: SandboxBot, what: str, key: str, value: Any) -> None:
    """Store one piece of the bot's profile; None removes it."""
    kept = dict(bot.profile.get(what, {}))
    if value is None:
        kept.pop(key, None)
    else:
        kept[key] = value
    bot.profile = {**bot.profile, what: kept}
    bot.save(update_fields=["profile"])
    note_change("bot", bot=bot.pk)


def set_text(bot: SandboxBot, params: Params) -> Any:
    """Store the name or a description, per language."""
    name = field_of(params)
    keep(bot, name, params.text("language_code"), params.text(name))
    if name == "name" and params.text("name") and not params.text("language_code"):
        bot.first_name = params.text("name")
        bot.save(update_fields=["first_name"])
    return True


def get_text(bot: SandboxBot, params: Params) -> Any:
    """Return the name or a description, falling back to the one for every language."""
    name = field_of(params)
    kept = bot.profile.get(name, {})
    fallback = kept.get("", bot.first_name if name == "name" else "")
    return {name: kept.get(params.text("language_code"), fallback)}


def field_of(params: Params) -> str:
    """Return the field a method such as setMyShortDescription is about."""
    known = {"name": "name", "description": "description"}
    return known.get(params.method[5:].lower(), "short_description")


def menu_button(bot: SandboxBot, params: Params) -> Any:
    """Return the menu button, which opens the commands."""
    return {"type": "commands"}
