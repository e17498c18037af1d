"""What to do about a send whose answer was lost: settled here, honestly, and never in silence."""

from django.db import transaction
from django.utils import timezone

from conversations.models import Attempt, Chat, Message

MOST_REPEATS = 1  # a message whose outcome is unknown is sent again once, marked


@transaction.atomic
def settle(message: Message, error: str) -> Message:
    """Note the unknown attempt; queue the row once more, marked as a possible repeat, or leave it unknown."""
    now = timezone.now()
    message.attempts.filter(outcome="").update(outcome="unknown", error=error[:300], ended_at=now)
    Chat.objects.filter(pk=message.chat_id, in_flight=message.pk).update(in_flight=None)
    doubts = Attempt.objects.filter(message=message, outcome="unknown").count()
    state = Message.State
    if message.kind in {"toast", "edit"}:
        message.move(state.SENDING, after=state.QUEUED if doubts <= MOST_REPEATS else state.FAILED)
    elif doubts <= MOST_REPEATS and message.params.get("on_doubt", "resend") == "resend":
        message.move(state.SENDING, after=state.QUEUED, possible_repeat=True)
    else:
        message.move(state.SENDING, after=state.UNKNOWN, error=error[:300])
    message.refresh_from_db()
    return message
