"""Who looked at a chat, and what no operator has looked at yet."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from conversations.models import Chat, Message
from conversations.operators import AuditEntry, audit

SAME_VISIT = timedelta(minutes=5)


def note_opened(chat: Chat, user: Any) -> None:
    """Write down that an operator opened the transcript, once a visit."""
    since = timezone.now() - SAME_VISIT
    seen = AuditEntry.objects.filter(chat=chat, verb="opened", actor=user, at__gt=since)
    if not seen.exists():
        audit(user, "opened", chat)


def mark_seen(chat: Chat, upto: int) -> None:
    """Count as unread only what came after a row; one statement, so that nothing new is lost."""
    later = (
        Message.objects.filter(chat=OuterRef("pk"), direction=Message.Direction.IN, pk__gt=upto)
        .order_by()
        .values("chat")
        .annotate(count=Count("pk"))
        .values("count")
    )
    Chat.objects.filter(pk=chat.pk, unread__gt=0).update(
        unread=Coalesce(Subquery(later, output_field=IntegerField()), 0)
    )
