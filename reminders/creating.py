"""Make a reminder from what was understood."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils import timezone

from conversations.models import Chat
from reminders import schedule
from reminders.arming import arm
from reminders.localise import write_local
from reminders.models import Reminder, next_number
from reminders.when.meaning import Meaning


@dataclass(frozen=True)
class Wish:
    """Who wants to be reminded of what, and where it came from."""

    text: str
    creator_id: int = 0
    creator_name: str = ""
    request_id: str = ""
    thread_id: int = 0
    source_message_id: int = 0
    answers_source: bool = False
    attachment: str = ""


@transaction.atomic
def create(chat: Chat, wish: Wish, meaning: Meaning, **fields: Any) -> Reminder:
    """Store the reminder and arm it; the same request gives the same reminder.

    `meaning.due` is the first occurrence, aware, in the zone the rules are to follow.
    """
    if meaning.due is None:
        raise ValueError("a reminder needs a time")
    existing = (
        Reminder.objects.filter(chat=chat, request_id=wish.request_id)
        .exclude(request_id="")
        .first()
    )
    if existing is not None:
        return existing
    reminder = Reminder(
        chat=chat,
        number=next_number(chat),
        **{**vars(wish), "timezone": chat.timezone or "UTC", **_timing(meaning), **fields},
    )
    due = meaning.due.astimezone(UTC)
    for name, value in schedule.first_fields(reminder, due, timezone.now()).items():
        setattr(reminder, name, value)
    reminder.save(force_insert=True)
    actor = f"person:{wish.creator_id}" if wish.creator_id else "bot"
    reminder.note("created", actor=actor, due=due.isoformat(), rules=reminder.rules)
    arm(reminder)
    return reminder


def _timing(meaning: Meaning) -> dict[str, Any]:
    nag = meaning.nag
    return {
        "start_local": local_start(meaning),
        "rules": [] if meaning.after_done else list(meaning.rules),
        "after_done": list(meaning.after_done) if meaning.after_done else None,
        "nag_every": nag.every if nag else None,
        "nag_times": nag.times if nag else None,
        "alerts": list(meaning.alerts),
        "urgent": meaning.urgent,
    }


def local_start(meaning: Meaning) -> str:
    """Return the first occurrence on the wall clock of its zone, as a reminder's row keeps it."""
    return write_local(meaning.due or timezone.now())
