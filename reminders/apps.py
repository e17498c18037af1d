"""The product: reminders, understood, scheduled, delivered."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """The product: reminders, understood, scheduled, delivered."""

    name = "reminders"
