"""The pages of one chat that only show: transcript, its refresh, notes, details, other apps' tabs."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from conversations.desk import transcript
from conversations.desk.access import VIEW, WRITE, chat_for, panel_allowed
from conversations.desk.forms import DetailsForm, new_token
from conversations.desk.panels import desk
from conversations.desk.reading import note_opened
from conversations.desk.redact import may_read
from conversations.models import Chat, Guest, Message
from conversations.operators import AuditEntry, CannedReply, Note

FOLDER = "admin/conversations/chat"
NOTES = 100


def shell(request: HttpRequest, chat: Chat, tab: str, **extra: Any) -> dict[str, Any]:
    """Return what every page of a chat needs."""
    return {
        **admin.site.each_context(request),
        "title": str(chat),
        "chat": chat,
        "now": timezone.now(),
        "tab": tab,
        "tabs": [panel for panel in desk.tabs.values() if panel.is_for(request)],
        "note_count": chat.notes.count(),
        "may_read": may_read(request.user),
        "may_write": request.user.has_perm(WRITE),
        **extra,
    }


def _number(request: HttpRequest, name: str) -> int | None:
    """Return a number from the address, or None; anything odd is a page that does not exist."""
    given = request.GET.get(name, "")
    if not given:
        return None
    if not given.isascii() or not given.isdecimal() or len(given) > 18:
        raise Http404
    return int(given)


def _page(request: HttpRequest, chat: Chat) -> transcript.Page:
    options: dict[str, Any] = {
        "readable": may_read(request.user),
        "topic": _number(request, "topic"),
    }
    if (pk := _number(request, "before")) is not None:
        return transcript.before(chat, pk, **options)
    if (pk := _number(request, "at")) is not None:
        return transcript.after(chat, pk, **options)
    return transcript.newest(chat, **options)


def _with_origins(page: transcript.Page) -> dict[int, Any]:
    rows = [
        entry.row
        for entry in page.entries
        if not isinstance(entry, transcript.Day) and entry.is_out
    ]
    return dict(desk.origins(rows)) if desk.origins and rows else {}


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the transcript. That it was opened is written down; reading marks follow by POST."""
    chat = chat_for(request, pk)
    page = _page(request, chat)
    note_opened(chat, request.user)
    context = shell(
        request,
        chat,
        "transcript",
        page=page,
        origins=_with_origins(page),
        topic=_number(request, "topic"),
        is_newest=not page.has_later,
        token=new_token(),
        canned=list(CannedReply.objects.all()),
        panels=[
            render_to_string(
                panel.template, {"chat": chat, **panel.context(request, chat)}, request
            )
            for panel in desk.below_reply.values()
            if panel.is_for(request)
        ],
        editing=_editing(request, chat),
    )
    return TemplateResponse(request, f"{FOLDER}/transcript.html", context)


def _editing(request: HttpRequest, chat: Chat) -> Message | None:
    pk = _number(request, "edit")
    if pk is None or not (request.user.has_perm(WRITE) and may_read(request.user)):
        return None
    return Message.objects.filter(chat=chat, pk=pk).first()


@require_GET
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the newest (or an earlier) page's entries, or 204 if nothing changed since `version`."""
    chat = chat_for(request, pk)
    page = _page(request, chat)
    if request.GET.get("version") == page.version:
        return HttpResponse(status=204)
    html = render_to_string(
        f"{FOLDER}/entries.html",
        {
            "page": page,
            "chat": chat,
            "origins": _with_origins(page),
            "may_write": request.user.has_perm(WRITE),
            "may_read": may_read(request.user),
        },
        request=request,
    )
    return JsonResponse(
        {
            "version": page.version,
            "html": html,
            "first": page.first,
            "last": page.last,
            "has_earlier": page.has_earlier,
        }
    )


@require_GET
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the operators' notes on a chat."""
    chat = chat_for(request, pk)
    rows = Note.objects.filter(chat=chat).select_related("author").order_by("-pk")[:NOTES]
    context = shell(request, chat, "notes", notes=list(rows))
    return TemplateResponse(request, f"{FOLDER}/notes.html", context)


@require_GET
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is known of a chat, who is answerable for it, and who looked at it."""
    chat = chat_for(request, pk)
    context = shell(
        request,
        chat,
        "details",
        form=DetailsForm(instance=chat),
        guest=Guest.objects.filter(bot=chat.bot_id, user_id=chat.chat_id).first(),
        language=dict(settings.LANGUAGES).get(chat.language, chat.language),
        entries=list(AuditEntry.objects.filter(chat=chat).order_by("-pk")[:50]),
    )
    return TemplateResponse(request, f"{FOLDER}/details.html", context)


@require_GET
def panel(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show another app's tab."""
    chat = chat_for(request, pk, VIEW)
    found = desk.tabs.get(slug)
    if found is None:
        raise Http404
    panel_allowed(request, found)
    context = shell(request, chat, slug, panel=found, **found.context(request, chat))
    return TemplateResponse(request, f"{FOLDER}/panel.html", context)
