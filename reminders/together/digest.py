"""The list of the day, every morning: one row per chat says when the next one is due.

A sweep claims what is due with a conditional UPDATE that moves the row to the next morning, and
writes the message in the same transaction: once a day, however often it is killed. What could not be
said on its own day is left out.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from conversations import outbox
from conversations.models import Chat
from conversations.replies import Button, Change, Reply, Rows, Say, Toast, say
from conversations.router import Incoming
from reminders.localise import day_in, localise
from reminders.models import Reminder
from reminders.together.models import Digest

USUAL = time(8)
MOST = 30  # lines
AT_ONCE = 100
_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*(am|pm)?", re.IGNORECASE)


def command(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /digest, /digest 7:30 and /digest off."""
    words = incoming.arguments.strip().lower()
    if not chat.timezone:
        return say("reminders/zone_first")
    if words == "off":
        Digest.objects.filter(chat=chat).delete()
    elif words:
        at = _read(words)
        if at is None:
            return say("together/digest_how")
        set_time(chat, at, incoming.now)
    return say("together/digest_set", buttons=_buttons(chat), **_context(chat))


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer the buttons: on, off."""
    if incoming.said.callback_data == "d1:off":
        Digest.objects.filter(chat=chat).delete()
    elif chat.timezone and not Digest.objects.filter(chat=chat).exists():
        set_time(chat, USUAL, incoming.now)
    template, context = "together/digest_set", _context(chat)
    return Reply([Toast(), Change(incoming.said.message_id, template, context, _buttons(chat))])


def _context(chat: Chat) -> dict[str, Any]:
    found = Digest.objects.filter(chat=chat).first()
    local = found.next_at.astimezone(ZoneInfo(found.zone)) if found else None
    return {"chat": chat, "next": local}


def _buttons(chat: Chat) -> Rows:
    if Digest.objects.filter(chat=chat).exists():
        return [[Button(_("Turn off"), "d1:off")]]
    return [[Button(_("Turn on"), "d1:on")]]


def _read(words: str) -> time | None:
    match = _TIME.fullmatch(words)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def set_time(chat: Chat, at: time, now: datetime) -> None:
    """Want the list every day at a time of the chat's wall clock."""
    fields = {"at": at, "zone": chat.timezone, "next_at": next_morning(at, chat.timezone, now)}
    Digest.objects.update_or_create(chat=chat, defaults=fields)


def next_morning(at: time, zone: str, after: datetime) -> datetime:
    """Return the next moment (UTC) at which the wall clock of a zone shows this time."""
    day = after.astimezone(ZoneInfo(zone)).date()
    for ahead in range(3):
        wall = datetime.combine(day + timedelta(days=ahead), at)
        moment, _oddity = localise(wall, ZoneInfo(zone))
        if moment > after:
            return moment.astimezone(UTC)
    raise ValueError("a day has every time of the clock, or one moved out of a gap")


def send_due() -> int:
    """Write the lists that are due; return how many."""
    now = timezone.now()
    moved = Digest.objects.exclude(zone=F("chat__timezone")).exclude(chat__timezone="")
    for digest in moved.select_related("chat")[:AT_ONCE]:
        set_time(digest.chat, digest.at, now)
    due = Digest.objects.filter(next_at__lte=now).select_related("chat").order_by("next_at")
    return sum(_send(digest, now) for digest in due[:AT_ONCE])


@transaction.atomic
def _send(digest: Digest, now: datetime) -> bool:
    planned = digest.next_at
    following = next_morning(digest.at, digest.zone, now)
    rows = Digest.objects.filter(pk=digest.pk, next_at=planned)
    if not rows.update(next_at=following):
        return False
    zone, chat = ZoneInfo(digest.zone), digest.chat
    day = planned.astimezone(zone).date()
    if chat.state != Chat.State.ACTIVE or now.astimezone(zone).date() != day:
        return False
    with translation.override(chat.language or "en"):
        outbox.post(chat, [card(chat, day, zone)], f"digest:{chat.pk}:{day.isoformat()}")
    return True


def card(chat: Chat, day: date, zone: ZoneInfo) -> Say:
    """Return the list of one day in the chat's zone; an empty one comes without a sound."""
    begin, end = day_in(zone, day)
    due = Reminder.objects.filter(chat=chat, state=Reminder.State.ACTIVE, due_at__lt=end)
    count = due.count()
    shown = list(due.order_by("due_at")[:MOST])
    context = {
        "chat": chat,
        "day": datetime.combine(day, time(12), zone),
        "entries": [(one, one.due_at.astimezone(zone)) for one in shown if one.due_at],
        "begin": begin,
        "rest": count - len(shown),
    }
    return Say("together/digest", context, silent=not count)
