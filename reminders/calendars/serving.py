"""Answer calendar programs that ask for a chat's reminders: cheap, however often and whatever they ask."""

from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from conversations.admission import digest_of
from reminders.calendars.exporting import as_calendar, waiting_of
from reminders.calendars.models import Feed
from reminders.models import Reminder

KEPT_BUILT = 64  # calendars; programs ask for the same one again and again


def _chat_of(token: str) -> int | None:
    """Return the chat whose address this is. Compared are digests, so that timing tells nothing."""
    feed = Feed.objects.filter(digest=digest_of(token), chat__barred=False).first()
    return feed.chat_id if feed else None


def _version(request: HttpRequest, token: str) -> str | None:
    """Return what changes whenever the calendar may have changed."""
    chat = _chat_of(token)
    if chat is None:
        return None
    seen: dict[str, Any] = Reminder.objects.filter(chat=chat).aggregate(
        last=Max("updated_at"), changes=Sum("revision"), count=Count("pk")
    )
    moment = f"{seen['last']:%Y%m%dT%H%M%S.%f}" if seen["last"] else ""
    return f'"{chat}-{seen["count"]}-{seen["changes"]}-{moment}"'


@require_safe
@condition(etag_func=_version)
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Return the calendar; an address that was never given or has ended is not found."""
    chat, version = _chat_of(token), _version(request, token)
    if chat is None or version is None:
        raise Http404
    response = HttpResponse(_built(chat, version), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@lru_cache(maxsize=KEPT_BUILT)
def _built(chat: int, version: str) -> str:
    return as_calendar(waiting_of(Reminder.objects.filter(chat=chat).order_by("number")))
