"""Warns the administrators in their own chats when messages stop arriving: in numbers, without words."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from bots.states import state_in
from conversations import outbox
from conversations.models import Chat, Message
from conversations.replies import Say

AFTER = 5  # this many in an hour are no accident of one chat
HOUR = timedelta(hours=1)
SHOWN = 5  # causes named in a warning


def warn() -> int:
    """Warn every administrator at most once an hour while messages fail; return how many were told."""
    if not settings.ADMIN_USERS:
        return 0
    now = timezone.now()
    rows = troubled(now - HOUR)
    count = rows[:1000].count()
    if count < AFTER:
        return 0
    causes = rows.values("state", "error").annotate(count=Count("pk")).order_by("-count")[:SHOWN]
    card = Say("reminders/admin_alert", {"count": count, "causes": list(causes)})
    own = Chat.objects.filter(
        chat_id__in=settings.ADMIN_USERS, type="private", state=Chat.State.ACTIVE
    )
    hour = int(now.timestamp() // HOUR.total_seconds())
    return sum(_tell(chat, card, f"alert:{chat.pk}:{hour}") for chat in own)


def troubled(since: Any) -> QuerySet[Message]:
    """Return what failed or has an unknown outcome; that somebody blocked the bot is no trouble."""
    return (
        Message.objects.filter(
            state_in("failed", "unknown"), created_at__gt=since, chat__state=Chat.State.ACTIVE
        )
        .exclude(kind__in=["toast", "edit"])
        .order_by()
    )


def _tell(chat: Chat, card: Say, key: str) -> bool:
    """Post a warning; its key lets one pass each hour, whoever sweeps."""
    if Message.objects.filter(key=f"{key}/0").exists():
        return False
    try:
        with transaction.atomic():
            outbox.post(chat, [card], key)
    except IntegrityError:  # another process was faster
        return False
    return True
