"""Keep what takes the last action back: for ten minutes a button below the answer does."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from conversations.models import Chat, Message
from conversations.replies import Button, Change, Effect
from conversations.router import Incoming
from reminders.chat import labels
from reminders.chat.exchange import key_of
from reminders.chat.models import UNDO_LIFE, Undo
from reminders.models import Reminder

KEPT = (
    "state", "text", "due_at", "moved_from", "fire_at", "fire_kind", "nag_count", "held_since", "unanswered",
    "timezone", "start_local", "rules", "after_done", "nag_every", "nag_times", "alerts", "urgent",
    "useless_after", "paused_until", "ended_at",
)  # fmt: skip
MOMENTS = ("due_at", "moved_from", "fire_at", "held_since", "paused_until", "ended_at")


def snapshot(reminder: Reminder) -> dict[str, Any]:
    """Return the columns a change may touch, as JSON."""
    values = {name: getattr(reminder, name) for name in KEPT}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def restoring(reminder: Reminder, before: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the step that gives a reminder, changed just now, its earlier columns again."""
    return {"reminder": reminder.pk, "revision": reminder.revision, "before": before, **more}


def cancelling(reminder: Reminder) -> dict[str, Any]:
    """Return the step that takes back a creation."""
    return {"reminder": reminder.pk}


def offer(chat: Chat, user_id: int, steps: list[dict[str, Any]]) -> Button:
    """Return the button that takes these steps back."""
    expires = timezone.now() + UNDO_LIFE
    undo = Undo.objects.create(chat=chat, user_id=user_id, steps=steps, expires_at=expires)
    return Button(labels.undo(), f"u1:{undo.pk}")


def without_old_buttons(chat: Chat, incoming: Incoming) -> list[Effect]:
    """Return the change that takes the buttons off an old copy; one that offers Undo stays as it is."""
    pressed = incoming.said.message_id
    changes = Message.objects.filter(target__chat=chat, target__message_id=pressed, kind="edit")
    last = changes.order_by("-pk").first()
    rows = last.params["reply_markup"]["inline_keyboard"] if last else []
    data = [button.get("callback_data", "") for row in rows for button in row]
    pks = [key_of(one.removeprefix("u1:")) for one in data if one.startswith("u1:")]
    undos = Undo.objects.filter(pk__in=pks, used_at=None, expires_at__gt=timezone.now())
    return [] if undos.exists() else [Change(pressed)]
