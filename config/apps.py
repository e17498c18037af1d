"""The wiring: settings, the runtime and its commands."""

from django.apps import AppConfig, apps


class ConfigConfig(AppConfig):
    """The wiring: settings, the runtime and its commands."""

    name = "config"

    def ready(self) -> None:
        """Register the checks, have the operators' roles made after migrations, let SQLite wait fairly."""
        from config import checks, roles, sqlite  # noqa: F401 - imports need the loaded settings and models

        sqlite.wait_fairly()
        roles.connect(apps.get_app_config("auth"))
