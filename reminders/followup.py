"""Send later, and unless they write first: an operator's own words to a chat at a time."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from conversations.models import Chat
from conversations.router import Incoming
from reminders import changing
from reminders.arming import arm
from reminders.localise import write_local
from reminders.models import Command, Reminder, next_number
from reminders.schedule import first_fields

REPLIES = frozenset({"text", "media", "location"})  # a button press or an edit is no answer


@transaction.atomic
def schedule(
    chat: Chat, text: str, due: datetime, *, author: Any, unless_reply: bool = False
) -> Reminder:
    """Store an operator's words to be sent at `due` (aware), and arm them.

    With `unless_reply`, the next message of the chat cancels them, if it comes before they go.
    """
    now = timezone.now()
    actor = author.get_username()
    zone = chat.timezone or "UTC"
    reminder = Reminder(
        chat=chat,
        number=next_number(chat),
        text=text,
        author=author,
        creator_name=actor[:255],
        origin=Reminder.Origin.OPERATOR,
        unless_reply=unless_reply,
        timezone=zone,
        start_local="",
    )
    reminder.start_local = write_local(due.astimezone(reminder.zone))
    for name, value in first_fields(reminder, due.astimezone(UTC), now).items():
        setattr(reminder, name, value)
    reminder.save(force_insert=True)
    command = Command.objects.create(
        actor=author,
        actor_name=actor[:150],
        verb="schedule",
        params={"due": due.isoformat(), "unless_reply": unless_reply, "length": len(text)},
        reminder=reminder,
        revision_seen=0,
        revision_made=reminder.revision,
        state=Command.State.APPLIED,
        applied_at=now,
    )
    reminder.note("created", actor=f"operator:{actor}", due=due.isoformat(), command=command.pk)
    arm(reminder)
    return reminder


def waiting_for_silence(chat: Chat) -> Any:
    """Return the chat's follow-ups that a message cancels."""
    alive = [Reminder.State.ACTIVE, Reminder.State.PAUSED]
    return Reminder.objects.filter(chat=chat, unless_reply=True, state__in=alive)


def drop_on_reply(chat: Chat, incoming: Incoming) -> None:
    """Cancel what was to be said unless they write: they have. One that is claimed goes its way.

    Runs in the transaction that stores the message, so that the message and its effect are one.
    """
    said = incoming.said
    if said.event not in REPLIES or said.sender.is_bot:
        return
    for reminder in waiting_for_silence(chat):
        changing.cancel(
            reminder, actor=f"person:{said.sender.id}", why="replied", message=incoming.row.pk
        )
