"""The list's filters: the operators' questions, and where a reminder came from."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conversations.desk.paging import pinned
from reminders.desk.questions import QUESTIONS
from reminders.models import Reminder


class Show(SimpleListFilter):
    """What is waiting, late, failed, stuck ..., or everything."""

    title = _("what to show")
    parameter_name = "show"

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> Iterable[tuple[str, Any]]:
        return [*((each.name, each.label) for each in QUESTIONS.values()), ("all", _("All"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reminder]) -> QuerySet[Reminder]:
        question = QUESTIONS.get(self.value() or "")
        if question is None:
            return queryset
        found = question.narrow(queryset)
        return pinned(found) if question.is_rare else found

    def choices(self, changelist: "ChangeList") -> Iterator[Any]:
        """Offer no second word for everything: `all` is a choice of its own."""
        for value, label in self.lookup_choices:
            yield {
                "selected": self.value() == str(value),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }


class Series(SimpleListFilter):
    """Once, or again and again."""

    title = _("rhythm")
    parameter_name = "series"

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> Iterable[tuple[str, Any]]:
        return [
            ("once", _("Once")),
            ("again", _("Comes again")),
            ("unless", _("Unless they reply")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reminder]) -> QuerySet[Reminder]:
        match self.value():
            case "once":
                return queryset.filter(rules=[], after_done__isnull=True)
            case "again":
                return queryset.exclude(rules=[], after_done__isnull=True)
            case "unless":
                return pinned(queryset.filter(unless_reply=True))
        return queryset
