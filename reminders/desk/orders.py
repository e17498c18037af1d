"""Confirm an order before it is given: what it would touch, a sample, then one POST that does it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conversations.desk.access import row_number
from conversations.desk.redact import may_read, shown, snippet
from reminders import operators
from reminders.desk.forms import FORMS, OrderForm
from reminders.desk.times import clock
from reminders.desk.words import ReadTime, WordReader
from reminders.models import Reminder
from reminders.operators import Target
from reminders.verbs import VERBS, Verb

SALT = "reminders.order"
MAX_AGE = 3600  # seconds: an older page shows what may no longer be so
MOST = 10_000
SAMPLE = 6
CHANGE = "reminders.change_reminder"
ADD = "reminders.add_reminder"


@dataclass
class Order:
    """An order being prepared: its verb and its targets as the operator saw them."""

    verb: Verb
    seen: dict[int, int]  # reminder -> revision
    form: OrderForm
    read: dict[int, ReadTime] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """Return the targets, signed, for the confirmation's form."""
        value = [self.verb.name, list(self.seen), list(self.seen.values())]
        return signing.dumps(value, salt=SALT, compress=True)

    @property
    def reminders(self) -> QuerySet[Reminder]:
        """Return the rows, with their chats."""
        rows = Reminder.objects.filter(pk__in=list(self.seen)).select_related("chat")
        return rows.order_by("fire_at", "pk")


def may_order(user: Any, verb: str) -> bool:
    """Say whether an operator may give such an order; who cannot read texts cannot reword them."""
    if verb == "duplicate" and not user.has_perm(ADD):
        return False
    return bool(user.has_perm(CHANGE)) and (verb != "edit_text" or may_read(user))


def allowed(request: HttpRequest, verb: str) -> Verb:
    """Return the verb, or refuse."""
    if verb not in VERBS:
        raise Http404
    if not may_order(request.user, verb):
        raise PermissionDenied
    return VERBS[verb]


def confirm_selected(
    request: HttpRequest, verb: str, rows: QuerySet[Reminder]
) -> HttpResponse | None:
    """Show the confirmation for the rows selected in the list, or for all that match its filter."""
    allowed(request, verb)
    seen = dict(rows.order_by().values_list("pk", "revision")[: MOST + 1])
    if len(seen) > MOST:
        text = _("At most %(most)d at once: please narrow the filter.") % {"most": MOST}
        messages.error(request, text)
        return None
    form = _form_class(verb)(many=len(seen) > 1, initial=_initial(verb, seen))
    return _page(request, Order(VERBS[verb], seen, form))


@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, verb: str) -> HttpResponse:
    """GET asks for confirmation for one reminder; POST checks the form, and gives the order."""
    found = allowed(request, verb)
    if request.method == "GET":
        rows = Reminder.objects.filter(pk=row_number(request.GET.get("id", "")))
        if not rows:
            raise Http404
        return confirm_selected(request, verb, rows) or HttpResponseRedirect(_list())
    seen = _opened(request.POST.get("seen", ""), verb)
    if seen is None:
        messages.error(request, _("This page was too old. Please look again and choose anew."))
        return HttpResponseRedirect(_list())
    form = _form_class(verb)(request.POST, many=len(seen) > 1)
    prepared = Order(found, seen, form)
    if not form.is_valid() or not _read_times(prepared) or "look" in request.POST:
        return _page(request, prepared)
    return _give(request, prepared)


def _form_class(verb: str) -> type[OrderForm]:
    return FORMS.get(verb, OrderForm)


def _initial(verb: str, seen: dict[int, int]) -> dict[str, str]:
    if verb == "edit_text" and len(seen) == 1:
        return {"text": Reminder.objects.get(pk=next(iter(seen))).text}
    return {}


def _opened(token: str, verb: str) -> dict[int, int] | None:
    try:
        name, ids, revisions = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return dict(zip(ids, revisions, strict=True)) if name == verb else None


