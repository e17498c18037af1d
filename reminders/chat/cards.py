"""What a reminder looks like in the chat: when it is set, when it is due, and in a list."""

from conversations.replies import Say
from reminders.models import Delivery, Reminder


def delivery_card(reminder: Reminder, delivery: Delivery, *, useless: bool = False) -> Say:
    """Return the message that reminds, honest about lateness and about what was missed.

    An operator's follow-up is the operator's own words and nothing else.
    """
    if reminder.origin == Reminder.Origin.OPERATOR:
        return Say("reminders/followup", {"reminder": reminder}, reply_to=_reply_to(reminder))
    late = int((delivery.claimed_at - delivery.planned_at).total_seconds())
    context = {
        "reminder": reminder,
        "delivery": delivery,
        "due": delivery.due_at.astimezone(reminder.zone),
        "late": late if late > reminder.late_after else 0,
    }
    template = "reminders/skipped" if useless else "reminders/due"
    return Say(template, context, reply_to=_reply_to(reminder))


def _reply_to(reminder: Reminder) -> int:
    return reminder.source_message_id if reminder.answers_source else 0


def set_card(reminder: Reminder) -> Say:
    """Return the confirmation that proves what was understood."""
    return Say("reminders/set", {"reminder": reminder, "due": reminder.local_due})
