"""What a reminder looks like when it is due: honest about lateness, with the buttons that answer it."""

import math
from typing import Any

from django.utils import timezone

from conversations.replies import Button, Change, Rows, Say
from reminders.chat import labels, presets
from reminders.chat.cards import basics
from reminders.chat.models import Preferences, preferences_of
from reminders.models import Delivery, Reminder
from reminders.presence import absence_around
from reminders.together import joining

STILL_USEFUL = 7  # unanswered occurrences in a row after which the bot asks


def delivery_card(
    reminder: Reminder, delivery: Delivery, *, useless: bool = False, status: str = ""
) -> Say:
    """Return the message that reminds, honest about lateness and about what was missed.

    An operator's follow-up is the operator's own words and nothing else.
    """
    if reminder.origin == Reminder.Origin.OPERATOR:
        return Say("reminders/followup", {"reminder": reminder}, reply_to=_reply_to(reminder))
    chat = reminder.chat
    late = int((delivery.claimed_at - delivery.planned_at).total_seconds())
    is_late = late > reminder.late_after
    context = basics(
        chat,
        reminder,
        delivery=delivery,
        status=status,
        occurrence=delivery.due_at.astimezone(reminder.zone),
        late=late if is_late else 0,
        same_day=_same_day(reminder, delivery),
        absence=_local(absence_around(delivery.planned_at, delivery.claimed_at), reminder)
        if is_late
        else None,
        **_held(reminder, delivery),
        early=math.ceil((delivery.due_at - delivery.claimed_at).total_seconds() / 60) * 60,
        **_nagging(reminder, delivery),
        still_useful=_asks_if_useful(reminder, delivery),
        mentions=joining.mentions(reminder) if not status else [],
        joined=joining.joined_of(reminder),
    )
    template = "reminders/skipped" if useless else "reminders/due"
    buttons = [] if useless or status else delivery_buttons(reminder, delivery)
    return Say(template, context, buttons, _reply_to(reminder))


def _reply_to(reminder: Reminder) -> int:
    return reminder.source_message_id if reminder.answers_source else 0


def _held(reminder: Reminder, delivery: Delivery) -> dict[str, Any]:
    """Return since when it was held back, and whether that was for the night or for a pause."""
    if delivery.held_since is None:
        return {"held": None}
    planned = delivery.planned_at.astimezone(reminder.zone).time()
    night = planned == preferences_of(reminder.chat_id).quiet_until
    return {"held": delivery.held_since.astimezone(reminder.zone), "night": night}


def _same_day(reminder: Reminder, delivery: Delivery) -> bool:
    due, now = delivery.due_at.astimezone(reminder.zone), timezone.now().astimezone(reminder.zone)
    return due.date() == now.date()


def _local(absence: Any, reminder: Reminder) -> Any:
    if absence is None:
        return None
    return {
        "began": absence.began.astimezone(reminder.zone),
        "ended": absence.ended.astimezone(reminder.zone),
    }


def _nagging(reminder: Reminder, delivery: Delivery) -> dict[str, Any]:
    if not reminder.nag_every or delivery.kind == Reminder.Fire.ALERT:
        return {"asked": 0}
    again = reminder.fire_kind == Reminder.Fire.NAG and reminder.due_at == delivery.due_at
    following = reminder.fire_at.astimezone(reminder.zone) if again and reminder.fire_at else None
    return {"asked": delivery.number + 1, "following": following}


def _asks_if_useful(reminder: Reminder, delivery: Delivery) -> bool:
    is_time = reminder.unanswered and reminder.unanswered % STILL_USEFUL == 0
    return bool(is_time and reminder.rules and delivery.kind == Reminder.Fire.DUE)


def delivery_buttons(reminder: Reminder, delivery: Delivery, *, more: bool = False) -> Rows:
    """Return the buttons below a reminder that is due."""
    pk, habits = delivery.pk, preferences_of(reminder.chat_id)
    done = Button(labels.done(), f"o1:done:{pk}")
    snoozes = [
        Button(presets.short_label(code), f"o1:z:{pk}:{code}") for code in habits.snoozes[:4]
    ]
    if more:
        return _more_buttons(reminder, delivery, [done, *snoozes], habits)
    rows = [[done, *snoozes[:3]], [*snoozes[3:], Button(labels.more(), f"o1:more:{pk}")]]
    if _nagging(reminder, delivery).get("following"):
        rows = [[done, Button(labels.stop_asking(), f"o1:stop:{pk}")], [*snoozes[:2], rows[-1][-1]]]
    if _asks_if_useful(reminder, delivery):
        rows.append([
            Button(labels.keep(), f"r1:keep:{reminder.pk}"),
            Button(labels.stop(), f"r1:end:{reminder.pk}"),
        ])  # fmt: skip
    return [*rows, *joining.leave_row(reminder, delivery)]


def _more_buttons(
    reminder: Reminder, delivery: Delivery, first: list[Button], habits: Preferences
) -> Rows:
    codes = [
        code
        for code in ("20m", "evening", "tomorrow", "monday", "1w")
        if code not in habits.snoozes
    ]
    further = [Button(presets.short_label(code), f"o1:z:{delivery.pk}:{code}") for code in codes]
    rows = [first[:4], [*first[4:], *further][:4]]
    if reminder.rules and reminder.due_at and reminder.state == Reminder.State.ACTIVE:
        local = reminder.due_at.astimezone(reminder.zone)
        rows.append(
            [Button(labels.skip_next(local, reminder.chat.clock), f"r1:skip:{reminder.pk}")]
        )
        rows.append([
            Button(labels.pause(), f"r1:pause:{reminder.pk}"),
            Button(labels.delete(), f"r1:del:{reminder.pk}"),
        ])  # fmt: skip
    rows.append(
        [
            Button(labels.edit(), f"r1:card:{reminder.pk}"),
            Button(labels.back(), f"o1:less:{delivery.pk}"),
        ]
    )
    return rows


def without_buttons(message_id: int) -> Change:
    """Return the change that takes the buttons off a message."""
    return Change(message_id)
