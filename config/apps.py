"""The wiring: settings, the runtime and its commands."""

from django.apps import AppConfig, apps


class ConfigConfig(AppConfig):
    """The wiring: settings, the runtime and its commands."""

    name = "config"

    def ready(self) -> None:
        """Register the checks and have the operators' roles made after migrations."""
        from config import checks, roles  # noqa: F401 - imports need the loaded settings and models

        roles.connect(apps.get_app_config("auth"))
