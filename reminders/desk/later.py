"""Send later: the form below a transcript, and what is already waiting to be sent there."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conversations.desk.panels import Origin, Panel
from conversations.desk.redact import may_read, snippet
from conversations.models import Chat
from reminders.desk.columns import pill, rhythm
from reminders.desk.forms import LaterForm
from reminders.desk.timeline import transcript_url
from reminders.desk.times import clock, distance
from reminders.desk.words import WordReader
from reminders.followup import schedule
from reminders.models import Delivery, Reminder

ADD = "reminders.add_reminder"
SHOWN = 50


def waiting_in(chat: Chat, *, readable: bool, only_operators: bool) -> list[dict[str, Any]]:
    """Return what is still to be said in a chat, the next first."""
    alive = [Reminder.State.ACTIVE, Reminder.State.PAUSED]
    rows = Reminder.objects.filter(chat=chat, state__in=alive).order_by("fire_at", "pk")
    if only_operators:
        rows = rows.filter(origin=Reminder.Origin.OPERATOR)
    return [
        {
            "reminder": each,
            "text": snippet(each.text, readable=readable, length=120),
            "due": clock(each.fire_at, each.zone) if each.fire_at else None,
            "left": distance(each.fire_at) if each.fire_at else "",
            "rhythm": rhythm(each),
            "state": pill(each.state, str(each.get_state_display())),
        }
        for each in rows[:SHOWN]
    ]


def later_context(request: HttpRequest, chat: Chat) -> dict[str, Any]:
    """Return what the form below a transcript needs."""
    return {
        "later_form": LaterForm(),
        "later_url": reverse("admin:reminders_later", args=[chat.pk]),
        "waiting": waiting_in(chat, readable=may_read(request.user), only_operators=True),
        "zone": chat.timezone or "UTC",
    }


def all_context(request: HttpRequest, chat: Chat) -> dict[str, Any]:
    """Return what the tab with everything planned in a chat needs."""
    return {"waiting": waiting_in(chat, readable=may_read(request.user), only_operators=False)}


@require_POST
def send_later(request: HttpRequest, chat_pk: int) -> HttpResponse:
    """Take words to be sent later; a time that is not understood comes back with the words kept."""
    if not request.user.has_perm(ADD):
        raise PermissionDenied
    chat = get_object_or_404(Chat, pk=chat_pk)
    form = LaterForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        read = WordReader(data["when"]).time_for(chat)
        if read.due is not None:
            reminder = schedule(
                chat, data["text"], read.due, author=request.user, unless_reply=data["unless_reply"]
            )
            there = clock(reminder.fire_at or read.due, reminder.zone)
            words = _("Scheduled for %(time)s (%(zone)s).")
            messages.success(request, words % {"time": there.text, "zone": there.zone})
            return HttpResponseRedirect(_back(chat))
        form.add_error("when", read.problem)
    context = {**later_context(request, chat), "later_form": form, "chat": chat, **_shell(request)}
    return render(request, "admin/reminders/later_page.html", context, status=422)


def _shell(request: HttpRequest) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": _("Send later")}


def _back(chat: Chat) -> str:
    url = transcript_url(chat.pk, None)
    return url or reverse("admin:reminders_reminder_changelist")


def next_up(chat_ids: Any) -> dict[int, Any]:
    """Return when the bot will write next in each chat."""
    rows = Reminder.objects.filter(chat__in=list(chat_ids), state=Reminder.State.ACTIVE)
    found = rows.order_by().values_list("chat").annotate(next=Min("fire_at"))
    return {chat: moment for chat, moment in found if moment}


def origins(rows: Any) -> dict[int, Origin]:
    """Return which reminder each sent message belongs to."""
    ids = [row.pk for row in rows]
    found = Delivery.objects.filter(message__in=ids).select_related("reminder")
    return {
        each.message_id: Origin(
            f"#{each.reminder.number}",
            reverse("admin:reminders_reminder_change", args=[each.reminder_id]),
        )
        for each in found
        if each.message_id
    }


SEND_LATER = Panel("later", "Send later", "admin/reminders/later.html", later_context, ADD)
PLANNED = Panel(
    "planned", "Follow-ups", "admin/reminders/planned.html", all_context,
    "reminders.view_reminder",
)  # fmt: skip
