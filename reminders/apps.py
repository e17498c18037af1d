"""The product: reminders, understood, scheduled, delivered."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """The product: reminders, understood, scheduled, delivered."""

    name = "reminders"
    verbose_name = "Follow-ups"

    def ready(self) -> None:
        """Listen to what happens to chats."""
        from reminders import joined  # noqa: F401  # models are not loaded before this
