"""The page of one reminder: what it says, when it comes, its whole story, and what may be changed."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from bots.serverprocess import ServerProcess
from conversations.desk.access import row_number
from conversations.desk.redact import may_read, shown
from conversations.operators import audit
from conversations.templatetags.chat import span
from reminders import operators
from reminders.desk import columns, timeline, times
from reminders.desk.forms import ReminderForm
from reminders.desk.orders import may_order
from reminders.desk.words import WordReader
from reminders.models import Command, Delivery, Reminder
from reminders.operators import Target
from reminders.recurrence import upcoming
from reminders.schedule import place_of, schedule_of
from reminders.verbs import VERBS

UPCOMING = 5
_FACTS = (
    "origin", "creator_name", "created_at", "revision", "armed_revision", "timezone", "start_local",
    "nag_every", "nag_times", "alerts", "late_after", "useless_after", "urgent", "unless_reply",
)  # fmt: skip
_SECONDS = {"nag_every", "alerts", "late_after", "useless_after"}


def show(request: HttpRequest, object_id: str) -> HttpResponse:
    """Show the reminder; a POST changes its words or its time."""
    if not request.user.has_perm("reminders.view_reminder"):
        raise PermissionDenied
    pk = row_number(object_id)
    reminder = (
        Reminder.objects.select_related("chat__bot", "author", "parent").filter(pk=pk).first()
    )
    if reminder is None:
        raise Http404
    if request.method == "POST":
        return _change(request, reminder)
    if may_read(request.user):
        audit(request.user, "read", reminder.chat, reminder=reminder.pk)
    return _page(request, reminder, _form(request, reminder))


def _form(request: HttpRequest, reminder: Reminder) -> ReminderForm:
    first = {"text": reminder.text, "seen": reminder.revision}
    return _without_text(request, ReminderForm(initial=first))


def _without_text(request: HttpRequest, form: ReminderForm) -> ReminderForm:
    if not may_read(request.user):
        del form.fields["text"]
    return form


def _change(request: HttpRequest, reminder: Reminder) -> HttpResponse:
    if not may_order(request.user, "reschedule"):
        raise PermissionDenied
    form = _without_text(request, ReminderForm(request.POST))
    if not form.is_valid():
        return _page(request, reminder, form)
    due = None
    if words := form.cleaned_data["when"]:
        read = WordReader(words).time_for(reminder.chat, reminder.timezone)
        if read.due is None:
            form.add_error("when", read.problem)
            return _page(request, reminder, form)
        due = read.due.isoformat()
    wanted: list[tuple[str, dict[str, Any]]] = []
    text = form.cleaned_data.get("text", reminder.text)
    if text != reminder.text:
        wanted.append(("edit_text", {"text": text}))
    if due:
        wanted.append(("reschedule", {"when": words, "due": due}))
    return _order(request, reminder, form, wanted)


def _order(
    request: HttpRequest, reminder: Reminder, form: ReminderForm, wanted: list[Any]
) -> HttpResponse:
    """Give the orders one after the other, each upon what the one before made; stop at a refusal."""
    seen = form.cleaned_data["seen"]
    for verb, params in wanted:
        target = Target(reminder.pk, seen, params)
        reason = form.cleaned_data["reason"]
        batch = operators.request(request.user, verb, [target], reason=reason)
        operators.apply_batch(batch)
        command = Command.objects.get(batch=batch)
        if command.state != Command.State.APPLIED:
            return _refused(request, reminder, command)
        seen = command.revision_made or seen
        messages.success(request, operators.result_of(batch))
    if not wanted:
        messages.info(request, _("Nothing was changed."))
    return HttpResponseRedirect(request.path)


def _refused(request: HttpRequest, reminder: Reminder, command: Command) -> HttpResponse:
    """Show the reminder as it is now, with the operator's words kept in the form."""
    reminder.refresh_from_db()
    words = _(
        "Nothing was overwritten: %(why)s. This is how it is now; please look and save again."
    )
    messages.error(request, words % {"why": command.stage})
    given = request.POST.copy()
    given["seen"] = str(reminder.revision)
    return _page(request, reminder, _without_text(request, ReminderForm(given)), status=409)


