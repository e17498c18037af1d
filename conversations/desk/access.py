"""The gate of every page of a chat: which chat, and whether this operator may."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from conversations.models import Chat

VIEW = "conversations.view_chat"
WRITE = "conversations.change_chat"


def row_number(text: str) -> int:
    """Return the id of a row as an address writes it; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0


def chat_for(request: HttpRequest, pk: int, permission: str = VIEW) -> Chat:
    """Return the chat; without the permission it is refused before the chat is looked up."""
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return get_object_or_404(Chat.objects.select_related("bot", "assignee"), pk=pk)


def chat_url(chat: Chat, page: str = "change") -> str:
    """Return the address of one of the chat's pages."""
    return reverse(f"admin:conversations_chat_{page}", args=[chat.pk])


def panel_allowed(request: HttpRequest, panel: Any) -> None:
    """Refuse a panel that this operator may not see."""
    if not panel.is_for(request):
        raise PermissionDenied
