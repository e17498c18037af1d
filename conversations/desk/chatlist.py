"""The list of chats: what a page of it shows is looked up for the page as a whole."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest

from conversations.desk.bubbles import beginning
from conversations.desk.filters import troubled_messages
from conversations.desk.paging import BoundedList
from conversations.desk.panels import desk
from conversations.desk.redact import may_read
from conversations.models import Chat, Message

_SILENT = ("toast", "edit", "callback", "service")


class ChatList(BoundedList):
    """Adds last words, next reminders and failures to the rows of one page, in constant queries."""

    result_list: list[Any]

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the page, then everything beside its rows."""
        super().get_results(request)
        self.result_list = rows = list(self.result_list)
        pks = [chat.pk for chat in rows]
        words, trouble = _last_words(pks), _trouble(pks)
        upcoming = desk.next_up(pks) if desk.next_up and pks else {}
        readable = may_read(request.user)
        for chat in rows:
            last = words.get(chat.pk)
            chat.last_words = _describe(last, readable=readable) if last else ""
            chat.failed = trouble.get((chat.pk, "failed"), 0)
            chat.unknown = trouble.get((chat.pk, "unknown"), 0)
            chat.next_up = upcoming.get(chat.pk)


def _last_words(pks: list[int]) -> dict[int, Message]:
    newest = Message.objects.filter(chat=OuterRef("pk")).exclude(kind__in=_SILENT)
    found = Chat.objects.filter(pk__in=pks).values_list(
        Subquery(newest.order_by("-pk").values("pk")[:1]), flat=True
    )
    rows = Message.objects.filter(pk__in=[pk for pk in found if pk])
    return {row.chat_id: row for row in rows}


def _trouble(pks: list[int]) -> dict[tuple[int, str], int]:
    rows = troubled_messages().filter(chat__in=pks).order_by().values("chat", "state")
    return {(row["chat"], row["state"]): row["count"] for row in rows.annotate(count=Count("pk"))}


def _describe(row: Message, *, readable: bool) -> str:
    words = beginning(row, readable=readable, length=140)
    return words if row.direction == Message.Direction.IN else f"↩\N{NO-BREAK SPACE}{words}"
