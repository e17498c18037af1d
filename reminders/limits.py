"""How many reminders one person may set: enough for a life, too few to drown the others."""

from datetime import datetime, timedelta

from conversations.models import Chat
from reminders.models import Reminder

ACTIVE = 50  # waiting at the same time
HOURLY = 20  # set within an hour
FREQUENT = 3  # of these that come more often than every hour
HOUR = timedelta(hours=1)
_ALIVE = (Reminder.State.ACTIVE, Reminder.State.PAUSED)


def room(chat: Chat, user_id: int) -> int:
    """Return how many more reminders may wait for this person in this chat."""
    if chat.limits_lifted:
        return 10_000
    mine = Reminder.objects.filter(chat=chat, creator_id=user_id, state__in=_ALIVE)
    return max(0, ACTIVE - mine.count())


def problem(chat: Chat, user_id: int, rules: tuple[str, ...], now: datetime) -> str:
    """Return which limit one more reminder would break: "active", "hourly", "frequent" or ""."""
    if chat.limits_lifted:
        return ""
    if not room(chat, user_id):
        return "active"
    mine = Reminder.objects.filter(chat=chat, creator_id=user_id)
    lately = mine.filter(created_at__gt=now - HOUR, origin=Reminder.Origin.CHAT)
    if lately.count() >= HOURLY:
        return "hourly"
    if any(map(is_frequent, rules)):
        found = mine.filter(state__in=_ALIVE).values_list("rules", flat=True)
        if sum(any(map(is_frequent, one)) for one in found) >= FREQUENT:
            return "frequent"
    return ""


def is_frequent(rule: str) -> bool:
    """Whether a rule comes more often than every hour."""
    return rule.startswith("FREQ=MINUTELY")
