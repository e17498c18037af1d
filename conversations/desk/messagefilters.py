"""The questions operators ask of the list of messages."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from bots.states import state_in
from conversations.desk.filters import TROUBLE, Choice
from conversations.models import Message


class Since(Choice):
    """Rows of the last hours."""

    title = "time"
    parameter_name = "since"
    choices_shown = (("hour", "Last hour"), ("day", "Last 24 hours"), ("week", "Last 7 days"))
    column = "created_at"
    spans: ClassVar = {"hour": 1, "day": 24, "week": 168}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        hours = self.spans.get(self.value() or "")
        if hours is None:
            return queryset
        return queryset.filter(**{f"{self.column}__gt": timezone.now() - timedelta(hours=hours)})


class Outcome(Choice):
    """Messages by what became of them."""

    title = "outcome"
    parameter_name = "outcome"
    choices_shown = (
        ("waiting", "Waiting to be sent"),
        ("failed", "Failed"),
        ("unknown", "Unknown"),
        ("trouble", "Failed or unknown"),
    )
    states: ClassVar = {
        "waiting": ["queued", "sending"],
        "failed": ["failed"],
        "unknown": ["unknown"],
        "trouble": ["failed", "unknown"],
    }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        states = self.states.get(self.value() or "")
        if not states:
            return queryset
        index = ("queued", "sending") if "queued" in states else TROUBLE
        return queryset.filter(state_in(*index), state__in=states)


class Way(Choice):
    """Messages in or out."""

    title = "direction"
    parameter_name = "way"
    choices_shown = (("in", "From people"), ("out", "To people"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        way = self.value()
        return queryset.filter(direction=way) if way in {"in", "out"} else queryset


class Source(Choice):
    """Messages to people by what they come from."""

    title = "source"
    parameter_name = "source"
    choices_shown = (
        ("reminders", "Reminders"),
        ("operators", "Operators"),
    )
    keys: ClassVar = {"reminders": "delivery:", "operators": "operator:"}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        key = self.keys.get(self.value() or "")
        return queryset.filter(key__startswith=key) if key else queryset


class Cause(SimpleListFilter):
    """Messages that failed for the same reason; set by links from the dashboard."""

    title = "cause"
    parameter_name = "cause"

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> Iterable[tuple[str, str]]:
        chosen = request.GET.get(self.parameter_name)
        return [(chosen[:300], chosen[:60])] if chosen else [("", "Any")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        return queryset.filter(error=self.value()) if self.value() else queryset
