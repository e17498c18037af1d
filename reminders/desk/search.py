"""One search box: words, and `state: chat: due: error:` to narrow them down."""

import re
import shlex
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.desk.folding import says
from conversations.models import Chat
from reminders.models import Delivery, Reminder

HELP = _("Words or #number")
QUALIFIERS = _("Narrow it down with state:paused, chat:anna, due:<1h or error:timeout.")
LONGEST = 300
_SPAN = re.compile(r"([<>])?=?(\d{1,6})([smhdw])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
Rows = QuerySet[Reminder]


def search(rows: Rows, typed: str, *, readable: bool) -> Rows:
    """Return the rows that match everything typed; without the right to read, texts never match."""
    for part in _parts(typed):
        name, colon, value = part.partition(":")
        narrow = _QUALIFIERS.get(name.lower()) if colon and value else None
        rows = narrow(rows, value) if narrow else rows.filter(_word(part, readable=readable))
    return rows


def _parts(typed: str) -> list[str]:
    try:
        return shlex.split(typed[:LONGEST])
    except ValueError:  # a quote that is not closed
        return typed[:LONGEST].split()


def _word(word: str, *, readable: bool) -> Q:
    found = _named(word)
    number = word.removeprefix("#")
    if number.isascii() and number.isdecimal() and len(number) < 10:
        found |= Q(number=int(number))
    if readable:
        found |= says("text", word)
    return found


def _state(rows: Rows, value: str) -> Rows:
    value = value.lower()
    if value in Reminder.State.values:
        return rows.filter(state=value)
    if value in Delivery.State.values:
        return rows.filter(pk__in=Delivery.objects.filter(state=value).values("reminder"))
    return rows.none()


def _chat(rows: Rows, value: str) -> Rows:
    value = value.lstrip("@")
    found = _named(value)
    digits = value.lstrip("-")
    if digits.isascii() and digits.isdecimal() and len(digits) < 18 and value.count("-") < 2:
        found |= Q(chat__in=Chat.objects.filter(chat_id=int(value)).values("pk"))
    return rows.filter(found)


def _named(word: str) -> Q:
    """Return the condition on the chat, which is looked up once and not for every reminder."""
    name = word.lstrip("@")
    chats = Chat.objects.filter(says("title", word) | says("username", name))
    return Q(chat__in=chats.values("pk"))


def _due(rows: Rows, value: str) -> Rows:
    """Narrow to what fires within a span (`<1h`), after it (`>2d`), or is late (`late`)."""
    now = timezone.now()
    if value.lower() in {"late", "overdue"}:
        return rows.filter(state=Reminder.State.ACTIVE, fire_at__lt=now)
    match = _SPAN.fullmatch(value.lower())
    if match is None:
        return rows.none()
    limit = now + timedelta(seconds=min(int(match[2]) * _SECONDS[match[3]], 10**9))
    if match[1] == ">":
        return rows.filter(fire_at__gt=limit)
    return rows.filter(fire_at__lte=limit)


def _error(rows: Rows, value: str) -> Rows:
    """Narrow to a word in why a delivery was not made; messages are looked at for what was not sent alone."""
    reasons = Delivery.objects.filter(says("reason", value))
    errors = Delivery.objects.exclude(state=Delivery.State.SENT).filter(
        says("message__error", value)
    )
    return rows.filter(Q(pk__in=reasons.values("reminder")) | Q(pk__in=errors.values("reminder")))


_QUALIFIERS = {"state": _state, "chat": _chat, "due": _due, "error": _error}
