"""An operator stays signed in while at work; a page that only refreshes itself is not work."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

BY_ITSELF = frozenset({"conversations_chat_feed", "conversations_chat_seen"})


class RenewSession(MiddlewareMixin):
    """Lets the session's time begin again with every request that a person made."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """Have the session saved, and its cookie sent, with the answer."""
        match = request.resolver_match
        by_itself = match is None or match.url_name in BY_ITSELF
        if request.session.session_key and not by_itself:
            request.session.modified = True