def _read_times(prepared: Order) -> bool:
    """Read the time for every target; False (with a form error) if it is understood for none."""
    words = prepared.form.cleaned_data.get("when", "")
    if not words:
        return True
    reader = WordReader(words)
    by_due = prepared.form.cleaned_data.get("from_due")
    for reminder in prepared.reminders:
        begin = reminder.due_at if by_due else None
        prepared.read[reminder.pk] = reader.time_for(reminder.chat, reminder.timezone, begin)
    if any(read.due for read in prepared.read.values()):
        return True
    problems = Counter(read.problem for read in prepared.read.values())
    prepared.form.add_error("when", next(iter(problems), _("Nothing is left to change.")))
    return False


def _give(request: HttpRequest, prepared: Order) -> HttpResponse:
    reason = prepared.form.cleaned_data["reason"]
    batch = operators.request(request.user, prepared.verb.name, _targets(prepared), reason=reason)
    operators.apply_batch(batch)
    messages.success(request, operators.result_of(batch))
    if len(prepared.seen) == 1:
        pk = next(iter(prepared.seen))
        return HttpResponseRedirect(reverse("admin:reminders_reminder_change", args=[pk]))
    return HttpResponseRedirect(reverse("admin:reminders_command_batch", args=[batch]))


def _targets(prepared: Order) -> Iterable[Target]:
    data = prepared.form.cleaned_data
    common = {name: data[name] for name in ("text", "notify") if data.get(name)}
    if data.get("when"):
        common["when"] = data["when"]
    name = "until" if prepared.verb.name == "pause" else "due"
    for pk, revision in prepared.seen.items():
        due = prepared.read[pk].due if pk in prepared.read else None
        moment = {name: due.isoformat()} if due else {}
        yield Target(pk, revision, {**common, **moment})


def _page(request: HttpRequest, prepared: Order) -> HttpResponse:
    verb = prepared.verb
    counts = Counter(prepared.reminders.order_by().values_list("state", flat=True))
    states = [(Reminder.State(state), number) for state, number in counts.items()]
    changed = dict(prepared.reminders.order_by().values_list("pk", "revision"))
    context = {
        **admin.site.each_context(request),
        "title": verb.label,
        "opts": Reminder._meta,  # noqa: SLF001  # Django documents it
        "order": prepared,
        "form": prepared.form,
        "verb": verb,
        "done": [(state.label, number) for state, number in states if state in verb.states],
        "left": [(state.label, number) for state, number in states if state not in verb.states],
        "count": sum(number for state, number in states if state in verb.states),
        "changed": sum(changed.get(pk) != seen for pk, seen in prepared.seen.items()),
        "unread": sum(not read.due for read in prepared.read.values()),
        "sample": _sample(request, prepared),
        "rest": max(0, len(prepared.seen) - SAMPLE),
        "back": _back(prepared),
    }
    return TemplateResponse(request, "admin/reminders/confirm.html", context)


def _sample(request: HttpRequest, prepared: Order) -> list[dict[str, Any]]:
    readable = may_read(request.user)
    rows = []
    for reminder in prepared.reminders[:SAMPLE]:
        read = prepared.read.get(reminder.pk)
        rows.append(
            {
                "reminder": reminder,
                "text": snippet(reminder.text, readable=readable, length=60),
                "full": shown(reminder.text, readable=readable),
                "due": _clock(reminder.due_at, reminder),
                "new": _clock(read.due, reminder) if read else None,
                "problem": read.problem if read else "",
            }
        )
    return rows


def _clock(moment: datetime | None, reminder: Reminder) -> Any:
    return clock(moment, reminder.zone) if moment else None


def _back(prepared: Order) -> str:
    """Return where an operator came from who changes their mind: the one reminder, or the list."""
    if len(prepared.seen) == 1:
        return reverse("admin:reminders_reminder_change", args=[next(iter(prepared.seen))])
    return _list()


def _list() -> str:
    return reverse("admin:reminders_reminder_changelist")
