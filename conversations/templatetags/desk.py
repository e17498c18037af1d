"""How the desk writes times and words: the chat's clock first, the operator's on hover."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def clock(when: datetime | None, zone: str = "", form: str = "H:i") -> SafeString | str:
    """Return a time in a chat's zone; hovering shows UTC and, with our script, the operator's own."""
    if when is None:
        return "–"
    there = when.astimezone(ZoneInfo(zone) if zone else UTC)
    name = zone or "UTC"
    title = f"{format_date(there, 'D j M Y, H:i:s')} {name} · {when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    return format_html(
        '<time class="desk-time" datetime="{}" title="{}">{}</time>',
        when.astimezone(UTC).isoformat(timespec="seconds"),
        title,
        format_date(there, form),
    )


@register.filter
def place(zone: str) -> str:
    """Return whose clock a time is on, short: "Berlin" for "Europe/Berlin"."""
    return zone.rpartition("/")[2].replace("_", " ") or "UTC"


@register.simple_tag
def relative(when: datetime | None) -> SafeString | str:
    """Return e.g. "in 2 h 10 min" or "5 min ago", with the exact time on hover."""
    if when is None:
        return "never"
    seconds = (when - timezone.now()).total_seconds()
    words = f"in {_span(seconds)}" if seconds >= 0 else f"{_span(-seconds)} ago"
    return format_html(
        '<time class="desk-time" datetime="{}" title="{} UTC">{}</time>',
        when.astimezone(UTC).isoformat(timespec="seconds"),
        f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        words,
    )


def _span(seconds: float) -> str:
    """Return a length of time in at most two units."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 1:
        return f"{rest} s"
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes and hours < 12 else f"{hours} h"
    return f"{round(hours / 24)} days"


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    """Return a mapping's value, or None."""
    return mapping.get(key)


@register.filter
def initials(name: str) -> str:
    """Return up to two letters for a chat's round mark."""
    words = [word for word in str(name).split() if word[:1].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "#"


@register.filter
def hue(number: int) -> int:
    """Return a colour angle that stays the same for the same chat."""
    return abs(int(number)) * 47 % 360
