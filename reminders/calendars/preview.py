"""Show what a calendar file holds before anything is taken in."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from conversations.models import Chat
from reminders.calendars.reading import Found
from reminders.describe import describe
from reminders.localise import read_local

SHOWN = 5


def preview(chat: Chat, found: Found) -> dict[str, Any]:
    """Return what the preview's template is given."""
    return {
        "chat": chat,
        "count": len(found.events),
        "first": [_line(event) for event in found.events[:SHOWN]],
        "rest": max(0, len(found.events) - SHOWN),
        "skipped": sorted(found.skipped.items()),
        "exceptions": sum(event["exceptions"] for event in found.events),
    }


def _line(event: dict[str, Any]) -> dict[str, Any]:
    start = read_local(event["start"])
    due = datetime.fromisoformat(event["due"]).astimezone(ZoneInfo(event["zone"]))
    rule = describe(event["rules"], start, event["zone"]) if event["rules"] else ""
    return {"text": event["text"], "due": due, "rule": rule}
