"""Know when the product was away, so that what is late can say why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from reminders.models import Presence

AWAY = timedelta(seconds=45)  # several missed signs of life
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Absence:
    """A span in which nothing was at work."""

    began: datetime
    ended: datetime


def beat() -> None:
    """Give a sign of life; after a gap a new span at work begins."""
    now = timezone.now()
    if not Presence.objects.filter(seen_at__gt=now - AWAY, seen_at__lte=now).update(seen_at=now):
        Presence.objects.filter(seen_at__lt=now - KEPT).delete()
        Presence.objects.create(seen_at=now, began_at=now)


def absence_around(planned: datetime, now: datetime) -> Absence | None:
    """Return the absence that explains why what was planned then comes only now."""
    last = Presence.objects.filter(seen_at__lt=planned + AWAY).order_by("-seen_at").first()
    if last is None:
        return None
    back = Presence.objects.filter(began_at__gt=last.seen_at).order_by("began_at").first()
    ended = back.began_at if back else now
    if ended <= planned or ended - last.seen_at < AWAY:
        return None
    return Absence(last.seen_at, ended)
