"""The admin's first page: is everything well, and where to look if not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from bots.admin import is_quiet
from bots.models import Bot
from config import charts, measures
from conversations.models import Message

WORKER_QUIET = timedelta(seconds=90)  # the worker polls at least once a minute
CHART_KEPT = 3600  # seconds: hours that are over do not change, so a week is counted once an hour
FIGURES_KEPT = 30  # seconds, for what looks at every row of a day


@dataclass(frozen=True)
class Figure:
    """One number with the list behind it."""

    name: str
    value: str
    url: str = ""
    note: str = ""
    tone: str = ""  # "", warn or bad


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the figures this operator may see to the first page."""
    if not request.user.has_perm("conversations.view_chat"):
        return {**context, "sections": []}
    now = measures.now()
    context["sections"] = [
        ("Reminders", _reminders(now)),
        ("Messages", _messages(now)),
        ("The machine", _machine(now)),
    ]
    causes = [*measures.causes(), *measures.tried_again()]
    context["causes"] = [{**cause, "url": _cause_url(cause)} for cause in causes]
    context["charts"] = _charts(now)
    context["troubled_bots"] = [bot for bot in measures.last_polls() if bot.poll_error]
    return context


def _list(name: str, **query: Any) -> str:
    """Return the address of a list, empty while there is no such list."""
    try:
        url = reverse(f"admin:{name}_changelist")
    except NoReverseMatch:
        return ""
    return f"{url}?{urlencode(query)}" if query else url


def _reminders(now: datetime) -> list[Figure]:
    late = _kept("lateness", lambda: measures.lateness(now), FIGURES_KEPT)
    delivered = _list("conversations_message", source="reminders", since="day")
    overdue = measures.overdue(now)
    next_day = {"state__exact": "active", "fire_at__gte": now.isoformat(),
                "fire_at__lt": (now + measures.DAY).isoformat()}  # fmt: skip
    return [
        Figure("Due in 1 hour", f"{measures.due(now, timedelta(hours=1)):,}",
               _list("reminders_reminder", show="soon")),
        Figure("Due in 24 hours", f"{measures.due(now, measures.DAY):,}",
               _list("reminders_reminder", **next_day)),
        Figure("Overdue", _many(overdue), _list("reminders_reminder", show="overdue"),
               "more than a minute" if overdue else "nothing is late", "bad" if overdue else ""),
        Figure("Sent today", f"{measures.sent_today(now):,}", delivered, "since midnight UTC"),
        Figure("Median lateness", _seconds(late.median), delivered, f"of {late.count:,} in 24 hours"),
        Figure("95th percentile", _seconds(late.p95), delivered, "of the lateness"),
        Figure("Worst lateness", _seconds(late.longest), delivered, "in 24 hours"),
    ]  # fmt: skip


def _messages(now: datetime) -> list[Figure]:
    found = measures.trouble()
    failed = found.get(Message.State.FAILED, 0)
    unknown = found.get(Message.State.UNKNOWN, 0)
    name = "conversations_message"
    disorder = _kept("disorder", lambda: measures.out_of_order(now), FIGURES_KEPT)
    return [
        Figure("Active chats", f"{measures.active_chats(now):,}",
               _list("conversations_chat", active="day"), "in 24 hours"),
        Figure("Updates / min", f"{measures.updates_per_minute(now):g}",
               _list("bots_update", since="hour"), "mean of 10 minutes"),
        Figure("Failed", f"{failed:,}", _list(name, outcome="failed", since="week"), "in 7 days",
               "bad" if failed else ""),
        Figure("Unknown", f"{unknown:,}", _list(name, outcome="unknown", since="week"),
               "may have arrived", "warn" if unknown else ""),
        Figure("Repeats dropped", f"{measures.repeats(now):,}",
               _list("bots_update", fate="repeated", since="day"), "in 24 hours"),
        Figure("Out of order", f"{disorder:,}", _list("bots_update", since="day"),
               "in 24 hours, still answered"),
    ]  # fmt: skip


