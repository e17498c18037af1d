"""One reminder with a story: made, said, lost and found, put off, moved by an operator."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.utils import timezone

from conversations.models import Attempt, Chat, Message
from reminders.localise import write_local
from reminders.models import Command, Delivery, Reminder

DAY = timedelta(days=1)
HOME = ZoneInfo("Europe/Berlin")
PERSON = "person:9001"
BEFORE = timedelta(hours=27)  # the talk in this chat begins later


def tell(chat: Chat) -> Reminder:
    """Make the reminder with everything that happened to it; it comes next in one to two days."""
    before = timezone.now().astimezone(HOME) - BEFORE
    put_off = before.replace(hour=7, minute=30, second=0, microsecond=0)
    put_off -= DAY if put_off > before else timedelta()
    next_due = put_off + 3 * DAY + timedelta(hours=1)
    reminder = Reminder.objects.create(
        chat=chat, number=1, text="Take the blue pill with a glass of water", creator_id=9001,
        creator_name=chat.title, due_at=next_due, fire_at=next_due, timezone=HOME.key,
        start_local=write_local(put_off - 2 * DAY),
        rules=["FREQ=DAILY"], nag_every=900, nag_times=4, revision=3, armed_revision=3,
        created_at=put_off - timedelta(days=2, hours=10),
    )  # fmt: skip
    reminder.note("created", actor=PERSON, at=reminder.created_at)
    _say(reminder, put_off - 2 * DAY, 305, late=0.4)
    _lose_and_find(reminder, put_off - DAY)
    again = put_off + timedelta(minutes=34)
    _say(reminder, put_off, 318, late=752.0, done_by="")
    reminder.note("snoozed", actor=PERSON, at=put_off + timedelta(minutes=14),
                  until=again.isoformat())  # fmt: skip
    _say(reminder, again, 321, late=0.3)
    _move(reminder, next_due, put_off + timedelta(minutes=50))
    return reminder


def _say(
    reminder: Reminder, due: datetime, number: int, late: float, done_by: str | None = None
) -> Message:
    at = due + timedelta(seconds=late)
    message = Message.objects.create(
        chat=reminder.chat, key=f"demo:told:{reminder.pk}:{number}", direction="out",
        method="sendMessage", text=f"⏰ {reminder.text}", state=Message.State.SENT, sent_at=at,
        message_id=number, created_at=at - timedelta(seconds=0.3),
    )  # fmt: skip
    Delivery.objects.create(
        reminder=reminder, due_at=due, planned_at=due, claimed_at=due, lateness=late,
        delivered_at=at, state=Delivery.State.SENT, message=message,
        done_by=reminder.creator_name if done_by is None else done_by,
    )  # fmt: skip
    return message


def _lose_and_find(reminder: Reminder, due: datetime) -> None:
    message = _say(reminder, due, 313, late=7.6)
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


def _move(reminder: Reminder, due: datetime, at: datetime) -> None:
    user = get_user_model().objects.order_by("pk").first()
    name = user.get_username() if user else "olga"
    reason = f"She is away until {due:%A} and asked for an hour later that day"
    command = Command.objects.create(
        actor=user, actor_name=name, verb="reschedule", reason=reason, reminder=reminder,
        params={"when": f"{due:%A %-H:%M}"}, revision_seen=2, revision_made=3, requested_at=at,
        state=Command.State.APPLIED, applied_at=at,
    )  # fmt: skip
    reminder.note("rescheduled", actor=f"operator:{name}", at=at, command=command.pk, reason=reason,
                  due=due.isoformat())  # fmt: skip
