"""One reminder with a story: made, said, lost and found, put off, moved by an operator."""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from conversations.models import Attempt, Chat, Message
from reminders.models import Command, Delivery, Reminder

DAYS = 5
PERSON = "person:9001"


def tell(chat: Chat) -> Reminder:
    """Make the reminder with everything that happened to it."""
    next_due = timezone.now().replace(hour=6, minute=30, second=0, microsecond=0)
    next_due += timedelta(days=1)
    reminder = Reminder.objects.create(
        chat=chat, number=1, text="Take the blue pill with a glass of water", creator_id=9001,
        creator_name=chat.title, due_at=next_due, fire_at=next_due, timezone="Europe/Berlin",
        start_local=(next_due - timedelta(days=DAYS)).strftime("%Y-%m-%dT07:30:00"),
        rules=["FREQ=DAILY"], nag_every=900, nag_times=4, revision=3, armed_revision=3,
        created_at=next_due - timedelta(days=DAYS, hours=10),
    )  # fmt: skip
    reminder.note("created", actor=PERSON, at=reminder.created_at)
    _say(reminder, next_due - timedelta(days=5), late=0.4)
    _lose_and_find(reminder, next_due - timedelta(days=4))
    put_off = next_due - timedelta(days=3)
    _say(reminder, put_off, late=752.0)
    reminder.note("snoozed", actor=PERSON, at=put_off + timedelta(minutes=14),
                  until=(put_off + timedelta(minutes=34)).isoformat())  # fmt: skip
    _move(reminder, put_off + timedelta(hours=5))
    return reminder


def _say(reminder: Reminder, due: datetime, late: float) -> Message:
    at = due + timedelta(seconds=late)
    message = Message.objects.create(
        chat=reminder.chat, key=f"demo:told:{reminder.pk}:{due:%d}", direction="out",
        method="sendMessage", text=f"⏰ {reminder.text}", state=Message.State.SENT, sent_at=at,
        message_id=300 + due.day, created_at=at - timedelta(seconds=0.3),
    )  # fmt: skip
    Delivery.objects.create(
        reminder=reminder, due_at=due, planned_at=due, claimed_at=due, lateness=late,
        delivered_at=at, state=Delivery.State.SENT, message=message, done_by=reminder.creator_name,
    )  # fmt: skip
    return message


def _lose_and_find(reminder: Reminder, due: datetime) -> None:
    message = _say(reminder, due, late=1.1)
    steps = [("waited", "6 s", 0, 6.2), ("control", "seen", 311, 6.6),
             ("candidate", "another’s", 312, 7.1), ("candidate", "own", 313, 7.5),
             ("result", "delivered", 0, 7.6)]  # fmt: skip
    Attempt.objects.create(
        message=message, number=1, outcome="sent", began_at=due, telegram_id=313,
        steps=[
            {"at": (due + timedelta(seconds=after)).isoformat(), "step": step, "answer": answer,
             **({"id": number} if number else {})}
            for step, answer, number, after in steps
        ],
    )  # fmt: skip


def _move(reminder: Reminder, at: datetime) -> None:
    user = get_user_model().objects.order_by("pk").first()
    name = user.get_username() if user else "olga"
    reason = "She flies to Lisbon and asked for an hour later"
    command = Command.objects.create(
        actor=user, actor_name=name, verb="reschedule", reason=reason, reminder=reminder,
        params={"when": "tomorrow 7:30"}, revision_seen=2, revision_made=3, requested_at=at,
        state=Command.State.APPLIED, applied_at=at,
    )  # fmt: skip
    reminder.note("rescheduled", actor=f"operator:{name}", at=at, command=command.pk, reason=reason,
                  due=reminder.due_at.isoformat() if reminder.due_at else None)  # fmt: skip
