"""The verbs operators have: what each does to a reminder, and in which of its states."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from conversations import outbox
from conversations.replies import Say
from reminders import changing
from reminders.models import Command, Reminder

_State = Reminder.State


@dataclass(frozen=True)
class Verb:
    """One thing an operator can do to a reminder in one of these states."""

    name: str
    label: Any
    done: Any
    states: tuple[Reminder.State, ...]
    act: Callable[[Reminder, Command], bool]


def actor_of(command: Command) -> str:
    """Return how an operator is written in a reminder's history."""
    return f"operator:{command.actor_name}"


def _moment(command: Command, name: str) -> datetime | None:
    value = command.params.get(name)
    return datetime.fromisoformat(value) if value else None


def _common(command: Command) -> dict[str, Any]:
    reason = {"reason": command.reason} if command.reason else {}
    return {"actor": actor_of(command), "command": command.pk, **reason}


def _cancel(reminder: Reminder, command: Command) -> bool:
    done = changing.cancel(reminder, **_common(command))
    if done and command.params.get("notify"):
        card = Say("reminders/cancelled_by_operator", {"reminder": reminder})
        outbox.post(reminder.chat, [card], f"command:{command.pk}", thread_id=reminder.thread_id)
    return done


def _reschedule(reminder: Reminder, command: Command) -> bool:
    due = _moment(command, "due")
    return due is not None and changing.reschedule(reminder, due, **_common(command))


def _pause(reminder: Reminder, command: Command) -> bool:
    return changing.pause(reminder, _moment(command, "until"), **_common(command))


def _duplicate(reminder: Reminder, command: Command) -> bool:
    copy = changing.duplicate(reminder, _moment(command, "due"), **_common(command))
    if copy is None:
        return False
    Reminder.objects.filter(pk=copy.pk).update(author=command.actor)
    command.params = {**command.params, "copy": copy.pk, "number": copy.number}
    return True


def _edit_text(reminder: Reminder, command: Command) -> bool:
    text = command.params.pop("text", "")
    command.params["length"] = len(text)  # the words themselves are the reminder's, not the log's
    return changing.edit_text(reminder, text, **_common(command))


_ALIVE = (_State.ACTIVE, _State.PAUSED)
_ANY = tuple(_State)
VERBS = {
    verb.name: verb
    for verb in (
        Verb("cancel", _("Cancel"), _("cancelled"), _ALIVE, _cancel),
        Verb(
            "reschedule", _("Reschedule"), _("rescheduled"),
            (*_ALIVE, _State.FAILED, _State.FINISHED), _reschedule,
        ),
        Verb("pause", _("Pause"), _("paused"), _ALIVE, _pause),
        Verb(
            "resume", _("Resume"), _("resumed"), (_State.PAUSED,),
            lambda reminder, command: changing.resume(reminder, **_common(command)),
        ),
        Verb(
            "send_now", _("Send now"), _("sent on their way"), (_State.ACTIVE,),
            lambda reminder, command: changing.send_now(reminder, **_common(command)),
        ),
        Verb(
            "retry", _("Retry"), _("sent again"), (_State.ACTIVE, _State.FAILED, _State.FINISHED),
            lambda reminder, command: changing.retry(reminder, **_common(command)),
        ),
        Verb("duplicate", _("Duplicate"), _("duplicated"), _ANY, _duplicate),
        Verb("edit_text", _("Edit text"), _("reworded"), _ALIVE, _edit_text),
    )
}  # fmt: skip
