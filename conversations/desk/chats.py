"""Conversations in the admin: the list, and the addresses of a chat's pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from conversations.desk import export, filters, media, pages, search, verbs
from conversations.desk.access import row_number
from conversations.desk.chatlist import ChatList
from conversations.desk.paging import BoundedPaginator, pinned
from conversations.desk.redact import may_read
from conversations.models import Chat

_COLUMNS = "admin/conversations/chat/columns"


class ChatAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    """Chats are made by the people who write; operators read, answer and sort them."""

    list_display = ("who", "last", "upcoming", "standing", "when")
    list_filter = (
        filters.Unread,
        filters.Standing,
        filters.Assigned,
        filters.Labelled,
        filters.Kind,
        filters.Active,
    )
    list_filter_sheet = True
    list_fullwidth = True
    list_per_page = 25
    list_select_related = ("assignee",)
    search_fields = ("title",)
    search_help_text = "Names and messages"
    search_qualifiers = f"{search.NARROW} or state:blocked. {search.REACH}"
    list_max_show_all = 100
    ordering = ("-last_message_at", "-pk")
    actions = None
    show_full_result_count = False
    paginator = BoundedPaginator

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only people open chats."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Chat | None = None) -> bool:
        """A conversation ends with /forget, which also ends its workflows."""
        return False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChatList]:
        """Look up what stands beside the rows for a whole page."""
        return ChatList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Chat]:
        """Fetch labels with the page."""
        rows: QuerySet[Chat] = super().get_queryset(request)
        return rows.prefetch_related("labels")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Chat], search_term: str
    ) -> tuple[QuerySet[Chat], bool]:
        """Search names and texts, with `chat:` and `state:`."""
        if not search_term.strip():
            return queryset, False
        found = search.read(search_term)
        rows = pinned(search.chats(queryset, found, readable=may_read(request.user)))
        return rows.prefetch_related("labels"), False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the transcript instead of a form of columns."""
        return pages.show(request, row_number(object_id))

    def get_urls(self) -> list[URLPattern]:
        """Return the admin's addresses and those of a chat's pages."""
        site = self.admin_site.admin_view
        views: dict[str, tuple[str, Any]] = {
            "feed": ("feed/", pages.feed),
            "notes": ("notes/", pages.notes),
            "details": ("details/", pages.details),
            "panel": ("panel/<slug:slug>/", pages.panel),
            "export": ("export.<str:form>", export.export),
            "answer": ("answer/", verbs.answer),
            "edit": ("edit/<int:row>/", verbs.change),
            "retry": ("retry/<int:row>/", verbs.retry),
            "seen": ("seen/", verbs.seen),
            "add_note": ("notes/add/", verbs.add_note),
            "save_details": ("details/save/", verbs.save_details),
            "take": ("take/", verbs.take),
            "bar": ("bar/", verbs.bar),
            "snooze": ("snooze/", verbs.snooze),
            "limits": ("limits/", verbs.limits),
        }
        own = [
            path(f"<int:pk>/{address}", site(view), name=f"conversations_chat_{name}")
            for name, (address, view) in views.items()
        ]
        # An asynchronous view checks for itself: the admin's wrapper is synchronous.
        fetch = path("<int:pk>/media/<int:row>/", media.fetch, name="conversations_chat_media")
        rest: list[URLPattern] = super().get_urls()
        return [*own, fetch, *rest]

    @admin.display(description="Conversation", ordering="title")
    def who(self, chat: Chat) -> SafeString:
        """Return the name, bold while there is something unread."""
        return self._column("who", chat)

    @admin.display(description="Last message")
    def last(self, chat: Chat) -> SafeString:
        """Return the last words, as far as this operator may read."""
        return self._column("last", chat)

    @admin.display(description="Next reminder")
    def upcoming(self, chat: Chat) -> SafeString:
        """Return when the bot will write there next."""
        return self._column("upcoming", chat)

    @admin.display(description="Standing")
    def standing(self, chat: Chat) -> SafeString:
        """Return badges: blocked, failed, labels, assignee."""
        return self._column("standing", chat)

    @admin.display(description="Active", ordering="last_message_at")
    def when(self, chat: Chat) -> SafeString:
        """Return when something last happened."""
        return self._column("when", chat)

    def _column(self, name: str, chat: Chat) -> SafeString:
        return render_to_string(f"{_COLUMNS}/{name}.html", {"chat": chat})
