"""What a reminder looks like in the chat when it is set, and what every card about it says."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from conversations.models import Chat
from conversations.replies import Button
from reminders import schedule
from reminders.chat import forecast, labels, undoing
from reminders.chat.exchange import Card
from reminders.describe import describe
from reminders.localise import read_local
from reminders.models import Reminder
from reminders.together import joining
from reminders.when.meaning import Meaning


def basics(chat: Chat, reminder: Reminder, **more: Any) -> dict[str, Any]:
    """Return what every template about a reminder is given."""
    return {
        "chat": chat,
        "reminder": reminder,
        "due": reminder.local_due,
        "zone_known": bool(chat.timezone) or reminder.timezone != "UTC",
        "rule": rule_of(reminder),
        "pause_after": labels.length(*reminder.after_done) if reminder.after_done else "",
        **more,
    }


def rule_of(reminder: Reminder) -> str:
    """Return the recurrence in words; empty for what comes once."""
    if not reminder.rules:
        return ""
    return describe(reminder.rules, read_local(reminder.start_local), reminder.timezone)


def set_card(
    chat: Chat, reminder: Reminder, meaning: Meaning, *, words: str = "", zone_set: bool = False
) -> Card:
    """Return the confirmation that proves what was understood."""
    undo = undoing.offer(chat, reminder.creator_id, [undoing.cancelling(reminder)])
    first = [undo, Button(labels.edit(), f"r1:edit:{reminder.pk}")]
    rows = [first]
    if reminder.rules:
        first.append(Button(labels.show_five(), f"r1:five:{reminder.pk}"))
    if not chat.is_private:
        rows = joining.buttons(reminder)
    if meaning.bare_hour and _may_be_evening(chat, reminder):
        later = shifted(reminder)
        rows.append([Button(labels.make_it(later, chat.clock), f"r1:pm:{reminder.pk}")])
    rows += [[button] for button in _not_the_time(reminder, meaning, words)]
    context = basics(chat, reminder, zone_set=zone_set, now=timezone.now(), **outlook(reminder))
    if context["rest"] or reminder.held_since:
        rows.append([Button(labels.ring_through(), f"r1:urgent:{reminder.pk}")])
    return Card("reminders/set", context, rows, tag=f"reminder:{reminder.pk}")


def outlook(reminder: Reminder, count: int = forecast.SHOWN) -> dict[str, Any]:
    """Return what a confirmation says about the future."""
    return {
        "times": forecast.shapes(forecast.next_times(reminder, count)),
        "odd": forecast.odd_days(reminder),
        "rest": forecast.night_rest(reminder) if reminder.nag_every else None,
        "nags": nags(reminder),
    }


def nags(reminder: Reminder) -> int:
    """Return how many times it is asked again."""
    return schedule.nags_of(reminder) if reminder.nag_every else 0


def _may_be_evening(chat: Chat, reminder: Reminder) -> bool:
    due = reminder.local_due
    return bool(chat.clock == 24 and not reminder.rules and due and 1 <= due.hour <= 11)


def shifted(reminder: Reminder) -> datetime:
    """Return the due time twelve hours later on the wall clock."""
    due = reminder.local_due or timezone.now()
    return due.replace(hour=(due.hour + 12) % 24)


def _not_the_time(reminder: Reminder, meaning: Meaning, words: str) -> list[Button]:
    """Offer to leave alone words that stand inside the text and look like a date."""
    dates = [span for span in meaning.spans if span.role in {"date", "duration"}]
    found = []
    for span in dates:
        said = words[span.start : span.end].strip()
        inside = words[: span.start].strip() and words[span.end :].strip()
        if inside and len(dates) > 1 and any(c.isalpha() for c in said):
            data = f"r1:not:{reminder.pk}:{span.start}:{span.end}"
            found.append(Button(labels.not_the_time(said.split()[-1]), data))
    return found[:1]
