"""List reminders and cancel them."""

from django.utils import timezone

from conversations.models import Chat
from conversations.replies import Reply, say
from conversations.router import Incoming
from reminders import changing
from reminders.models import Reminder

SHOWN = 20


def show_list(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /list with what is still to come."""
    alive = [Reminder.State.ACTIVE, Reminder.State.PAUSED]
    rows = Reminder.objects.filter(chat=chat, state__in=alive).order_by("due_at")
    return say(
        "reminders/list", reminders=list(rows[:SHOWN]), count=rows.count(), now=timezone.now()
    )


def cancel(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /cancel with the numbers of reminders."""
    numbers = [
        int(word)
        for word in incoming.arguments.replace("#", " ").split()
        if word.isascii() and word.isdigit()
    ]
    if not numbers:
        return say("reminders/cancel_how")
    done: list[int] = []
    refused: list[int] = []
    for number in numbers[:50]:
        reminder = Reminder.objects.filter(chat=chat, number=number).first()
        actor = f"person:{incoming.said.sender.id}"
        cancelled = reminder is not None and changing.cancel(reminder, actor=actor)
        (done if cancelled else refused).append(number)
    return say("reminders/cancelled", done=done, refused=refused)
