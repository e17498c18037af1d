"""Two rows turn out to be one chat: their reminders keep numbers of their own."""

from typing import Any

from django.dispatch import receiver

from conversations.migration import joining
from conversations.models import Chat
from reminders.models import Reminder, next_number


@receiver(joining, dispatch_uid="renumber reminders")
def renumber(chat: Chat, newcomer: Chat, **_: Any) -> None:
    """Number the newcomer's reminders on from the chat's own, in the order they were made."""
    number = max(next_number(chat), next_number(newcomer))
    for reminder in Reminder.objects.filter(chat=newcomer).order_by("number"):
        Reminder.objects.filter(pk=reminder.pk).update(number=number)
        number += 1
