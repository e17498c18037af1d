"""The log of orders: every one of them, and each batch with its exact result."""

import uuid
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from unfold.admin import ModelAdmin

from conversations.desk.paging import BoundedList, BoundedPaginator
from conversations.templatetags.desk import clock
from reminders import operators
from reminders.desk.columns import order_name, pill
from reminders.models import Command

SHOWN = 200


def stage_pill(command: Command) -> str:
    """Return how far it has come."""
    return pill("armed" if command.is_armed else command.state, command.stage)


class CommandAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    """Every order of every operator; read only."""

    list_display = (
        "at",
        "who",
        "what",
        "reminder_link",
        "stage_now",
        "reason",
    )
    list_display_links = ("at",)  # to the result of all that were given at once
    list_filter = ("state", "verb", "refusal")
    list_select_related = ("reminder__chat",)
    list_per_page = 25
    paginator = BoundedPaginator
    sortable_by = ()
    list_fullwidth = True
    show_full_result_count = False
    date_hierarchy = "requested_at"
    search_fields = ("actor_name", "reason")
    search_help_text = gettext_lazy("Who, or a reason")
    actions = None

    class Media:
        css: ClassVar = {"all": ["reminders/desk.css"]}
        js: ClassVar = ["reminders/desk.js"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(show_batch)
        own = [path("batch/<uuid:batch>/", view, name="reminders_command_batch")]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Lead to the batch; an order that waits still carries the words of an edit."""
        pk = int(object_id) if object_id.isascii() and object_id.isdecimal() else 0
        row = get_object_or_404(Command, pk=pk)
        return HttpResponseRedirect(reverse("admin:reminders_command_batch", args=[row.batch]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[BoundedList]:
        return BoundedList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Command]:
        rows: QuerySet[Command] = super().get_queryset(request)
        return rows.order_by("-requested_at", "-pk")

    @admin.display(description=gettext_lazy("Requested (UTC)"), ordering="requested_at")
    def at(self, command: Command) -> str:
        """When, to the second."""
        return clock(command.requested_at, form="j M Y, H:i:s")

    @admin.display(description=gettext_lazy("Who"))
    def who(self, command: Command) -> str:
        """The operator's name, which stays when the account goes."""
        return command.actor_name or "–"

    @admin.display(description=gettext_lazy("Order"), ordering="verb")
    def what(self, command: Command) -> str:
        """The verb."""
        return order_name(command.verb)

    @admin.display(description=gettext_lazy("Reminder"))
    def reminder_link(self, command: Command) -> str:
        """A link to the reminder."""
        if command.reminder is None:
            return "–"
        url = reverse("admin:reminders_reminder_change", args=[command.reminder.pk])
        name = f"#{command.reminder.number} · {command.reminder.chat}"
        return format_html('<a class="fu-link" href="{}">{}</a>', url, name)

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def stage_now(self, command: Command) -> str:
        """How far it has come."""
        return stage_pill(command)


@require_GET
def show_batch(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """Show what became of one batch, exactly."""
    if not request.user.has_perm("reminders.view_command"):
        raise PermissionDenied
    rows = (
        Command.objects.filter(batch=batch)
        .select_related("reminder__chat")
        .order_by("-state", "pk")
    )
    commands = list(rows[:SHOWN])
    if not commands:
        raise Http404
    states = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    context = {
        **admin.site.each_context(request),
        "title": _("Result"),
        "opts": Command._meta,  # noqa: SLF001  # Django documents it
        "first": commands[0],
        "verb": order_name(commands[0].verb),
        "tally": operators.tally(batch),
        "rows": [{"command": each, "pill": stage_pill(each)} for each in commands],
        "total": sum(states.values()),
        "waiting": states.get(Command.State.REQUESTED, 0),
        "shown": SHOWN,
    }
    return TemplateResponse(request, "admin/reminders/batch.html", context)
