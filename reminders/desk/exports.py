"""Take reminders and their history away: CSV that no spreadsheet runs as a formula, and JSON."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from conversations.desk.redact import may_read, shown
from conversations.operators import audit
from reminders.desk import timeline
from reminders.desk.columns import rhythm
from reminders.models import Reminder

MOST = 100_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
FIELDS = (
    "number", "chat", "chat_id", "text", "state", "due_at", "fire_at", "fire_kind", "timezone",
    "comes", "rules", "origin", "revision", "armed_revision", "created_at", "ended_at",
)  # fmt: skip


def safe(value: Any) -> str:
    """Return a cell that a spreadsheet shows and never runs (OWASP, CSV injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def row_of(reminder: Reminder, *, readable: bool) -> dict[str, Any]:
    """Return what is exported of a reminder."""
    moments = ("due_at", "fire_at", "created_at", "ended_at")
    own: dict[str, Any] = {
        name: value.isoformat() if (value := getattr(reminder, name)) else None for name in moments
    }
    plain = ("number", "state", "fire_kind", "timezone", "origin", "revision", "armed_revision")
    own |= {name: getattr(reminder, name) for name in plain}
    return own | {
        "chat": str(reminder.chat),
        "chat_id": reminder.chat.chat_id,
        "text": shown(reminder.text, readable=readable),
        "comes": rhythm(reminder),
        "rules": "; ".join(reminder.rules),
    }


class _Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _csv(fields: Iterable[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    names = list(fields)
    yield "\ufeff" + writer.writerow(names)  # spreadsheets tell UTF-8 by its mark
    for row in rows:
        yield writer.writerow([safe(row.get(name)) for name in names])


def _download(content: Any, kind: str, name: str) -> StreamingHttpResponse:
    types = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    response = StreamingHttpResponse(content, content_type=types[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _rows(request: HttpRequest, rows: QuerySet[Reminder], kind: str) -> list[dict[str, Any]]:
    readable = may_read(request.user)
    found = [row_of(each, readable=readable) for each in rows.select_related("chat")[:MOST]]
    audit(request.user, "exported", what="reminders", kind=kind, count=len(found))
    return found


@admin.action(description=_("Export as CSV"), permissions=["view"])
def as_csv(model_admin: Any, request: HttpRequest, rows: QuerySet[Reminder]) -> HttpResponse:
    """Download the selected reminders as CSV."""
    return _download(_csv(FIELDS, _rows(request, rows, "csv")), "csv", "reminders")  # type: ignore[return-value]


@admin.action(description=_("Export as JSON"), permissions=["view"])
def as_json(model_admin: Any, request: HttpRequest, rows: QuerySet[Reminder]) -> HttpResponse:
    """Download the selected reminders as JSON."""
    text = json.dumps(_rows(request, rows, "json"), ensure_ascii=False, indent=1)
    return _download([text], "json", "reminders")  # type: ignore[return-value]


def history(request: HttpRequest, pk: int, kind: str) -> StreamingHttpResponse:
    """Download everything that happened to one reminder."""
    if not request.user.has_perm("reminders.view_reminder"):
        raise PermissionDenied
    if kind not in ("csv", "json"):
        raise Http404
    reminder = get_object_or_404(Reminder.objects.select_related("chat"), pk=pk)
    readable = may_read(request.user)
    entries = timeline.of(reminder, readable=readable, most=MOST)
    rows = [entry.as_row() for entry in reversed(entries)]
    audit(request.user, "exported", reminder.chat, what="history", reminder=reminder.pk, kind=kind)
    name = f"reminder-{reminder.pk}-history"
    if kind == "csv":
        return _download(_csv(timeline.FIELDS, rows), kind, name)
    return _download([json.dumps(rows, ensure_ascii=False, indent=1)], kind, name)
