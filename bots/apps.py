"""The line to Telegram and to Temporal."""

from django.apps import AppConfig


class BotsConfig(AppConfig):
    """The line to Telegram and to Temporal."""

    name = "bots"
    verbose_name = "The machine"
