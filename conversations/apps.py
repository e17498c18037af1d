"""Chats as ordered, durable exchanges."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Chats as ordered, durable exchanges."""

    name = "conversations"
