"""What is kept of reminders that have ended: their deliveries and their history, for a while."""

from datetime import datetime

from django.db.models import QuerySet

from conversations.retention import Rule, rules
from reminders.models import Delivery, Event, Reminder

_ENDED = (Reminder.State.FINISHED, Reminder.State.CANCELLED, Reminder.State.FAILED)


def _deliveries(before: datetime) -> "QuerySet[Delivery]":
    settled = Delivery.objects.exclude(state=Delivery.State.CLAIMED)
    return settled.filter(reminder__state__in=_ENDED, reminder__ended_at__lt=before)


def _events(before: datetime) -> "QuerySet[Event]":
    return Event.objects.filter(reminder__state__in=_ENDED, reminder__ended_at__lt=before)


rules += [
    Rule("deliveries of ended reminders", "RETENTION_REMINDER_DAYS", _deliveries),
    Rule("history of ended reminders", "RETENTION_REMINDER_DAYS", _events),
]
