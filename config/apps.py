"""The wiring: settings, the runtime and its commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring: settings, the runtime and its commands."""

    name = "config"
