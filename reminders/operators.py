"""What operators order is stored, carried out on the rows at once, and answered exactly."""

import logging
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reminders.locking import lock_chat_of
from reminders.models import Command, Reminder
from reminders.verbs import VERBS

logger = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=30)  # an order this old was left behind: by a crash, or a long batch
_State = Reminder.State
_REFUSALS = {
    _State.FINISHED: Command.Refusal.SENT,
    _State.CANCELLED: Command.Refusal.CANCELLED,
    _State.FAILED: Command.Refusal.FAILED,
    _State.PAUSED: Command.Refusal.PAUSED,
    _State.ACTIVE: Command.Refusal.WAITING,
}


@dataclass(frozen=True)
class Target:
    """A reminder as the operator saw it, with what the order means for it."""

    reminder_id: int
    revision: int
    params: dict[str, Any]


@transaction.atomic
def request(actor: Any, verb: str, targets: Iterable[Target], *, reason: str = "") -> uuid.UUID:
    """Store one order for each target; returns the batch they belong to."""
    batch = uuid.uuid4()
    Command.objects.bulk_create(
        [
            Command(
                batch=batch,
                actor=actor,
                actor_name=actor.get_username()[:150],
                verb=VERBS[verb].name,
                reason=reason[:300],
                params=target.params,
                reminder_id=target.reminder_id,
                revision_seen=target.revision,
            )
            for target in targets
        ],
        batch_size=500,
    )
    logger.info("operator_order", extra={"verb": verb, "batch": str(batch)})
    return batch


def apply_batch(batch: uuid.UUID, within: float = 15.0) -> None:
    """Carry out a batch for at most so many seconds; the sweep goes on with what is left."""
    _apply(Command.objects.filter(batch=batch), within)


def apply_waiting(within: float = 3.0) -> int:
    """Carry out orders that were left behind; return how many."""
    return _apply(Command.objects.filter(requested_at__lt=timezone.now() - PATIENCE), within)


def _apply(commands: Any, within: float) -> int:
    end, count = monotonic() + within, 0
    waiting = commands.filter(state=Command.State.REQUESTED).order_by("pk")
    for pk in list(waiting.values_list("pk", flat=True)[:10_000]):
        apply(pk)
        count += 1
        if monotonic() > end:
            break
    return count


@transaction.atomic
def apply(command_id: int) -> None:
    """Carry out one order, or write down why not; a repeat changes nothing."""
    command = Command.objects.select_for_update().get(pk=command_id)
    if command.state != Command.State.REQUESTED:
        return
    lock_chat_of(command.reminder_id)
    reminder = (
        Reminder.objects.select_for_update(of=("self",))
        .select_related("chat")
        .filter(pk=command.reminder_id or 0)
        .first()
    )
    refusal = _refusal(command, reminder)
    if reminder is not None and not refusal and not VERBS[command.verb].act(reminder, command):
        refusal = _why_not(command, reminder)
    command.params.pop("text", None)
    command.state = Command.State.REFUSED if refusal else Command.State.APPLIED
    command.refusal = refusal
    command.applied_at = timezone.now()
    if reminder is not None and not refusal:
        command.revision_made = reminder.revision
    command.save()


def _refusal(command: Command, reminder: Reminder | None) -> str:
    verb = VERBS[command.verb]
    if reminder is None:
        return Command.Refusal.GONE
    if _State(reminder.state) not in verb.states:
        return _REFUSALS[_State(reminder.state)]
    if reminder.revision != command.revision_seen:
        return Command.Refusal.CHANGED
    params = command.params
    if params.get("when") and not (params.get("due") or params.get("until")):
        return Command.Refusal.UNREADABLE
    return ""


def _why_not(command: Command, reminder: Reminder) -> str:
    """Return the reason for a refusal that only the attempt could find."""
    reminder.refresh_from_db()
    if reminder.revision != command.revision_seen:
        return Command.Refusal.CHANGED
    if command.verb == "duplicate":
        return Command.Refusal.PAST
    return _REFUSALS[_State(reminder.state)]


def tally(batch: uuid.UUID) -> list[tuple[int, str]]:
    """Return the exact result of a batch: (17, "cancelled"), (2, "already sent")."""
    rows = Command.objects.filter(batch=batch).values_list("verb", "state", "refusal")
    counts = Counter(rows)
    return [
        (count, str(_outcome(*row)))
        for row, count in sorted(counts.items(), key=lambda entry: -entry[1])
    ]


def _outcome(verb: str, state: str, refusal: str) -> Any:
    if state == Command.State.APPLIED:
        return VERBS[verb].done
    if state == Command.State.REFUSED:
        return Command.Refusal(refusal).label
    return _("queued, will be applied shortly")


def result_of(batch: uuid.UUID) -> str:
    """Return the exact result in words: "17 cancelled, 2 already sent, 1 changed meanwhile"."""
    return ", ".join(f"{count} {words}" for count, words in tally(batch))
