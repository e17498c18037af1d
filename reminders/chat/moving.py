"""What a new time zone of a chat does to the reminders that are already set."""

from datetime import UTC
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from conversations.models import Chat
from reminders import schedule
from reminders.arming import arm
from reminders.changing import ALIVE
from reminders.localise import localise, read_local, write_local
from reminders.models import Reminder
from reminders.recurrence import Schedule, first_after


def keep_instants(chat: Chat, zone: str) -> None:
    """Give reminders made before any zone was known this zone, each at the instant it was set for.

    Those that have come, too: they may still be put off, and their history tells hours.
    """
    for reminder in Reminder.objects.filter(chat=chat, timezone="UTC"):
        start = read_local(reminder.start_local).replace(tzinfo=UTC)
        start_local = write_local(start.astimezone(ZoneInfo(zone)))
        Reminder.objects.filter(pk=reminder.pk).update(timezone=zone, start_local=start_local)


def on_old_time(chat: Chat, before: str) -> QuerySet[Reminder]:
    """Return what still waits on the time of the zone before and has a time of day."""
    waiting = Reminder.objects.filter(chat=chat, state__in=ALIVE, timezone=before)
    return waiting.exclude(rules=[], after_done__isnull=True)


def move_walls(chat: Chat, before: str, actor: str) -> int:
    """Move what repeats to the chat's zone, at the same time of day; return how many moved."""
    return sum(move_wall(reminder, chat, actor) for reminder in on_old_time(chat, before))


def move_wall(reminder: Reminder, chat: Chat, actor: str) -> bool:
    """Move one that repeats to the chat's zone, at the same time of day."""
    now, old, zone = timezone.now(), reminder.timezone, ZoneInfo(chat.timezone)
    start = read_local(reminder.start_local)
    reminder.chat = chat
    fields: dict[str, object] = {
        "timezone": chat.timezone,
        "start_local": write_local(start.replace(tzinfo=zone)),
    }
    if reminder.rules:
        found = first_after(Schedule(tuple(reminder.rules), start, chat.timezone), now)
        due = found.due if found else None
        fields["moved_from"] = None
    elif reminder.due_at:
        wall = reminder.due_at.astimezone(reminder.zone).replace(tzinfo=None)
        due = localise(wall, zone)[0]
    else:
        due = None
    if due is not None:
        reminder.timezone = chat.timezone
        fields |= schedule.first_fields(reminder, due, now)
    if not reminder.change(**fields):
        return False
    reminder.note("moved", actor=actor, before=old, zone=chat.timezone)
    arm(reminder)
    return True