def _machine(now: datetime) -> list[Figure]:
    updates, outbox = measures.backlog()
    beat = measures.worker_seen()
    worker_quiet = beat is None or now - beat > WORKER_QUIET
    return [
        *_pollers(now),
        Figure("Worker", _age(beat, now), "", "last asked Temporal for work",
               "bad" if worker_quiet else ""),
        Figure("Updates waiting", _many(updates), _list("bots_update", fate="waiting"),
               "not answered yet", "warn" if updates > 100 else ""),
        Figure("Outbox waiting", _many(outbox), _list("conversations_message", outcome="waiting"),
               "not sent yet", "warn" if outbox > 100 else ""),
    ]  # fmt: skip


def _pollers(now: datetime) -> list[Figure]:
    bots = list(measures.last_polls())
    return [_poller(bot, now, "last heard" if len(bots) == 1 else f"{bot} last heard")
            for bot in bots]  # fmt: skip


def _poller(bot: Bot, now: datetime, note: str) -> Figure:
    tone = "bad" if is_quiet(bot) or bot.poll_error else ""
    url = reverse("admin:bots_bot_change", args=[bot.pk])
    return Figure("Poller", _age(bot.last_polled_at, now), url, note, tone)


def _charts(now: datetime) -> list[charts.Chart]:
    begun = now.replace(minute=0, second=0, microsecond=0)
    over = _kept(
        f"hours:{begun:%Y%m%d%H}",
        lambda: measures.by_hour(begun - timedelta(days=7), begun),
        CHART_KEPT,
    )
    hours = {**over, **measures.by_hour(begun, now + measures.DAY)}
    return [_day_chart(now, hours), _week_chart(now, hours)]


def _day_chart(now: datetime, hours: dict[int, tuple[int, int]]) -> charts.Chart:
    this_hour = int(now.timestamp()) // 3600
    points = []
    for hour in range(this_hour - 23, this_hour + 1):
        at = datetime.fromtimestamp(hour * 3600, UTC)
        label = f"{at:%H}" if hour % 3 == 0 else ""
        points.append((label, f"{at:%H}:00 UTC", *hours.get(hour, (0, 0))))
    return charts.draw("Messages by hour, last 24 hours (UTC)", points)


def _week_chart(now: datetime, hours: dict[int, tuple[int, int]]) -> charts.Chart:
    points = []
    today = int(now.timestamp()) // 86400
    for day in range(today - 6, today + 1):
        at = datetime.fromtimestamp(day * 86400, UTC)
        of_day = [hours.get(day * 24 + hour, (0, 0)) for hour in range(24)]
        incoming, outgoing = (sum(pair[way] for pair in of_day) for way in (0, 1))
        points.append((f"{at:%a %-d}", f"{at:%A %-d %B}", incoming, outgoing))
    return charts.draw("Messages by day, last 7 days (UTC)", points)


def _kept(name: str, count: Callable[[], Any], seconds: int) -> Any:
    found = cache.get(f"desk:{name}")
    if found is None:
        found = count()
        cache.set(f"desk:{name}", found, seconds)
    return found


def _cause_url(cause: dict[str, Any]) -> str:
    query = {"outcome": cause["state"], "since": "week"}
    if cause["error"]:
        query["cause"] = cause["error"]
    return _list("conversations_message", **query)


def _many(count: int) -> str:
    return f"{count:,}+" if count >= measures.COUNTED_TO else f"{count:,}"


def _seconds(value: float | None) -> str:
    if value is None:
        return "–"
    if value < 10:
        return f"{value:.1f} s"
    return f"{value:.0f} s" if value < 120 else f"{value / 60:,.0f} min"


def _age(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "never"
    seconds = max(0.0, (now - at).total_seconds())
    if seconds < 3600:
        return _seconds(seconds)
    return f"{seconds / 3600:,.0f} h" if seconds < 2 * 86400 else f"{seconds / 86400:,.0f} days"
