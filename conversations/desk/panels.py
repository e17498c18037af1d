"""Where other apps add to the desk: tabs and forms beside a transcript, columns, origins of messages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from conversations.models import Chat, Message


@dataclass(frozen=True)
class Panel:
    """Part of a chat's page: a template and what it needs. Shown to holders of the permission."""

    slug: str
    label: str
    template: str
    context: Callable[[HttpRequest, Chat], dict[str, Any]]
    permission: str = "conversations.view_chat"

    def is_for(self, request: HttpRequest) -> bool:
        """Say whether this operator gets to see it."""
        return bool(request.user.has_perm(self.permission))


@dataclass(frozen=True)
class Origin:
    """What a sent message belongs to: a word and a link."""

    label: str
    url: str = ""


NextUp = Callable[[Sequence[int]], Mapping[int, datetime]]
Origins = Callable[[Sequence[Message]], Mapping[int, Origin]]


@dataclass
class Desk:
    """What the apps registered, from their `admin` modules."""

    tabs: dict[str, Panel] = field(default_factory=dict)
    below_reply: dict[str, Panel] = field(default_factory=dict)
    next_up: NextUp | None = None  # chat row ids -> when the bot will write there next
    origins: Origins | None = None  # rows going out -> what they belong to, by row id

    def add_tab(self, panel: Panel) -> None:
        """Give every chat one more tab."""
        self.tabs[panel.slug] = panel

    def add_below_reply(self, panel: Panel) -> None:
        """Put a form below the reply box of every transcript."""
        self.below_reply[panel.slug] = panel


desk = Desk()
