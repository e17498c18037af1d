"""The dashboard's figures, each from a range that an index serves, so that a million rows cost little."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum, Window
from django.db.models.functions import Lag
from django.utils import timezone

from bots.buckets import Bucket
from bots.heartbeat import WORKER
from bots.models import Bot, Heartbeat, Update
from bots.states import state_in
from conversations.desk.filters import troubled_messages
from conversations.models import Chat, Message
from reminders.models import Delivery, Reminder

OVERDUE = timedelta(seconds=60)
COUNTED_TO = 10_000  # a longer backlog is told as "10,000+"
MOST_SORTED = 50_000  # deliveries whose lateness is looked at
DAY = timedelta(days=1)
HOUR = 3600  # seconds
# Said the other way round: for `state = 'sent'` SQLite would go through every sent row there is.
_SENT = ~Q(state__in=[state for state in Delivery.State if state != Delivery.State.SENT])


@dataclass(frozen=True)
class Lateness:
    """How late reminders were in the last 24 hours, in seconds; None while there were none."""

    count: int = 0
    median: float | None = None
    p95: float | None = None
    longest: float | None = None


def due(now: datetime, within: timedelta) -> int:
    """Count what will be said within a span."""
    waiting = Reminder.objects.filter(state=Reminder.State.ACTIVE, fire_at__gte=now)
    return waiting.filter(fire_at__lt=now + within).count()


def overdue(now: datetime) -> int:
    """Count what should have been said a minute ago."""
    return _up_to(Reminder.objects.filter(state=Reminder.State.ACTIVE, fire_at__lt=now - OVERDUE))


def sent_today(now: datetime) -> int:
    """Count reminders delivered since midnight UTC."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Delivery.objects.filter(_SENT, delivered_at__gte=midnight).count()


def lateness(now: datetime) -> Lateness:
    """Return the spread of lateness over 24 hours."""
    rows = Delivery.objects.filter(_SENT, delivered_at__gte=now - DAY, lateness__isnull=False)
    newest = rows.order_by("-delivered_at").values_list("lateness", flat=True)
    found = sorted(value for value in newest[:MOST_SORTED] if value is not None)
    if not found:
        return Lateness()
    count = len(found)
    return Lateness(count, found[count // 2], found[count * 95 // 100], found[-1])


def causes() -> list[dict[str, Any]]:
    """Return what failed or is unknown in 7 days, by cause, the most frequent first."""
    rows = troubled_messages().order_by().values("state", "error")
    found = rows.annotate(count=Count("pk"), last=Max("created_at")).order_by("-count")[:8]
    return [dict(row) for row in found]


def tried_again() -> list[dict[str, Any]]:
    """Return what could not be sent yet, by cause: it goes on by itself and needs nobody."""
    rows = Message.objects.filter(state_in("queued", "sending")).exclude(error="")
    found = rows.order_by().values("error").annotate(count=Count("pk"), last=Max("created_at"))
    return [{"state": "waiting", **row} for row in found.order_by("-count")[:4]]


def trouble() -> dict[str, int]:
    """Count messages of 7 days by failed and unknown."""
    rows = troubled_messages().order_by().values("state").annotate(count=Count("pk"))
    return dict(rows.values_list("state", "count"))


def repeats(now: datetime) -> int:
    """Count repeated updates of 24 hours; each was dropped."""
    rows = Update.objects.filter(received_at__gte=now - DAY, repeats__gt=0)
    return rows.aggregate(sum=Sum("repeats"))["sum"] or 0


def out_of_order(now: datetime) -> int:
    """Count updates of 24 hours that arrived after a later one of their chat."""
    before = Window(Lag("sequence"), partition_by=[F("bot"), F("chat_id")], order_by="id")
    rows = Update.objects.filter(received_at__gte=now - DAY)
    return rows.annotate(before=before).filter(before__gt=F("sequence")).count()


def backlog() -> tuple[int, int]:
    """Count updates without an answer and messages not yet sent."""
    updates = Update.objects.filter(state_in("received", "handed_over"))
    waiting = Message.objects.filter(state_in("queued", "sending"))
    return _up_to(updates), _up_to(waiting)


def updates_per_minute(now: datetime) -> float:
    """Return the mean of the last ten minutes."""
    return Update.objects.filter(received_at__gte=now - timedelta(minutes=10)).count() / 10


def active_chats(now: datetime) -> int:
    """Count chats where something happened in 24 hours."""
    return Chat.objects.filter(last_message_at__gte=now - DAY).count()


def last_polls() -> list[Bot]:
    """Return the bots, the one heard of longest ago first."""
    return list(Bot.objects.order_by(F("last_polled_at").asc(nulls_first=True))[:20])


def worker_seen() -> datetime | None:
    """Return when Temporal last heard of a worker of ours."""
    return Heartbeat.objects.filter(part=WORKER).values_list("at", flat=True).first()


def by_hour(since: datetime, until: datetime) -> dict[int, tuple[int, int]]:
    """Return messages (in, out) by hour, numbered since 1970."""
    rows = (
        Message.objects.filter(created_at__gte=since, created_at__lt=until)
        .order_by()
        .values(hour=Bucket("created_at", HOUR))
        .annotate(
            incoming=Count("pk", filter=Q(direction="in")),
            outgoing=Count("pk", filter=Q(direction="out")),
        )
    )
    return {row["hour"]: (row["incoming"], row["outgoing"]) for row in rows}


def _up_to(rows: QuerySet[Any]) -> int:
    """Count, but not beyond what anybody would tell apart."""
    return rows.order_by()[:COUNTED_TO].count()


def now() -> datetime:
    """Return the present; one moment for all figures of a page."""
    return timezone.now()
