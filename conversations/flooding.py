"""Keep one chat from drowning the others: one warning when it is much, silence when it is far too much."""

from datetime import timedelta

from django.utils import timezone

from conversations.models import Chat, Message
from conversations.replies import Reply, Say

WINDOW = timedelta(minutes=1)
WARNED_AFTER = 30  # messages within the window
HEARD_UNTIL = 120  # beyond it messages are recorded and not answered
MARK = "flood"


def messages_lately(chat: Chat) -> int:
    """Return how many messages came within the window; in groups only those meant for the bot."""
    since = timezone.now() - WINDOW
    rows = Message.objects.filter(chat=chat, direction=Message.Direction.IN, created_at__gt=since)
    if not chat.is_private:
        rows = rows.filter(text__startswith="/") | rows.filter(kind="callback")
    return rows[: HEARD_UNTIL + 1].count()


def warning(chat: Chat) -> list[Say]:
    """Return the warning, once within the window."""
    since = timezone.now() - WINDOW
    warned = Message.objects.filter(
        chat=chat, direction=Message.Direction.OUT, created_at__gt=since, params__tag=MARK
    )
    return [] if warned.exists() else [Say("flood", tag=MARK)]


def damped(chat: Chat, count: int, reply: Reply) -> Reply:
    """Return the reply with the warning where one is due."""
    return Reply([*warning(chat), *reply.effects]) if count > WARNED_AFTER else reply
