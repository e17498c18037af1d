"""Chats as ordered, durable exchanges."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConversationsConfig(AppConfig):
    """Chats as ordered, durable exchanges."""

    name = "conversations"

    def ready(self) -> None:
        """Register every app's chat commands and retention rules."""
        from conversations.router import discover  # models are not loaded before this

        discover()
        autodiscover_modules("retention")
