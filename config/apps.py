"""The wiring: settings, the runtime and its commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring: settings, the runtime and its commands."""

    name = "config"

    def ready(self) -> None:
        """Register the checks of the settings."""
        from config import checks  # noqa: F401 - imports need the loaded settings
