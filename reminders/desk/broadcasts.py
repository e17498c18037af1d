"""Broadcasts on the desk: write, preview, try on yourself, start, watch, pause, stop."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from unfold.admin import ModelAdmin

from bots.models import Bot
from conversations.desk.access import row_number
from conversations.desk.redact import may_read, shown, snippet
from conversations.models import Chat
from conversations.operators import audit
from reminders import broadcasting
from reminders.desk.columns import pill
from reminders.desk.forms import BroadcastForm
from reminders.models import Broadcast, BroadcastRecipient

CHANGE, ADD = "reminders.change_broadcast", "reminders.add_broadcast"
SHOWN = 100
_State = Broadcast.State


class BroadcastAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    """Messages to many chats."""

    list_display = ("said", "state_now", "author_name", "total", "started_at", "ended_at")
    list_filter = ("state",)
    list_fullwidth = True
    actions = None

    class Media:
        css: ClassVar = {"all": ["reminders/desk.css"]}
        js: ClassVar = ["reminders/desk.js"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/do/<str:verb>/", view(act), name="reminders_broadcast_do"),
            path("<int:pk>/try/", view(try_on), name="reminders_broadcast_try"),
        ]
        return [*own, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the form of a new draft."""
        return write(request, None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a broadcast's page."""
        return write(request, row_number(object_id))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Remember who looks, for the columns."""
        self._readable = may_read(request.user)
        return super().get_queryset(request)

    @admin.display(description=gettext_lazy("Text"))
    def said(self, broadcast: Broadcast) -> str:
        """The first words."""
        return snippet(broadcast.text, readable=self._readable)

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def state_now(self, broadcast: Broadcast) -> str:
        """The state as a pill."""
        return pill(broadcast.state, str(broadcast.get_state_display()))


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int | None) -> HttpResponse:
    """Show a draft's form or a started one's progress; a POST saves the draft."""
    broadcast = Broadcast() if pk is None else get_object_or_404(Broadcast, pk=pk)
    may_write = request.user.has_perm(CHANGE if pk else ADD) and may_read(request.user)
    if not (may_write or request.user.has_perm("reminders.view_broadcast")):
        raise PermissionDenied
    if pk is None and not may_write:
        raise PermissionDenied
    form = _form(request, broadcast)
    if request.method == "POST":
        if not may_write or broadcast.state != _State.DRAFT:
            raise PermissionDenied
        if form.is_valid():
            return _save(request, broadcast, form)
    return _page(request, broadcast, form, may_write=may_write)


def _form(request: HttpRequest, broadcast: Broadcast) -> BroadcastForm:
    stored = {**broadcast.audience, "text": broadcast.text, "reason": broadcast.reason}
    stored["types"] = (
        "groups" if len(stored.get("types", [])) > 1 else "".join(stored.get("types", []))
    )
    form = BroadcastForm(request.POST if request.method == "POST" else None, initial=stored)
    bots = [("", _("all")), *((str(bot.pk), str(bot)) for bot in Bot.objects.all())]
    form.fields["bot"].choices = bots  # type: ignore[attr-defined]
    languages = [("", _("all")), *settings.LANGUAGES]
    form.fields["language"].choices = languages  # type: ignore[attr-defined]
    return form


def _save(request: HttpRequest, broadcast: Broadcast, form: BroadcastForm) -> HttpResponse:
    data = form.cleaned_data
    types = {"private": ["private"], "groups": ["group", "supergroup"]}.get(data["types"])
    audience = {
        "bot": int(data["bot"]) if data["bot"] else None, "types": types,
        "language": data["language"], "active_days": data["active_days"],
    }  # fmt: skip
    broadcast.text, broadcast.reason = data["text"], data["reason"]
    broadcast.audience = {name: value for name, value in audience.items() if value}
    broadcast.author, broadcast.author_name = request.user, request.user.get_username()  # type: ignore[assignment]
    broadcast.save()
    audit(request.user, "wrote broadcast", broadcast=broadcast.pk, length=len(broadcast.text))
    messages.success(request, _("Saved. Nothing has been sent."))
    return HttpResponseRedirect(reverse("admin:reminders_broadcast_change", args=[broadcast.pk]))


def _page(
    request: HttpRequest, broadcast: Broadcast, form: BroadcastForm, *, may_write: bool
) -> HttpResponse:
    is_draft = broadcast.state == _State.DRAFT
    wanted = broadcasting.audience_of(broadcast.audience) if broadcast.pk and is_draft else None
    counts = broadcast.counts() if broadcast.pk and not is_draft else {}
    over = sum(counts.get(name, 0) for name in ("sent", "failed", "unknown", "skipped"))
    context = {
        **admin.site.each_context(request),
        "title": _("Broadcast") if broadcast.pk else _("New broadcast"),
        "opts": Broadcast._meta,  # noqa: SLF001  # Django documents it
        "broadcast": broadcast,
        "state": pill(broadcast.state, str(broadcast.get_state_display())),
        "text": shown(broadcast.text, readable=may_read(request.user)),
        "form": form if is_draft and may_write else None,
        "may_write": may_write,
        "reach": wanted.filter(state=Chat.State.ACTIVE).count() if wanted is not None else None,
        "closed": wanted.exclude(state=Chat.State.ACTIVE).count() if wanted is not None else 0,
        "testers": Chat.objects.filter(chat_id__in=settings.ADMIN_USERS, type="private"),
        "counts": [(_LABELS[name], number) for name, number in counts.items() if number],
        "percent": over * 100 // broadcast.total if broadcast.total else 0,
        "over": over,
        "rows": _results(broadcast),
        "verbs": _verbs(broadcast) if broadcast.pk and may_write else [],
    }
    return TemplateResponse(request, "admin/reminders/broadcast.html", context)


def _results(broadcast: Broadcast) -> list[dict[str, Any]]:
    """Return what became of it in each chat, as many as a page holds."""
    rows = BroadcastRecipient.objects.filter(broadcast=broadcast.pk)
    return [
        {"chat": row.chat, "message": row.message, "pill": pill(row.outcome)}
        for row in rows.select_related("chat", "message").order_by("-state", "-pk")[:SHOWN]
    ]


_LABELS = {
    "waiting": gettext_lazy("waiting"), "skipped": gettext_lazy("skipped"),
    "on_its_way": gettext_lazy("on their way"), "sent": gettext_lazy("sent"),
    "failed": gettext_lazy("failed"), "unknown": gettext_lazy("unknown"),
}  # fmt: skip
_VERBS = {
    "start": (gettext_lazy("Start"), (_State.DRAFT,), _State.SENDING),
    "pause": (gettext_lazy("Pause"), (_State.SENDING,), _State.PAUSED),
    "resume": (gettext_lazy("Resume"), (_State.PAUSED,), _State.SENDING),
    "cancel": (gettext_lazy("Stop for good"), (_State.SENDING, _State.PAUSED), _State.CANCELLED),
}


def _verbs(broadcast: Broadcast) -> list[tuple[str, Any]]:
    return [
        (name, label)
        for name, (label, before, _after) in _VERBS.items()
        if broadcast.state in before
    ]


def _found(request: HttpRequest, pk: int) -> Broadcast:
    if not request.user.has_perm(CHANGE) or not may_read(request.user):
        raise PermissionDenied
    return get_object_or_404(Broadcast, pk=pk)


@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Start, pause, resume or stop; the answer says what is so now."""
    broadcast = _found(request, pk)
    if verb not in _VERBS:
        raise Http404
    _label, before, after = _VERBS[verb]
    if verb == "start":
        done = broadcasting.start(broadcast)
    else:
        done = broadcasting.set_state(broadcast, *before, after=after)
    broadcast.refresh_from_db()
    state = str(broadcast.get_state_display())
    if done:
        audit(request.user, f"{verb} broadcast", broadcast=pk, total=broadcast.total)
        messages.success(request, _("It is now: %(state)s.") % {"state": state})
    else:
        messages.error(request, _("That came too late: it is %(state)s.") % {"state": state})
    return HttpResponseRedirect(reverse("admin:reminders_broadcast_change", args=[pk]))


@require_POST
def try_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the text to one of the administrators' own chats."""
    broadcast = _found(request, pk)
    own = Chat.objects.filter(chat_id__in=settings.ADMIN_USERS, type="private")
    chat = get_object_or_404(own, pk=row_number(request.POST.get("chat", "")))
    broadcasting.send_sample(broadcast, chat, timezone.now().isoformat())
    audit(request.user, "tried broadcast", chat, broadcast=pk)
    messages.success(request, _("A sample is on its way to %(chat)s.") % {"chat": chat})
    return HttpResponseRedirect(reverse("admin:reminders_broadcast_change", args=[pk]))
