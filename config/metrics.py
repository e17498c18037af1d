"""Figures for Prometheus, read from the rows when asked; ids and texts never appear in them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Max, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bots.database import in_database
from bots.models import Bot, Update
from config.loopwatch import lag
from conversations.models import Message
from reminders.models import Delivery, Reminder

WINDOW = timedelta(hours=1)


class RowsCollector(Collector):  # type: ignore[misc]  # its package is untyped here
    """Counts what the rows say now."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the figures; each is one indexed query."""
        now = timezone.now()
        hour = Update.objects.filter(received_at__gt=now - WINDOW)
        yield self._by_state(
            "reminderbot_updates_last_hour", "Updates received in the last hour", hour
        )
        yield GaugeMetricFamily(
            "reminderbot_update_repeats_last_hour",
            "Repeated updates dropped, of those received in the last hour",
            value=hour.aggregate(total=Sum("repeats"))["total"] or 0,
        )
        waiting = Message.objects.filter(state__in=["queued", "sending"])
        yield self._by_state("reminderbot_outbox_waiting", "Outbox rows not yet sent", waiting)
        alive = Reminder.objects.filter(state__in=["active", "paused"])
        yield self._by_state("reminderbot_reminders", "Reminders that will still fire", alive)
        sent = Delivery.objects.filter(claimed_at__gt=now - WINDOW)
        yield self._by_state(
            "reminderbot_deliveries_last_hour", "Deliveries of the last hour", sent
        )
        yield GaugeMetricFamily(
            "reminderbot_lateness_max_seconds_last_hour",
            "The latest delivery of the last hour",
            value=sent.aggregate(latest=Max("lateness"))["latest"] or 0,
        )
        yield GaugeMetricFamily(
            "reminderbot_loop_lag_p99_seconds",
            "How late this process's event loop was in 99 of 100 looks of the last minute",
            value=lag(0.99),
        )
        ages = [(now - at).total_seconds() for at in self._polls()]
        yield GaugeMetricFamily(
            "reminderbot_poll_age_seconds",
            "Age of the oldest last good poll",
            value=max(ages, default=0),
        )

    def _by_state(self, name: str, text: str, rows: object) -> GaugeMetricFamily:
        family = GaugeMetricFamily(name, text, labels=["state"])
        for row in rows.values("state").annotate(n=Count("pk")).order_by():  # type: ignore[attr-defined]
            family.add_metric([row["state"]], row["n"])
        return family

    def _polls(self) -> list[datetime]:
        polls = Bot.objects.values_list("last_polled_at", flat=True)
        return [at for at in polls if at is not None]


def _render() -> bytes:
    registry = CollectorRegistry()
    registry.register(RowsCollector())
    return bytes(generate_latest(registry))


async def metrics(request: HttpRequest) -> HttpResponse:
    """Answer in Prometheus's text format."""
    return HttpResponse(await in_database(_render), content_type=CONTENT_TYPE_LATEST)
