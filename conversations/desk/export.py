"""A conversation to take away: a page to print, CSV for tables, JSON for programs."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from conversations.desk import transcript
from conversations.desk.access import chat_for
from conversations.desk.bubbles import who_said
from conversations.desk.redact import may_read, shown
from conversations.models import Chat, Message
from conversations.operators import audit

COLUMNS = ("time_utc", "direction", "kind", "from", "text", "state", "telegram_id", "topic")
MOST_PRINTED = 20_000  # rows; more is a job for CSV


class _Echo:
    """A file that gives back what is written, so that rows can be streamed."""

    def write(self, value: str) -> str:
        return value


def escape(value: str) -> str:
    """Keep spreadsheets from taking a text for a formula (OWASP, CSV injection)."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


@require_GET
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Return the whole conversation as `html`, `csv` or `json`; texts only to those who may read."""
    chat = chat_for(request, pk)
    if form not in {"html", "csv", "json"}:
        raise Http404
    readable = may_read(request.user)
    audit(request.user, "exported", chat, form=form)
    if form == "html":
        return _page(request, chat, readable=readable)
    body = _csv(chat, readable=readable) if form == "csv" else _json(chat, readable=readable)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    name = f"chat-{chat.chat_id}-{timezone.now():%Y%m%d}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    # Not streamed: under ASGI a synchronous stream is gathered in memory all the same.
    return HttpResponse("".join(body), content_type=kind, headers=headers)


def _rows(chat: Chat, *, readable: bool) -> Iterator[dict[str, Any]]:
    rows = Message.objects.filter(chat=chat).select_related("author").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        yield {
            "time_utc": row.created_at.isoformat(timespec="seconds"),
            "direction": row.direction,
            "kind": row.kind,
            "from": who_said(row),
            "text": shown(row.text, readable=readable),
            "state": row.state,
            "telegram_id": row.message_id or "",
            "topic": row.thread_id or "",
        }


def _csv(chat: Chat, *, readable: bool) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # spreadsheets then read UTF-8
    yield writer.writerow(COLUMNS)
    for row in _rows(chat, readable=readable):
        yield writer.writerow([escape(str(row[name])) for name in COLUMNS])


def _json(chat: Chat, *, readable: bool) -> Iterator[str]:
    head = {"chat": chat.chat_id, "name": str(chat), "type": chat.type, "timezone": chat.timezone}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "messages": ['
    for number, row in enumerate(_rows(chat, readable=readable)):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"


def _page(request: HttpRequest, chat: Chat, *, readable: bool) -> HttpResponse:
    rows = list(transcript.rows_of(chat).order_by("-pk")[:MOST_PRINTED])[::-1]
    context = {
        "chat": chat,
        "page": transcript.printed(chat, rows, readable=readable),
        "printed_at": timezone.now(),
        "operator": request.user,
        "cut": len(rows) == MOST_PRINTED,
    }
    return TemplateResponse(request, "admin/conversations/chat/print.html", context)
