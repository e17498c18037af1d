"""The parser's bench: what a sentence means to whom, when it would come, and which words said so."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reminders.chat.zone import find_zones
from reminders.creating import local_start
from reminders.describe import describe
from reminders.desk.forms import BenchForm
from reminders.desk.times import clock, distance
from reminders.localise import read_local, zone_named
from reminders.models import Reminder
from reminders.recurrence import BadRule, Schedule, upcoming
from reminders.when.meaning import Meaning
from reminders.when.parse import explain, parse

NEXT = 5
_QUIET = ("kind", "subject", "due", "rules", "readings", "details", "spans")


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show the form; a POST reads the sentence and changes nothing."""
    if not request.user.has_perm("reminders.view_reminder"):
        raise PermissionDenied
    form = BenchForm(request.POST if request.method == "POST" else None)
    form.fields["locale"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
    reading = _reading(form) if form.is_bound and form.is_valid() else None
    context = {
        **admin.site.each_context(request),
        "title": _("Parser bench"),
        "opts": Reminder._meta,  # noqa: SLF001  # Django documents it
        "form": form,
        "reading": reading,
    }
    return TemplateResponse(request, "admin/reminders/bench.html", context)


def _reading(form: BenchForm) -> dict[str, Any] | None:
    data = form.cleaned_data
    zones = find_zones(data["zone"])
    if not zones:
        form.add_error("zone", _("I don’t know this zone. Try a city or Europe/Berlin."))
        return None
    now = _now(data["now"], zones[0])
    if now is None:
        form.add_error("now", _("Write it like 2026-10-07 12:00."))
        return None
    text = data["text"].replace("\r\n", "\n")
    hours = int(data["clock"]) if data["clock"] else None
    meaning = parse(text, now=now, tz=zones[0], locale=data["locale"], clock=hours)
    return {
        "meaning": meaning,
        "kind": str(meaning.kind),
        "zone": zones[0],
        "now": clock(now, zone_named(zones[0])),
        "pieces": _pieces(text, meaning),
        "why": explain(text, meaning),
        **_times(meaning, zones[0], now),
        "flags": _flags(meaning),
    }


def _now(words: str, zone: str) -> datetime | None:
    if not words:
        return timezone.now()
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone_named(zone))


def _times(meaning: Meaning, zone: str, now: datetime) -> dict[str, Any]:
    """Return the rule in words and the next times, or the readings to choose from."""
    here = zone_named(zone)
    choices = [clock(reading.due, here) for reading in meaning.readings]
    if meaning.due is None:
        return {"choices": choices, "next": []}
    schedule = Schedule(meaning.rules, read_local(local_start(meaning)), zone)
    try:
        found = upcoming(schedule, now, NEXT)
    except BadRule as bad:
        return {"choices": choices, "next": [], "bad": bad.code}
    return {
        "choices": choices,
        "next": [
            {"clock": clock(each.due, here), "left": distance(each.due, now), "odd": each.oddity}
            for each in found
        ],
        "comes": describe(meaning.rules, schedule.start, zone),
    }


def _pieces(text: str, meaning: Meaning) -> list[tuple[str, str]]:
    """Return the sentence cut at the spans that were read: (words, role); no role: not read."""
    pieces, at = [], 0
    for span in sorted(meaning.spans, key=lambda span: span.start):
        if span.start < at:
            continue
        pieces += [(text[at : span.start], ""), (text[span.start : span.end], span.role)]
        at = span.end
    return [piece for piece in [*pieces, (text[at:], "")] if piece[0]]


def _flags(meaning: Meaning) -> list[tuple[str, Any]]:
    """Return whatever else was understood, by its name in the code."""
    rows = [(name, value) for name, value in vars(meaning).items() if name not in _QUIET]
    found = [(name, value) for name, value in rows if value not in (None, "", (), False)]
    return [*found, *meaning.details]
