"""The next seven days on one page: how much fires in which hour, each number a way into the list."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bots.buckets import Bucket
from reminders.desk.times import operator_zone
from reminders.models import Reminder

DAYS = 7
QUARTER = 900  # seconds: there are zones whose hours begin at the half or the quarter
_HOUR = timedelta(hours=1)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the grid: a column for each day, a row for each hour that has anything."""
    if not request.user.has_perm("reminders.view_reminder"):
        raise PermissionDenied
    zone = operator_zone(request)
    today = timezone.now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    counts = _counts(today, today + timedelta(days=DAYS))
    most = max(counts.values(), default=1)
    days = [today + timedelta(days=n) for n in range(DAYS)]
    hours = sorted({moment.hour for moment in counts})
    context = {
        **admin.site.each_context(request),
        "title": _("Next 7 days"),
        "opts": Reminder._meta,  # noqa: SLF001  # Django documents it
        "zone": zone.key,
        "days": [_day(day, counts) for day in days],
        "rows": [
            {"hour": f"{hour:02d}:00", "cells": [_cell(day, hour, counts, most) for day in days]}
            for hour in hours
        ],
        "total": sum(counts.values()),
        "calendar": True,
    }
    return TemplateResponse(request, "admin/reminders/calendar.html", context)


def _counts(begin: datetime, end: datetime) -> dict[datetime, int]:
    """Return how many reminders fire next in each hour (each reminder counts once)."""
    rows = (
        Reminder.objects.filter(state=Reminder.State.ACTIVE, fire_at__gte=begin, fire_at__lt=end)
        .order_by()
        .values(part=Bucket("fire_at", QUARTER))
        .annotate(count=Count("pk"))
    )
    counts: dict[datetime, int] = {}
    for row in rows:
        moment = datetime.fromtimestamp(row["part"] * QUARTER, begin.tzinfo)
        hour = moment.replace(minute=0)
        counts[hour] = counts.get(hour, 0) + row["count"]
    return counts


def _day(day: datetime, counts: dict[datetime, int]) -> dict[str, Any]:
    number = sum(count for moment, count in counts.items() if moment.date() == day.date())
    begin = day.replace(hour=0)
    return {
        "day": day.date(),  # a moment would be shown in the server's zone, a day early in Berlin
        "count": number,
        "url": _url(begin, begin + timedelta(days=1)),
        "weekend": day.weekday() > 4,
    }


def _cell(day: datetime, hour: int, counts: dict[datetime, int], most: int) -> dict[str, Any]:
    begin = day.replace(hour=hour)
    count = sum(n for moment, n in counts.items() if moment == begin)
    # Five shades, by the share of the fullest hour.
    return {"count": count, "shade": -(-count * 5 // most), "url": _url(begin, begin + _HOUR)}


def _url(begin: datetime, end: datetime) -> str:
    span = {"fire_at__gte": begin.isoformat(), "fire_at__lt": end.isoformat()}
    query = urlencode({**span, "state__exact": "active"})
    return f"{reverse('admin:reminders_reminder_changelist')}?{query}"
