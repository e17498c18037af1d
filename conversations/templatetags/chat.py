"""How moments and spans of time are written in a chat, in its language and zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.markup import keep_lines

register = template.Library()


@register.filter
def lines(text: str) -> SafeString:
    """Return a person's words, escaped, with their line breaks."""
    return mark_safe(keep_lines(text))  # noqa: S308  # keep_lines escapes


@register.simple_tag
def moment(when: datetime | None) -> str:
    """Return e.g. "Wed 7 Oct, 09:00" in the zone that the moment carries."""
    if when is None:
        return "–"
    today = timezone.now().astimezone(when.tzinfo).date()
    days = (when.date() - today).days
    clock = format_date(when, "H:i")
    if days == 0:
        return _("today %(time)s") % {"time": clock}
    year = "" if when.year == today.year else format_date(when, " Y")
    return f"{format_date(when, 'D j M')}{year}, {clock}"


@register.simple_tag
def local_time(now: datetime, zone: str) -> str:
    """Return the wall clock of a zone."""
    return format_date(now.astimezone(ZoneInfo(zone)), "H:i")


@register.simple_tag
def until(when: datetime) -> str:
    """Return e.g. "in 18 h 55 min"."""
    seconds = max(0, (when - timezone.now()).total_seconds())
    return _("in %(span)s") % {"span": span(round(seconds))}


@register.simple_tag
def span(seconds: int) -> str:
    """Return a length of time in at most two units: "3 days", "1 h 10 min", "45 s"."""
    if seconds < 60:
        return _("%(n)d s") % {"n": seconds}
    minutes = round(seconds / 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        days = round(seconds / 86400)
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    parts = []
    if hours:
        parts.append(_("%(n)d h") % {"n": hours})
    if minutes:
        parts.append(_("%(n)d min") % {"n": minutes})
    return " ".join(parts)
