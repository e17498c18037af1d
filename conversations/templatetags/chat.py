"""How moments and spans of time are written in a chat, in its language and zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.template.defaultfilters import date as format_date
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, npgettext, pgettext
from django.utils.translation import gettext as _

from conversations.markup import keep_lines

register = template.Library()

CAPITAL_NAMES = {"en", "de"}  # languages that write the names of days and months large


@register.filter
def lines(text: str) -> SafeString:
    """Return a person's words, escaped, with their line breaks."""
    return mark_safe(keep_lines(text))  # noqa: S308  # keep_lines escapes


@register.simple_tag(takes_context=True)
def part(context: Context, name: str, **more: object) -> SafeString:
    """Return another template below `templates/replies/`, without the line break at its file's end."""
    with context.push(**more):
        text: str = get_template(f"replies/{name}.html").template.render(context)  # type: ignore[attr-defined]
    return mark_safe(text.rstrip("\n"))  # noqa: S308  # the template engine has escaped it


@register.simple_tag(takes_context=True)
def moment(context: Context, when: datetime | None, shape: str = "") -> str:
    """Return e.g. "Wed 7 Oct, 09:00", or its "time" alone, in the zone that the moment carries."""
    if when is None:
        return "–"
    clock = clock_of(context)
    return clock_text(when, clock) if shape == "time" else moment_text(when, clock)


@register.simple_tag(takes_context=True)
def at(context: Context, when: datetime | None, shape: str = "") -> SafeString:
    """Return the moment for a message; its entity tells each reader's client which moment it is.

    `shape` is "time" for the time alone, "day" for the day alone, else both, which may "start" a
    sentence. In groups clients put
    it into each reader's own zone. In private the chat's own zone and clock stand, in short words.
    """
    if when is None:
        return SafeString("–")
    clock = clock_of(context)
    whole = moment_text(when, clock)
    texts = {"time": clock_text(when, clock), "day": day_text(when), "start": upper_first(whole)}
    text = texts.get(shape, whole)
    form = {"time": "t", "day": "wD"}.get(shape, "wDt")
    layout = "" if is_private(context) else format_html(' format="{}"', form)
    return format_html('<tg-time unix="{}"{}>{}</tg-time>', int(when.timestamp()), layout, text)


def upper_first(text: str) -> str:
    """Return the text as a sentence begins."""
    return text[:1].upper() + text[1:]


def is_private(context: Context) -> bool:
    """Whether the template is rendered for one person's chat, whose zone is known."""
    chat = context.get("chat")
    return bool(chat and chat.is_private and chat.timezone)


def clock_of(context: Context) -> int:
    """Return the hours on the clock of the chat that the template is rendered for."""
    return getattr(context.get("chat"), "clock", None) or 24


def clock_text(when: datetime, clock: int | None) -> str:
    """Return e.g. "09:00" or "9:00 AM"."""
    return when.strftime("%I:%M %p").lstrip("0") if clock == 12 else format_date(when, "H:i")


def day_text(when: datetime) -> str:
    """Return e.g. "Wed 7 Oct", with the year if it is another one."""
    if when.year == timezone.now().astimezone(when.tzinfo).year:
        return written(format_date(when, pgettext("date", "D j M")))
    return written(format_date(when, pgettext("date", "D j M Y")))


def written(name: object) -> str:
    """Return the name of a weekday or month as it is written within a sentence."""
    return str(name) if get_language() in CAPITAL_NAMES else str(name).lower()


def moment_text(when: datetime, clock: int | None) -> str:
    """Return e.g. "today 14:30" or "Wed 7 Oct, 09:00"."""
    if when.date() == timezone.now().astimezone(when.tzinfo).date():
        return _("today %(time)s") % {"time": clock_text(when, clock)}
    return f"{day_text(when)}, {clock_text(when, clock)}"


@register.simple_tag(takes_context=True)
def local_time(context: Context, now: datetime, zone: str) -> str:
    """Return the wall clock of a zone."""
    return clock_text(now.astimezone(ZoneInfo(zone)), clock_of(context))


@register.simple_tag
def until(when: datetime) -> str:
    """Return e.g. "in 18 h 55 min"."""
    seconds = round(max(0, (when - timezone.now()).total_seconds()))
    days = _whole_days(seconds)
    if days:  # "in 3 Tagen", but "3 Tage": some languages change the word
        words = npgettext("in so much time", "%(n)d day", "%(n)d days", days) % {"n": days}
        return _("in %(span)s") % {"span": words}
    return _("in %(span)s") % {"span": span(seconds)}


def _whole_days(seconds: int) -> int:
    """Return the days of a length that is told in days, else 0."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return round(seconds / 86400) if hours >= 48 or (hours == 24 and not minutes) else 0


@register.simple_tag
def span(seconds: int) -> str:
    """Return a length of time in at most two units: "3 days", "1 h 10 min", "45 s"."""
    if seconds < 60:
        return _("%(n)d s") % {"n": seconds}
    if days := _whole_days(seconds):
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = []
    if hours:
        parts.append(_("%(n)d h") % {"n": hours})
    if minutes:
        parts.append(_("%(n)d min") % {"n": minutes})
    return " ".join(parts)
