"""Down from years to months to days of the due dates, by index alone: no row is looked at to draw it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext_lazy as _

from reminders.desk.times import operator_zone
from reminders.models import Reminder

_MOST_YEARS = 12


@dataclass(frozen=True)
class Period:
    """A year, a month or a day: "2026", "2026-10" or "2026-10-07"."""

    text: str
    begin: date
    end: date  # the day after it

    def within(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return its bounds as moments, by the zone's midnights."""
        bounds = (
            datetime(day.year, day.month, day.day, tzinfo=zone) for day in (self.begin, self.end)
        )
        first, last = (bound.astimezone(UTC) for bound in bounds)
        return first, last

    def parents(self) -> list[str]:
        """Return the longer periods it lies in, the year first."""
        return [self.text[:length] for length in (4, 7) if length < len(self.text)]

    def parts(self) -> list[tuple[str, str]]:
        """Return its months or days, with how they are written; a day has no parts."""
        year, month = self.begin.year, self.begin.month
        if len(self.text) == 4:
            firsts = (date(year, n, 1) for n in range(1, 13))
            return [(f"{first:%Y-%m}", format_date(first, "M")) for first in firsts]
        if len(self.text) == 7:
            return [
                (f"{self.text}-{n:02d}", str(n)) for n in range(1, monthrange(year, month)[1] + 1)
            ]
        return []


def period(text: str) -> Period | None:
    """Return the period written so, or None."""
    pieces = text.split("-")
    if not all(piece.isascii() and piece.isdecimal() for piece in pieces) or len(pieces) > 3:
        return None
    try:
        year, month, day = (int(piece) for piece in [*pieces, "1", "1"][:3])
        begin = date(year, month, day)
        if len(pieces) == 3:
            return Period(f"{begin:%Y-%m-%d}", begin, begin + timedelta(days=1))
        later = begin.replace(day=28) + timedelta(days=4)
        end = date(year + 1, 1, 1) if len(pieces) == 1 else later.replace(day=1)
    except (ValueError, OverflowError):
        return None
    written = f"{begin:%Y}" if len(pieces) == 1 else f"{begin:%Y-%m}"
    return Period(written, begin, end)


class DueIn(SimpleListFilter):
    """Reminders due in a year, a month or on a day of the operator's own calendar."""

    title = _("due date")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the years there are; they are also what the page's own trail begins with."""
        # Two questions: an index answers each end at once, and both together by reading all of it.
        first = Reminder.objects.aggregate(end=Min("due_at"))["end"]
        last = Reminder.objects.aggregate(end=Max("due_at"))["end"]
        if first is None or last is None:
            return []
        years = range(max(first.year, last.year - _MOST_YEARS), last.year + 1)
        return [(str(year), str(year)) for year in years]

    def has_output(self) -> bool:
        """Stay, so that an address with a day keeps its meaning."""
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reminder]) -> QuerySet[Reminder]:
        chosen = period(self.value() or "")
        if chosen is None:
            return queryset
        begin, end = chosen.within(operator_zone(request))
        return queryset.filter(due_at__gte=begin, due_at__lt=end)


def trail(changelist: ChangeList) -> dict[str, Any]:
    """Return where the list stands (each step a link up) and the periods one step down."""
    spec = next((each for each in changelist.filter_specs if isinstance(each, DueIn)), None)
    if spec is None:
        return {}
    chosen = period(spec.value() or "")
    down = (
        chosen.parts()
        if chosen
        else [(str(value), str(label)) for value, label in spec.lookup_choices]
    )
    ups = [*chosen.parents(), chosen.text] if chosen else []

    def link(text: str) -> str:
        return changelist.get_query_string({"due": text})

    return {
        "clear": changelist.get_query_string(remove=["due"]) if chosen else "",
        "up": [(text, link(text)) for text in ups],
        "down": [(label, link(text)) for text, label in down],
    }
