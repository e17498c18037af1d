"""The questions operators ask of the list of chats."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from bots.states import state_in
from conversations.desk.access import row_number
from conversations.models import Chat, Message
from conversations.operators import Label

TROUBLE_FOR = timedelta(days=7)
TROUBLE = ("failed", "unknown")


def troubled_messages() -> QuerySet[Message]:
    """Return what failed or has an unknown outcome, lately."""
    return Message.objects.filter(
        state_in(*TROUBLE), created_at__gt=timezone.now() - TROUBLE_FOR
    ).exclude(kind__in=["toast", "edit"])


class Choice(SimpleListFilter):
    """A filter whose choices are named in the class."""

    choices_shown: tuple[tuple[str, str], ...] = ()

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> Iterable[tuple[str, str]]:
        return self.choices_shown


class Unread(Choice):
    """Chats with messages nobody has looked at."""

    title = "unread"
    parameter_name = "unread"
    choices_shown = (("yes", "Unread"), ("no", "Read"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Chat]) -> QuerySet[Chat]:
        match self.value():
            case "yes":
                return queryset.filter(unread__gt=0)
            case "no":
                return queryset.filter(unread=0)
        return queryset


class Standing(Choice):
    """Chats the bot cannot or may not write to, or where something failed."""

    title = "standing"
    parameter_name = "standing"
    choices_shown = (
        ("open", "Open"),
        ("blocked", "Blocked the bot"),
        ("gone", "Cannot be reached"),
        ("barred", "Blocked by an operator"),
        ("failed", "With failed messages (7 days)"),
    )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Chat]) -> QuerySet[Chat]:
        match self.value():
            case "open":
                return queryset.filter(state=Chat.State.ACTIVE, barred=False)
            case "blocked":
                return queryset.filter(state=Chat.State.BLOCKED)
            case "gone":
                return queryset.filter(state=Chat.State.GONE)
            case "barred":
                return queryset.filter(barred=True)
            case "failed":
                return queryset.filter(pk__in=troubled_messages().values("chat"))
        return queryset


class Assigned(Choice):
    """Chats by who is answerable."""

    title = "assigned"
    parameter_name = "assigned"
    choices_shown = (("me", "To me"), ("others", "To others"), ("nobody", "To nobody"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Chat]) -> QuerySet[Chat]:
        match self.value():
            case "me":
                return queryset.filter(assignee=request.user.pk)
            case "others":
                return queryset.exclude(assignee=None).exclude(assignee=request.user.pk)
            case "nobody":
                return queryset.filter(assignee=None)
        return queryset


class Labelled(SimpleListFilter):
    """Chats by label."""

    title = "label"
    parameter_name = "label"

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> Iterable[tuple[str, str]]:
        return [(str(label.pk), label.name) for label in Label.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Chat]) -> QuerySet[Chat]:
        value = self.value()
        return queryset.filter(labels=row_number(value)) if value else queryset


class Active(Choice):
    """Chats where something happened lately."""

    title = "active"
    parameter_name = "active"
    choices_shown = (("day", "In 24 hours"), ("week", "In 7 days"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Chat]) -> QuerySet[Chat]:
        days = {"day": 1, "week": 7}.get(self.value() or "")
        if days is None:
            return queryset
        return queryset.filter(last_message_at__gt=timezone.now() - timedelta(days=days))


class Kind(Choice):
    """Private chats, groups, channels."""

    title = "kind"
    parameter_name = "kind"
    choices_shown = (("private", "Private"), ("groups", "Groups"), ("channel", "Channels"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Chat]) -> QuerySet[Chat]:
        match self.value():
            case "groups":
                return queryset.filter(type__in=["group", "supergroup"])
            case "private" | "channel":
                return queryset.filter(type=self.value())
        return queryset
