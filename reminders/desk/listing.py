"""The list of follow-ups: what fires next, in whose zone, and what stands in its way."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from conversations.desk.paging import BoundedList, BoundedPaginator, pinned
from conversations.desk.redact import may_read
from reminders.desk import bench, calendar, columns, exports, later, orders, page
from reminders.desk.days import DueIn, trail
from reminders.desk.filters import Series, Show
from reminders.desk.questions import QUESTIONS, count
from reminders.desk.search import HELP, QUALIFIERS, search
from reminders.desk.times import operator_zone
from reminders.models import Reminder
from reminders.verbs import VERBS


class FollowUpList(BoundedList):
    """A page of reminders with what belongs to each, in a number of queries that does not grow."""

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the page's rows, then their newest deliveries and orders."""
        super().get_results(request)
        rows: list[Reminder] = list(self.result_list)  # type: ignore[has-type]
        columns.attach(rows)
        self.result_list = rows
        self.days = trail(self)


_NEEDED = {"duplicate": "duplicate", "edit_text": "reword"}


def _action(verb: str) -> Callable[..., HttpResponse | None]:
    def confirm(
        model_admin: Any, request: HttpRequest, rows: QuerySet[Reminder]
    ) -> HttpResponse | None:
        return orders.confirm_selected(request, verb, rows)

    confirm.__name__ = verb
    needed = _NEEDED.get(verb, "change")
    return admin.action(description=VERBS[verb].label, permissions=[needed])(confirm)


class ReminderAdmin(ModelAdmin):  # type: ignore[misc]
    """Follow-ups: everything that will be said, was said, or should have been."""

    list_display = ("said", "state_now", "fires", "comes", "last_time")
    list_display_links = None  # the first column brings its own link
    list_filter = (Show, "state", "origin", Series, DueIn)
    list_select_related = ("chat",)
    list_per_page = 25
    paginator = BoundedPaginator
    list_fullwidth = True
    list_filter_sheet = True
    list_before_template = "admin/reminders/chips.html"
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    search_fields = ("text",)
    search_help_text = HELP
    search_qualifiers = QUALIFIERS
    actions: ClassVar = [*map(_action, VERBS), exports.as_csv, exports.as_json]

    class Media:
        css: ClassVar = {"all": ["reminders/desk.css"]}
        js: ClassVar = ["reminders/desk.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reminder]:
        """Remember who looks, for the columns."""
        self._readable = may_read(request.user)
        self._zone = operator_zone(request)
        rows: QuerySet[Reminder] = super().get_queryset(request)
        return rows

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """What fires next comes first, what has ended last; a period is read along its own index."""
        if request.GET.get("due"):
            return ["due_at", "-pk"]
        return [F("fire_at").asc(nulls_last=True), "-pk"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[FollowUpList]:
        return FollowUpList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Reminder], search_term: str
    ) -> tuple[QuerySet[Reminder], bool]:
        """Search with qualifiers."""
        if not search_term.strip():
            return queryset, False
        return pinned(search(queryset, search_term, readable=may_read(request.user))), False

    def has_duplicate_permission(self, request: HttpRequest) -> bool:
        """Who may make reminders may copy them."""
        return orders.may_order(request.user, "duplicate")

    def has_reword_permission(self, request: HttpRequest) -> bool:
        """Who may read texts may change them."""
        return orders.may_order(request.user, "edit_text")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("calendar/", view(calendar.show), name="reminders_calendar"),
            path("bench/", view(bench.show), name="reminders_bench"),
            path("later/<int:chat_pk>/", view(later.send_later), name="reminders_later"),
            path("order/<str:verb>/", view(orders.order), name="reminders_reminder_order"),
            path(
                "<int:pk>/history.<str:kind>",
                view(exports.history),
                name="reminders_reminder_export",
            ),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list below the operators' questions with their counts."""
        chosen = request.GET.get("show", "")
        here = reverse("admin:reminders_reminder_changelist")
        chips = [
            {
                "label": each.label, "count": number, "url": f"{here}?show={each.name}",
                "chosen": chosen == each.name, "warns": each.warns and number != "0",
            }
            for each in QUESTIONS.values() for number in [count(each)]
        ]  # fmt: skip
        context = {"chips": chips, "here": here, "title": _("Follow-ups"), **(extra_context or {})}
        response: HttpResponse = super().changelist_view(request, context)
        return response

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the reminder's own page."""
        return page.show(request, object_id)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Follow-ups are made in a chat, or from its transcript."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted by hand: cancelled ones keep their history."""
        return False

    @admin.display(description=_("Reminder"))
    def said(self, reminder: Reminder) -> str:
        """Number, words, chat."""
        return columns.said(reminder, readable=self._readable)

    @admin.display(description=_("State"))
    def state_now(self, reminder: Reminder) -> str:
        """The state as a pill, with the revision and the newest order."""
        return columns.standing(reminder)

    @admin.display(description=_("Next"), ordering="fire_at")
    def fires(self, reminder: Reminder) -> str:
        """The next moment, in every zone that matters."""
        return columns.fires(reminder, self._zone)

    @admin.display(description=_("Comes"))
    def comes(self, reminder: Reminder) -> str:
        """The rule in words."""
        return columns.rhythm(reminder) if reminder.rules else str(_("once"))

    @admin.display(description=_("Last time"))
    def last_time(self, reminder: Reminder) -> str:
        """How the newest delivery went."""
        return columns.last_time(reminder)
