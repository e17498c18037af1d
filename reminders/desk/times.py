"""Moments on the desk: in the chat's zone, the operator's own and UTC, and how far away they are."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from conversations.templatetags.chat import span
from reminders.localise import zone_named
from reminders.rules import BadRule

ZONE_COOKIE = "desk_zone"  # set by reminders/desk.js from the operator's browser


def operator_zone(request: HttpRequest) -> ZoneInfo:
    """Return the zone of the operator's browser; UTC until the browser has said it."""
    try:
        return zone_named(request.COOKIES.get(ZONE_COOKIE, "UTC"))
    except BadRule:
        return ZoneInfo("UTC")


@dataclass(frozen=True)
class Clock:
    """One moment on one wall clock: "Wed 7 Oct 2026, 09:00", and whose clock it is."""

    text: str
    zone: str
    iso: str


def clock(moment: datetime, zone: ZoneInfo) -> Clock:
    """Return the moment on the zone's wall clock."""
    there = moment.astimezone(zone)
    return Clock(f"{there:%a} {there.day} {there:%b %Y, %H:%M}", zone.key, there.isoformat())


def clocks(moment: datetime, *zones: ZoneInfo) -> list[Clock]:
    """Return the moment in each different zone, in order, and in UTC last."""
    wanted = list(dict.fromkeys([*zones, ZoneInfo("UTC")]))
    return [clock(moment, zone) for zone in wanted]


def beside(first: Clock, others: list[Clock]) -> list[Clock]:
    """Return the other clocks in short: without the date where it is the first one's, without the year."""
    return [replace(each, text=_short(first, each)) for each in others]


def _short(first: Clock, other: Clock) -> str:
    day, time = other.text.rsplit(", ", 1)
    return time if day == first.text.rsplit(", ", 1)[0] else f"{day[:-5]}, {time}"


def distance(moment: datetime, now: datetime | None = None) -> str:
    """Return e.g. "in 2 h 10 min" or "5 min ago"."""
    seconds = round((moment - (now or timezone.now())).total_seconds())
    words = span(abs(seconds))
    return (
        _("in %(span)s") % {"span": words} if seconds >= 0 else _("%(span)s ago") % {"span": words}
    )


def lateness(seconds: float | None) -> str:
    """Return how late something was, in words; nothing while it was on time to the second."""
    if seconds is None or seconds < 1:
        return ""
    return _("%(span)s late") % {"span": span(round(seconds))}


def from_iso(text: str) -> datetime | None:
    """Return an aware moment written in a row's details, or None."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
