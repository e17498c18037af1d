"""Answer /why: everything that happened to one reminder, in words and in order."""

from typing import Any

from conversations.models import Attempt, Chat
from conversations.replies import Button, Reply, say
from conversations.router import Incoming
from reminders.chat import finding, labels
from reminders.chat.cards import basics
from reminders.chat.exchange import Card, numbers_in, show
from reminders.models import Event, Reminder

SHOWN = 25


def why(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /why 42, or /why as an answer to a message about a reminder."""
    numbers, replied = numbers_in(incoming.arguments), incoming.said.reply_to_message_id
    if not numbers and not replied:
        return say("reminders/why_how")
    found = finding.by_number(chat, numbers[0]) if numbers else finding.about(chat, replied)
    return shown(chat, incoming, found) if found else say("reminders/not_found")


def shown(chat: Chat, incoming: Incoming, reminder: Reminder) -> Reply:
    """Show the reminder's history."""
    events = Event.objects.filter(reminder=reminder).order_by("-at", "-pk")[:SHOWN]
    lines = [
        *_tries(reminder),
        *(_line(event, reminder, incoming.said.sender.id) for event in reversed(events)),
    ]
    lines.sort(key=lambda line: line["at"])
    context = basics(chat, reminder, lines=lines)
    buttons = [[Button(labels.back(), f"r1:card:{reminder.pk}")]]
    return Reply([*show(incoming, Card("reminders/why", context, buttons))])


def _line(event: Event, reminder: Reminder, viewer: int) -> dict[str, Any]:
    kind, _, who = event.actor.partition(":")
    by = int(who) if kind == "person" and who.isdigit() else 0
    return {
        "at": event.at.astimezone(reminder.zone),
        "verb": event.verb,
        "details": event.details,
        "by_you": by and by == viewer,
        "by_creator": by and by == reminder.creator_id,
        "by_operator": kind == "operator",
        "late": round(event.details.get("late") or 0),
    }


def _tries(reminder: Reminder) -> list[dict[str, Any]]:
    """Return the tries to send it that did not succeed."""
    tries = Attempt.objects.filter(message__deliveries__reminder=reminder).exclude(outcome="sent")
    return [
        {"at": found.began_at.astimezone(reminder.zone), "verb": "tried", "error": found.error}
        for found in tries.order_by("-began_at")[:SHOWN]
    ]
