"""The list of deliveries: everything that was said, or should have been, when, and how late."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conversations.desk.filters import Choice
from conversations.desk.lists import ReadOnlyAdmin
from conversations.desk.messagefilters import Since
from conversations.templatetags.desk import clock
from reminders.desk import times
from reminders.desk.columns import pill
from reminders.models import Delivery

_NOTHING = format_html('<span class="desk-none">{}</span>', "–")  # a phone leaves the line out
LATE = 60.0  # seconds: what the chat is told of, too


class Said(Since):
    """Deliveries of the last hours."""

    column = "delivered_at"


class Late(Choice):
    """Deliveries that came late."""

    title = "lateness"
    parameter_name = "late"
    choices_shown = (("late", "More than a minute late"),)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        return queryset.filter(lateness__gt=LATE) if self.value() == "late" else queryset


class DeliveryAdmin(ReadOnlyAdmin):
    """One row for each time; it leads to the reminder's own page. No words are shown here."""

    list_display = ("reminder_name", "chat_name", "what", "ended", "late", "planned", "why")
    list_filter = ("state", Said, Late)
    list_select_related = ("reminder__chat",)
    list_per_page = 25
    search_fields = ("=reminder__chat__chat_id",)
    search_help_text = _("A chat id")

    class Media:
        css: ClassVar = {"all": ["reminders/desk.css"]}

    def get_ordering(self, request: HttpRequest) -> Sequence[str]:
        """The newest first; a span of time is read along the index of that time."""
        return ("-delivered_at", "-pk") if request.GET.get("since") else ("-pk",)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Lead to the reminder."""
        pk = int(object_id) if object_id.isascii() and object_id.isdecimal() else 0
        row = get_object_or_404(Delivery, pk=pk)
        return HttpResponseRedirect(
            reverse("admin:reminders_reminder_change", args=[row.reminder_id])
        )

    @admin.display(description=_("Reminder"))
    def reminder_name(self, row: Delivery) -> str:
        """Return its number."""
        return f"#{row.reminder.number}"

    @admin.display(description=_("Chat"))
    def chat_name(self, row: Delivery) -> str:
        """Return whose it is."""
        return str(row.reminder.chat)

    @admin.display(description=_("What"))
    def what(self, row: Delivery) -> str:
        """Return whether it was the time itself, an alert or asking again."""
        return str(row.get_kind_display())

    @admin.display(description=_("State"), ordering="state")
    def ended(self, row: Delivery) -> str:
        """Return how it ended."""
        return pill(row.state, str(row.get_state_display()))

    @admin.display(description=_("Late"), ordering="lateness")
    def late(self, row: Delivery) -> str:
        """Return how late it was."""
        return times.lateness(row.lateness) or _NOTHING

    @admin.display(description=_("Planned for"))
    def planned(self, row: Delivery) -> str:
        """Return when it was to be said, on the chat's clock."""
        zone = row.reminder.timezone
        return format_html(
            '<span class="desk-two">{}<span class="desk-dim">{}</span></span>',
            clock(row.planned_at, zone, form="D j M Y, H:i"), zone,
        )  # fmt: skip

    @admin.display(description=_("What came of it"))
    def why(self, row: Delivery) -> str:
        """Return what went wrong, or who did it."""
        done = f"{_('done by')} {row.done_by}" if row.done_by else ""
        return row.reason or done or _NOTHING
