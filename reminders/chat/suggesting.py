"""Offer a better time for a series that is put off to the same hour again and again (opt-in)."""

from collections import Counter
from datetime import datetime

from django.utils.translation import gettext as _

from conversations.models import Chat
from conversations.replies import Button, Effect, Say
from conversations.templatetags.chat import clock_text
from reminders.chat import labels
from reminders.chat.models import preferences_of
from reminders.models import Delivery, Reminder

LOOKED_AT, ENOUGH = 6, 3
STEP = 15  # minutes: "about 18:00"


def offer(chat: Chat, reminder: Reminder) -> list[Effect]:
    """Return the offer to move the series, if the chat wants such offers and there is a reason."""
    if not reminder.rules or not preferences_of(chat.pk).suggestions:
        return []
    usual = usual_time(reminder)
    if usual is None:
        return []
    hour, minute = divmod(usual, 60)
    when = datetime(2000, 1, 1, hour, minute, tzinfo=reminder.zone)
    move = _("Move to %(time)s") % {"time": clock_text(when, chat.clock)}
    data = f"r1:to:{reminder.pk}:{hour:02d}{minute:02d}"
    buttons = [[Button(move, data), Button(labels.keep(), f"r1:keep:{reminder.pk}")]]
    return [
        Say("reminders/suggestion", {"chat": chat, "reminder": reminder, "when": when}, buttons)
    ]


def usual_time(reminder: Reminder) -> int | None:
    """Return the minute of the day to which most of the last occurrences were put off."""
    last = Delivery.objects.filter(reminder=reminder, kind=Reminder.Fire.DUE).order_by("-due_at")
    put_off = [found.snoozed_until for found in last[:LOOKED_AT] if found.snoozed_until]
    times = Counter(
        round((local.hour * 60 + local.minute) / STEP) * STEP % 1440
        for local in (moment.astimezone(reminder.zone) for moment in put_off)
    )
    if not times:
        return None
    minute, count = times.most_common(1)[0]
    return minute if count >= ENOUGH else None
