"""The administrators' commands in the chat; for everybody else they do not exist."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db.models import Avg, Count, F, Max, Q
from django.utils import timezone

from bots.models import Update
from conversations.commands import unknown
from conversations.models import Chat, Message
from conversations.replies import Reply, say
from conversations.router import Handler, Incoming
from reminders.models import Delivery, Reminder

SHOWN = 10
DAY = timedelta(days=1)


def for_admins(handler: Callable[[Chat, Incoming], Reply]) -> Handler:
    """Answer the people of ADMIN_USERS in their private chats; others get what any unknown command gets."""

    def guarded(chat: Chat, incoming: Incoming) -> Reply:
        if chat.is_private and incoming.said.sender.id in settings.ADMIN_USERS:
            return handler(chat, incoming)
        return unknown(chat, incoming)

    return guarded


@for_admins
def stats(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /stats: how much waits, how the last day went."""
    now = timezone.now()
    waiting = Reminder.objects.filter(state=Reminder.State.ACTIVE)
    day = Delivery.objects.filter(claimed_at__gt=now - DAY).aggregate(
        sent=Count("pk", filter=Q(state=Delivery.State.SENT)),
        failed=Count("pk", filter=Q(state=Delivery.State.FAILED)),
        unknown=Count("pk", filter=Q(state=Delivery.State.UNKNOWN)),
        mean=Avg("lateness"),
        worst=Max("lateness"),
    )
    return say(
        "reminders/admin_stats",
        active=waiting.count(),
        overdue=waiting.filter(fire_at__lt=now - timedelta(minutes=1)).count(),
        hour=waiting.filter(fire_at__range=(now, now + timedelta(hours=1))).count(),
        chats=Chat.objects.filter(last_incoming_at__gt=now - DAY).count(),
        updates=Update.objects.filter(received_at__gt=now - DAY).count(),
        outbox=Message.objects.filter(state__in=["queued", "sending"]).count(),
        day=day,
    )


@for_admins
def failed(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /failed: what did not arrive lately, by reason. No texts."""
    wrong = [Delivery.State.FAILED, Delivery.State.UNKNOWN]
    rows = Delivery.objects.filter(state__in=wrong, claimed_at__gt=timezone.now() - 7 * DAY)
    groups = rows.values("state", "reason").annotate(count=Count("pk")).order_by("-count")
    newest = rows.select_related("reminder").order_by("-claimed_at")[:SHOWN]
    return say("reminders/admin_failed", groups=list(groups[:SHOWN]), newest=list(newest))


@for_admins
def due(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /due: what fires next anywhere, and how late the oldest overdue is. No texts."""
    now = timezone.now()
    rows = Reminder.objects.filter(state=Reminder.State.ACTIVE, fire_at__lte=now + DAY)
    listed = list(rows.select_related("chat").order_by(F("fire_at").asc(), "pk")[:SHOWN])
    return say("reminders/admin_due", reminders=listed, count=rows.count(), now=now)
