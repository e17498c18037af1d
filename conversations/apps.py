"""Chats as ordered, durable exchanges."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Chats as ordered, durable exchanges."""

    name = "conversations"

    def ready(self) -> None:
        """Register every app's chat commands."""
        from conversations.router import discover  # models are not loaded before this

        discover()