def _page(
    request: HttpRequest, reminder: Reminder, form: ReminderForm, status: int = 200
) -> HttpResponse:
    readable, zone = may_read(request.user), times.operator_zone(request)
    state = columns.pill(reminder.state, str(reminder.get_state_display()))
    context = {
        **admin.site.each_context(request),
        "title": f"#{reminder.number} · {reminder.chat}",
        "opts": Reminder._meta,  # noqa: SLF001  # Django documents it
        "reminder": reminder,
        "text": shown(reminder.text, readable=readable),
        "form": form,
        "may_change": may_order(request.user, "reschedule"),
        "state": columns.pill("failed", _("overdue")) if columns.is_late(reminder) else state,
        "rhythm": columns.rhythm(reminder),
        "next": times.clocks(reminder.fire_at, reminder.zone, zone) if reminder.fire_at else [],
        "left": times.distance(reminder.fire_at) if reminder.fire_at else "",
        "paused_until": times.clock(reminder.paused_until, reminder.zone)
        if reminder.paused_until
        else None,
        "upcoming": _upcoming(reminder),
        "entries": timeline.of(reminder, readable=readable),
        "verbs": _verbs(request, reminder),
        "facts": _facts(reminder),
        "drifted": reminder.armed_revision != reminder.revision,
        "transcript": timeline.transcript_url(reminder.chat_id, None),
        "workflow": workflow_url(reminder.workflow_id),
    }
    return TemplateResponse(request, "admin/reminders/reminder.html", context, status=status)


def _verbs(request: HttpRequest, reminder: Reminder) -> list[Any]:
    """Return the orders this operator may give it as it is now."""
    last = reminder.deliveries.order_by("-claimed_at", "-pk").first()
    went_well = last is None or last.state not in (Delivery.State.FAILED, Delivery.State.UNKNOWN)
    hidden = {"edit_text", "reschedule", *(["retry"] if went_well else [])}  # the form does two
    return [
        verb
        for verb in VERBS.values()
        if Reminder.State(reminder.state) in verb.states
        and verb.name not in hidden
        and may_order(request.user, verb.name)
    ]


def _upcoming(reminder: Reminder) -> list[dict[str, Any]]:
    """Return the next occurrences; days that will not be quite where people expect them are marked."""
    alive = reminder.state in (Reminder.State.ACTIVE, Reminder.State.PAUSED)
    if not alive or not reminder.rules:
        return []
    odd = {
        "gap": _("the clock skips this hour; it comes later"),
        "overlap": _("this hour comes twice; it is the first"),
        "clamped": _("a shorter month: its last day"),
    }
    now = timezone.now()
    after = max(now, place_of(reminder, reminder.due_at or now))
    found = upcoming(schedule_of(reminder), after, UPCOMING)
    first = [(reminder.due_at, "")] if reminder.due_at else []
    moments = [*first, *((each.due, each.oddity) for each in found)][:UPCOMING]
    return [
        {
            "clock": times.clock(due, reminder.zone),
            "left": times.distance(due),
            "odd": odd.get(why, ""),
        }
        for due, why in moments
    ]


def _facts(reminder: Reminder) -> list[tuple[str, Any]]:
    rows = []
    for name in _FACTS:
        field = Reminder._meta.get_field(name)  # noqa: SLF001  # Django documents it
        value = getattr(reminder, name)
        if value not in (None, "", [], False):
            label = str(getattr(field, "verbose_name", name))
            rows.append((label, _in_words(reminder, name, value)))
    return rows


def _in_words(reminder: Reminder, name: str, value: Any) -> str:
    if name == "created_at":
        return times.clock(value, reminder.zone).text
    if name in _SECONDS:
        return ", ".join(span(each) for each in (value if isinstance(value, list) else [value]))
    if name == "origin":
        return str(reminder.get_origin_display())
    return _("yes") if value is True else str(value).replace("T", " ")


def workflow_url(workflow_id: str) -> str:
    """Return the workflow's page in Temporal's own pages; empty where they are not known."""
    if settings.TEMPORAL_ADDRESS:
        return ""
    root = ServerProcess(settings.TEMPORAL_DATABASE).ui_url
    return (
        f"{root}/namespaces/{settings.TEMPORAL_NAMESPACE}/workflows/{workflow_id}" if root else ""
    )
