"""A small Bot API server with a chat page, to try the bot without Telegram."""

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """A small Bot API server with a chat page, to try the bot without Telegram."""

    name = "bots.sandbox"
    label = "sandbox"
