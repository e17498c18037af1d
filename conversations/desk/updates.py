"""The updates log: everything Telegram handed over, what became of it, and how to hand it over again."""

import json
import re
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from unfold.views import ChangeList

from bots.models import Bot, Update
from bots.states import state_in
from bots.telegram import WANTED_UPDATES
from conversations.desk.access import row_number
from conversations.desk.filters import Choice
from conversations.desk.lists import ReadOnlyAdmin
from conversations.desk.messagefilters import Since
from conversations.desk.redact import may_read
from conversations.models import Chat
from conversations.operators import audit
from conversations.replay import replay
from conversations.templatetags.desk import clock

CHANGE = "bots.change_update"


class Received(Since):
    """Updates of the last hours."""

    column = "received_at"


class Fate(Choice):
    """Updates by what became of them."""

    title = "state"
    parameter_name = "fate"
    choices_shown = (
        ("waiting", "Not answered yet"),
        ("answered", "Answered"),
        ("poison", "Set aside"),
        ("trouble", "With an error"),
        ("repeated", "Came more than once"),
    )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Update]) -> QuerySet[Update]:
        match self.value():
            case "waiting":
                waiting = Update.objects.filter(state_in("received", "handed_over"))
                return queryset.filter(pk__in=waiting.values("pk"))
            case "answered" | "poison":
                return queryset.filter(state=self.value())
            case "trouble":
                return queryset.exclude(error="")
            case "repeated":
                return queryset.filter(repeats__gt=0)
        return queryset


class Kind(Choice):
    """Updates by kind; named here, because asking a large table for its kinds takes long."""

    title = "kind"
    parameter_name = "kind"
    choices_shown = tuple(
        (name, name.replace("_", " "))
        for name in (*WANTED_UPDATES, "chat_member", "chat_join_request", "poll")
    )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Update]) -> QuerySet[Update]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class UpdateList(ChangeList):  # type: ignore[misc]  # unfold has no types
    """Gives each row of a page its chat, in one query for all."""

    result_list: list[Any]

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the page, then the chats of its rows."""
        super().get_results(request)
        self.result_list = rows = list(self.result_list)
        bots = {row.bot_id for row in rows}
        numbers = {row.chat_id for row in rows if row.chat_id}
        chats = Chat.objects.filter(bot__in=bots, chat_id__in=numbers)
        found = {(chat.bot_id, chat.chat_id): chat for chat in chats}
        for row in rows:
            row.chat_found = found.get((row.bot_id, row.chat_id))


class UpdateAdmin(ReadOnlyAdmin):
    """What Telegram handed over. The JSON holds people's words: only for those who may read them."""

    list_display = ("update_id", "kind_told", "chat", "verdict", "fate", "answer_time", "received")
    list_filter = (Fate, Received, Kind)
    list_per_page = 25
    search_fields = ("=update_id", "=chat_id")
    search_help_text = "An update id or a chat id"
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Update]:
        """Leave the JSON where it is until one is opened."""
        rows: QuerySet[Update] = super().get_queryset(request)
        return rows.defer("payload")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Update], search_term: str
    ) -> tuple[QuerySet[Update], bool]:
        """Look for the number by index: as an update's within each bot, and as a chat's."""
        term = search_term.strip()
        if not term:
            return queryset, False
        if not re.fullmatch(r"-?[0-9]{1,18}", term):
            return queryset.none(), False
        bots = list(Bot.objects.values_list("pk", flat=True))
        number = int(term)
        return queryset.filter(Q(bot__in=bots, update_id=number) | Q(chat_id=number)), False

    def get_urls(self) -> list[URLPattern]:
        """Add the address of a replay."""
        view = self.admin_site.admin_view(self.replay_view)
        own = path("<int:pk>/replay/", view, name="bots_update_replay")
        rest: list[URLPattern] = super().get_urls()
        return [own, *rest]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one update."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = get_object_or_404(Update, pk=row_number(object_id))
        readable = may_read(request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Update {row.update_id}",
            "opts": self.opts,
            "original": row,
            "update": row,
            "kind": row.kind.replace("_", " "),
            "spent": answered_in(row),
            "chat": Chat.objects.filter(bot=row.bot_id, chat_id=row.chat_id or 0).first(),
            "payload": json.dumps(row.payload, indent=2, ensure_ascii=False) if readable else "",
            "may_replay": request.user.has_perm(CHANGE),
        }
        return TemplateResponse(request, "admin/bots/update/page.html", context)

    def replay_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand one update over again; its key makes a second effect impossible."""
        return _replay(request, pk)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[UpdateList]:
        """Look up the chats of a whole page."""
        return UpdateList

    @admin.display(description="Kind")
    def kind_told(self, row: Update) -> str:
        """Return what it is, in words."""
        return row.kind.replace("_", " ")

    @admin.display(description="Chat")
    def chat(self, row: Any) -> str:
        """Return whose it is; the number where nobody by it is known."""
        return str(row.chat_found or row.chat_id or "–")

    @admin.display(description="State")
    def fate(self, row: Update) -> SafeString:
        """Return how far it has come, and the error it met."""
        return self._column("fate", row)

    @admin.display(description="Repeats")
    def verdict(self, row: Update) -> SafeString:
        """Return whether Telegram sent it more than once; repeats have no effect."""
        return self._column("verdict", row)

    @admin.display(description="Answered in")
    def answer_time(self, row: Update) -> str:
        """Return the time from its arrival to the answer's commit, in milliseconds."""
        spent = answered_in(row)
        return "–" if spent is None else f"{spent:,} ms"

    @admin.display(description="Received (UTC)", ordering="received_at")
    def received(self, row: Update) -> SafeString | str:
        """Return when it was stored."""
        return clock(row.received_at, form="j M, H:i:s")

    def _column(self, name: str, row: Update) -> SafeString:
        return render_to_string(f"admin/bots/update/columns/{name}.html", {"update": row})


def answered_in(row: Update) -> int | None:
    """Return the milliseconds from arrival to answer, or None while there is none."""
    if row.answered_at is None:
        return None
    return round((row.answered_at - row.received_at).total_seconds() * 1000)


@require_POST
def _replay(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    row = get_object_or_404(Update, pk=pk)
    told = replay(row)
    audit(request.user, "replayed", None, update=row.pk)
    messages.success(request, told)
    return HttpResponseRedirect(reverse("admin:bots_update_change", args=[pk]))
