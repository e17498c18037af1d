"""What the list of follow-ups shows in each column."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from conversations.desk.redact import shown, snippet
from conversations.models import Attempt
from reminders.describe import describe
from reminders.desk import times
from reminders.desk.questions import OVERDUE
from reminders.models import Command, Delivery, Reminder
from reminders.schedule import schedule_of
from reminders.verbs import VERBS

COLOURS = {
    "active": "info", "paused": "warning", "finished": "success", "cancelled": "muted",
    "failed": "danger", "sent": "success", "unknown": "warning", "claimed": "info",
    "skipped": "muted", "requested": "warning", "applied": "info", "armed": "success",
    "refused": "danger", "draft": "muted", "sending": "info",
}  # fmt: skip


def rhythm(reminder: Reminder) -> str:
    """Return when it comes, in words."""
    return describe(reminder.rules, schedule_of(reminder).start, reminder.timezone)


def pill(state: str, label: str = "", title: str = "") -> SafeString:
    """Return a state as a coloured word."""
    context = {"colour": COLOURS.get(state, "muted"), "label": label or state, "title": title}
    return render_to_string("admin/reminders/pill.html", context)


def order_name(verb: str) -> str:
    """Return an order's verb in words; what no longer exists keeps its old name."""
    known = VERBS.get(verb)
    return str(known.label) if known else verb.replace("_", " ").capitalize()


def is_late(reminder: Reminder) -> bool:
    """Say whether its time has come and nothing has happened."""
    waits = reminder.state == Reminder.State.ACTIVE and reminder.fire_at is not None
    return waits and bool(reminder.fire_at and reminder.fire_at < timezone.now() - OVERDUE)


def attach(rows: Sequence[Any]) -> None:
    """Give each row of a page its newest delivery, its attempts and its newest order, in five queries."""
    ids = [row.pk for row in rows]
    deliveries = _newest(Delivery.objects.select_related("message"), ids, "-claimed_at")
    sent = [each.message_id for each in deliveries.values() if each.message_id]
    tries = dict(
        Attempt.objects.filter(message__in=sent)
        .values_list("message")
        .annotate(count=Count("pk"))
        .values_list("message", "count")
    )
    commands = _newest(Command.objects.all(), ids, "-requested_at")
    for row in rows:
        row.last_delivery = deliveries.get(row.pk)
        row.tries = tries.get(row.last_delivery.message_id, 0) if row.last_delivery else 0
        row.last_command = commands.get(row.pk)
        if row.last_command:
            row.last_command.reminder = row


def _newest(rows: QuerySet[Any], ids: list[int], order: str) -> dict[int, Any]:
    of_each = rows.model._default_manager.filter(reminder=OuterRef("pk")).order_by(order, "-pk")  # noqa: SLF001
    newest = (
        Reminder.objects.filter(pk__in=ids)
        .annotate(newest=Subquery(of_each.values("pk")[:1]))
        .values_list("newest", flat=True)
    )
    return {row.reminder_id: row for row in rows.filter(pk__in=[pk for pk in newest if pk])}


def said(reminder: Reminder, *, readable: bool) -> SafeString:
    """Return number, words and chat."""
    context = {
        "reminder": reminder,
        "text": snippet(reminder.text, readable=readable, length=70),
        "full": shown(reminder.text, readable=readable),
    }
    return render_to_string("admin/reminders/column_said.html", context)


def fires(reminder: Reminder, zone: ZoneInfo) -> SafeString:
    """Return the next moment in the chat's zone, the operator's and UTC."""
    moment = reminder.fire_at
    clocks = times.clocks(moment, reminder.zone, zone) if moment else []
    context = {
        "reminder": reminder,
        "first": clocks[0] if clocks else None,
        "others": times.beside(clocks[0], clocks[1:]) if clocks else [],
        "left": times.distance(moment) if moment else "",
        "late": is_late(reminder),
        "until": times.clock(reminder.paused_until, reminder.zone)
        if reminder.paused_until
        else None,
    }
    return render_to_string("admin/reminders/column_fires.html", context)


def last_time(reminder: Any) -> SafeString:
    """Return how the last delivery ended, after how many attempts, and what went wrong."""
    delivery = reminder.last_delivery
    context: dict[str, Any] = {"delivery": delivery, "tries": reminder.tries}
    if delivery:
        error = delivery.message.error if delivery.message else ""
        context["error"] = error or (delivery.reason if delivery.state != "sent" else "")
        context["pill"] = pill(delivery.state, str(delivery.get_state_display()))
        context["late"] = times.lateness(delivery.lateness)
    return render_to_string("admin/reminders/column_last.html", context)


def standing(reminder: Any) -> SafeString:
    """Return the state, the revision, whether its workflow has read it, and the newest order."""
    state = pill(reminder.state, str(reminder.get_state_display()))
    context = {
        "reminder": reminder,
        "state": pill("failed", str(_("overdue"))) if is_late(reminder) else state,
        "drifted": reminder.armed_revision != reminder.revision
        and reminder.state in (Reminder.State.ACTIVE, Reminder.State.PAUSED),
        "command": reminder.last_command,
        "order": order_name(reminder.last_command.verb) if reminder.last_command else "",
    }
    return render_to_string("admin/reminders/column_standing.html", context)
