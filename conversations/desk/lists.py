"""The other lists of the desk: messages, the audit log, labels and canned replies."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.paginator import InfinitePaginator
from unfold.views import ChangeList

from conversations.desk import search
from conversations.desk.access import row_number
from conversations.desk.bubbles import beginning
from conversations.desk.messagefilters import Cause, Outcome, Since, Source, Way
from conversations.desk.redact import may_read, snippet
from conversations.models import Message
from conversations.templatetags.desk import clock


class ReadOnlyAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    """Rows that the product writes: operators look at them and change none."""

    actions = None
    list_fullwidth = True
    list_filter_sheet = True
    sortable_by = ()  # the order of time is served by an index, any other would sort every row
    show_full_result_count = False
    paginator = InfinitePaginator  # counting a million rows is not worth a page number

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MessageList(ChangeList):  # type: ignore[misc]
    """Gives each row of a page the words this operator may see."""

    result_list: list[Any]

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the page and cut its texts short."""
        super().get_results(request)
        readable = may_read(request.user)
        self.result_list = rows = list(self.result_list)
        for row in rows:
            row.words = beginning(row, readable=readable, length=120)


class MessageAdmin(ReadOnlyAdmin):
    """Every message of every chat; a row leads to its place in the transcript."""

    list_display = ("said", "who", "outcome", "when")
    list_filter = (Outcome, Way, Source, Since, Cause)
    list_per_page = 25
    search_fields = ("text",)
    search_help_text = "Words"
    search_qualifiers = f"{search.NARROW} or state:unknown. {search.REACH}"
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """Fetch chats for the page alone: a join would look them up for every row before it too."""
        rows: QuerySet[Message] = super().get_queryset(request)
        return rows.prefetch_related("chat", "target")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Message], search_term: str
    ) -> tuple[QuerySet[Message], bool]:
        """Search texts, with `chat:` and `state:`."""
        if not search_term.strip():
            return queryset, False
        found = search.read(search_term)
        return search.messages(queryset, found, readable=may_read(request.user)), False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[MessageList]:
        """Show texts only to those who may read them."""
        return MessageList

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Lead to the message's place in its transcript."""
        row = get_object_or_404(Message, pk=row_number(object_id))
        url = reverse("admin:conversations_chat_change", args=[row.chat_id])
        return HttpResponseRedirect(f"{url}?at={row.pk}#m{row.pk}")

    @admin.display(description="Message")
    def said(self, row: Message) -> SafeString:
        """Return the first words and which way they went."""
        return self._column("said", row)

    @admin.display(description="Conversation")
    def who(self, row: Message) -> str:
        """Return the chat's name."""
        return str(row.chat)

    @admin.display(description="Outcome")
    def outcome(self, row: Message) -> SafeString:
        """Return what became of it."""
        return self._column("outcome", row)

    @admin.display(description="When", ordering="created_at")
    def when(self, row: Message) -> SafeString:
        """Return when it was written."""
        return self._column("when", row)

    def _column(self, name: str, row: Message) -> SafeString:
        return render_to_string(f"admin/conversations/message/columns/{name}.html", {"row": row})


class AuditAdmin(ReadOnlyAdmin):
    """Who did what and who looked at what."""

    list_display = ("when", "who", "did", "chat", "more")
    list_filter = ("verb",)
    list_select_related = ("chat",)
    search_fields = ("actor_name", "verb")
    search_help_text = "Who, or what they did"
    ordering = ("-pk",)
    list_display_links = None

    @admin.display(description="When (UTC)", ordering="at")
    def when(self, entry: Any) -> SafeString | str:
        """Return the time, in UTC."""
        return clock(entry.at, form="j M Y, H:i:s")

    @admin.display(description="Who")
    def who(self, entry: Any) -> str:
        """Return the operator's name, which stays when the account goes."""
        return entry.actor_name or "–"

    @admin.display(description="Did", ordering="verb")
    def did(self, entry: Any) -> str:
        """Return what they did."""
        return str(entry.verb)

    @admin.display(description="More")
    def more(self, entry: Any) -> str:
        """Return what was noted beside it, in words."""
        noted = [f"{name.replace('_', ' ')} {value}" for name, value in entry.details.items()]
        return " · ".join(noted) or format_html('<span class="desk-none">{}</span>', "–")


class LabelAdmin(ModelAdmin):  # type: ignore[misc]
    """Labels for chats."""

    list_display = ("name", "colour")


class CannedReplyAdmin(ModelAdmin):  # type: ignore[misc]
    """Texts operators send often."""

    list_display = ("title", "beginning")

    @admin.display(description="Text")
    def beginning(self, reply: Any) -> str:
        """Return the first words."""
        return snippet(reply.text, readable=True)
