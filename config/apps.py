"""The wiring: settings, the runtime and its commands."""

from django.apps import AppConfig, apps


class ConfigConfig(AppConfig):
    """The wiring: settings, the runtime and its commands."""

    name = "config"

    def ready(self) -> None:
        """Have the operators' roles made after migrations."""
        from config import roles  # models are not loaded before this

        roles.connect(apps.get_app_config("auth"))
