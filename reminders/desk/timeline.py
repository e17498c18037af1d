"""Everything that happened to one reminder in one column: who, what, when, and how late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from conversations.desk.redact import shown
from conversations.models import Attempt
from reminders.desk.columns import order_name
from reminders.desk.times import clock, from_iso, lateness
from reminders.models import Command, Delivery, Event, Reminder

MOST = 200  # lines of each kind on a page
FIELDS = ("at", "who", "what", "state", "late", "details", "steps")
_HIDDEN = {"reason", "command", "delivery", "late", "kind", "message", "rules"}
_TEXTS = {"text", "text_before", "text_after", "before_text"}


@dataclass(frozen=True)
class Entry:
    """One line: the newest come first."""

    at: datetime
    kind: str  # event, delivery, attempt, command
    who: str
    what: str
    state: str = ""
    late: str = ""
    details: str = ""
    url: str = ""
    steps: tuple[str, ...] = ()  # how a lost answer was looked for

    def as_row(self) -> dict[str, str]:
        """Return the line for an export."""
        own = {name: str(getattr(self, name)) for name in FIELDS}
        return {**own, "at": self.at.isoformat(), "steps": "; ".join(self.steps)}


def of(reminder: Reminder, *, readable: bool, most: int = MOST) -> list[Entry]:
    """Return the reminder's history, newest first, in a fixed number of queries."""
    deliveries = list(
        reminder.deliveries.select_related("message").order_by("-claimed_at", "-pk")[:most]
    )
    entries = [
        *_events(reminder, readable=readable, most=most),
        *(_delivery(reminder, each) for each in deliveries),
        *_attempts([each.message_id for each in deliveries if each.message_id], most),
        *(_command(each) for each in reminder.commands.order_by("-requested_at", "-pk")[:most]),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _events(reminder: Reminder, *, readable: bool, most: int) -> Iterator[Entry]:
    for event in reminder.events.order_by("-at", "-pk")[:most]:
        if "delivery" in event.details:
            continue  # the delivery tells it with more detail
        yield Entry(
            event.at, "event", who(event.actor, reminder), event.verb,
            details=_details(event, reminder, readable=readable),
        )  # fmt: skip


def who(actor: str, reminder: Reminder) -> str:
    """Return a person's or an operator's name for how the history writes it."""
    kind, _colon, name = actor.partition(":")
    if kind == "person":
        if name == str(reminder.creator_id) and reminder.creator_name:
            return reminder.creator_name
        if reminder.chat.is_private and name == str(reminder.chat.chat_id):
            return str(reminder.chat)
        return _("person %(id)s") % {"id": name}
    return name if kind == "operator" and name else _("bot")


def _details(event: Event, reminder: Reminder, *, readable: bool) -> str:
    parts = []
    for name, value in event.details.items():
        if name in _HIDDEN or value in (None, "", [], {}):
            continue
        if name in _TEXTS:
            parts.append(_("was “%(text)s”") % {"text": shown(str(value), readable=readable)})
        elif isinstance(value, str) and (moment := _moment(value)):
            parts.append(f"{name} {clock(moment, reminder.zone).text}")
        else:
            parts.append(f"{name} {value}" if readable or not isinstance(value, str) else name)
    reason = event.details.get("reason")
    if reason and "command" not in event.details:  # its order says why
        parts.append(_("because: %(reason)s") % {"reason": reason})
    return " · ".join(parts)


def _moment(text: str) -> datetime | None:
    return from_iso(text) if len(text) > 15 else None


def _delivery(reminder: Reminder, delivery: Delivery) -> Entry:
    kinds = {
        Reminder.Fire.DUE: _("delivery"),
        Reminder.Fire.ALERT: _("alert before"),
        Reminder.Fire.NAG: _("asked again (%(n)d)") % {"n": delivery.number},
    }
    error = delivery.message.error if delivery.message else ""
    details = [
        _("due %(time)s") % {"time": clock(delivery.due_at, reminder.zone).text},
        delivery.reason or error,
        _("%(n)d missed before it") % {"n": delivery.missed} if delivery.missed else "",
        _("done by %(name)s") % {"name": delivery.done_by} if delivery.done_by else "",
    ]
    return Entry(
        delivery.delivered_at or delivery.claimed_at, "delivery", _("bot"),
        str(kinds.get(Reminder.Fire(delivery.kind), delivery.kind)),
        state=delivery.state, late=lateness(delivery.lateness),
        details=" · ".join(filter(None, details)),
        url=transcript_url(reminder.chat_id, delivery.message_id),
    )  # fmt: skip


def _attempts(message_ids: list[int], most: int) -> Iterator[Entry]:
    rows = Attempt.objects.filter(message__in=message_ids).order_by("-began_at", "-pk")[:most]
    for attempt in rows:
        if attempt.outcome == "sent" and attempt.number == 1 and not attempt.steps:
            continue  # the delivery says it already
        outcome = attempt.outcome or _("still running, or it died")
        yield Entry(
            attempt.began_at, "attempt", _("bot"),
            _("attempt %(n)d: %(outcome)s") % {"n": attempt.number, "outcome": outcome},
            details=attempt.error, steps=tuple(attempt.timeline),
        )  # fmt: skip


def _command(command: Command) -> Entry:
    details = [
        _("saw revision %(n)d") % {"n": command.revision_seen},
        _("made %(n)d") % {"n": command.revision_made} if command.revision_made else "",
        _("“%(words)s”") % {"words": command.params["when"]} if command.params.get("when") else "",
        _("because: %(reason)s") % {"reason": command.reason} if command.reason else "",
    ]
    state = command.state
    return Entry(
        command.requested_at, "command", command.actor_name,
        _("order: %(verb)s") % {"verb": order_name(command.verb)},
        state="armed" if command.is_armed else state,
        details=" · ".join(filter(None, [*details, command.stage if state == "refused" else ""])),
    )  # fmt: skip


def transcript_url(chat_pk: int, message_pk: int | None) -> str:
    """Return the address of a message's place in its transcript."""
    try:
        url = reverse("admin:conversations_chat_change", args=[chat_pk])
    except NoReverseMatch:  # an installation without that page
        return ""
    return f"{url}?at={message_pk}#m{message_pk}" if message_pk else url


def admin_url(name: str, *args: Any) -> str:
    """Return the address of a page of the desk."""
    return reverse(f"admin:{name}", args=args)
