"""The questions operators ask of the follow-ups, each one filter: what is due, late, failed, stuck."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.models import Chat
from reminders.models import Delivery, Reminder

OVERDUE = timedelta(seconds=60)  # later than this, something holds it up
Rows = QuerySet[Reminder]
Ids = QuerySet[Any, Any]
_State = Reminder.State
COUNTED_TO = (
    1_000  # beyond it a count says "999+": an exact one would cost the page more than it tells
)


@dataclass(frozen=True)
class Question:
    """A filter with a name; `warns` marks what should be empty."""

    name: str
    label: Any
    narrow: Callable[[Rows], Rows]
    warns: bool = False
    ids: Callable[[], Ids] | None = (
        None  # the same rows by their ids, where that is faster to count
    )

    @property
    def is_rare(self) -> bool:
        """Whether few of all reminders are expected to be so."""
        return self.name not in {"waiting", "soon"}


def _waiting(rows: Rows) -> Rows:
    return rows.filter(state__in=[_State.ACTIVE, _State.PAUSED])


def _soon(rows: Rows) -> Rows:
    now = timezone.now()
    return rows.filter(state=_State.ACTIVE, fire_at__lte=now + timedelta(hours=1), fire_at__gt=now)


def _overdue(rows: Rows) -> Rows:
    return rows.filter(state=_State.ACTIVE, fire_at__lt=timezone.now() - OVERDUE)


def _last_was(state: str) -> QuerySet[Delivery]:
    """Return the deliveries that ended so and were not followed by another one."""
    later = Q(claimed_at__gt=OuterRef("claimed_at"))
    later |= Q(claimed_at=OuterRef("claimed_at"), pk__gt=OuterRef("pk"))
    after = Delivery.objects.filter(later, reminder=OuterRef("reminder"))
    return Delivery.objects.filter(~Exists(after), state=state)


def _unknown() -> Ids:
    return _last_was(Delivery.State.UNKNOWN).values("reminder")


def _failed() -> Ids:
    ended = Reminder.objects.filter(state=_State.FAILED).values("pk")
    return ended.union(_last_was(Delivery.State.FAILED).values("reminder"))


def _nagging(rows: Rows) -> Rows:
    return rows.filter(state=_State.ACTIVE, fire_kind=Reminder.Fire.NAG)


def _blocked(rows: Rows) -> Rows:
    closed = Chat.objects.exclude(state=Chat.State.ACTIVE)
    return _waiting(rows).filter(chat__in=closed.values("pk"))


def _drifted() -> Ids:
    known_late = timezone.now() - timedelta(seconds=3)
    unread = _waiting(Reminder.objects.filter(armed_revision__lt=F("revision")))
    late = _overdue(Reminder.objects.all())
    return unread.filter(updated_at__lt=known_late).values("pk").union(late.values("pk"))


def _among(ids: Callable[[], Ids]) -> Callable[[Rows], Rows]:
    return lambda rows: rows.filter(pk__in=ids())


QUESTIONS = {
    question.name: question
    for question in (
        Question("waiting", _("Waiting"), _waiting),
        Question("soon", _("Due in 1 h"), _soon),
        Question("overdue", _("Overdue"), _overdue, warns=True),
        Question("failed", _("Failed"), _among(_failed), warns=True, ids=_failed),
        Question("unknown", _("Unknown"), _among(_unknown), warns=True, ids=_unknown),
        Question("nagging", _("Nagging"), _nagging),
        Question("paused", _("Paused"), lambda rows: rows.filter(state=_State.PAUSED)),
        Question("blocked", _("Blocked chat"), _blocked),
        Question("drifted", _("Drifted"), _among(_drifted), warns=True, ids=_drifted),
    )
}


def count(question: Question) -> str:
    """Return how many there are, "999+" when there are more."""
    rows = question.ids() if question.ids else question.narrow(Reminder.objects.all()).order_by()
    found = rows[:COUNTED_TO].count()
    return f"{COUNTED_TO - 1}+" if found >= COUNTED_TO else str(found)
