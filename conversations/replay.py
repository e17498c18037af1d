"""Hand a stored update over once more: same key, so an effect it had stays the only one."""

from django.db import transaction

from bots.envelope import Envelope, UnreadableUpdateError, read_message
from bots.link import link
from bots.models import Update
from conversations.dispatch import receive


def replay(row: Update) -> str:
    """Hand an update over again and return what that means, for the operator."""
    if row.chat_id is None:
        return "It belongs to no chat, so there is nobody to hand it to."
    if row.state == Update.State.ANSWERED:
        return _again(row)
    Update.objects.filter(pk=row.pk).exclude(state=Update.State.ANSWERED).update(
        state=Update.State.RECEIVED, error="", handed_over_at=None
    )
    return "It waits to be handed over; that takes a few seconds."


def _again(row: Update) -> str:
    """Show the workflow an answered update; it knows the key, or the stored answer does."""
    try:
        message = read_message(row.payload, row.bot_id)
    except UnreadableUpdateError:
        return "It cannot be read."
    envelope = Envelope(
        row.bot_id, row.update_id, row.chat_id or 0, row.sequence, row.request_id, message
    )
    transaction.on_commit(lambda: link.nudge(lambda client: receive(client, envelope)))
    return "It was handed over again. It has its answer already, so nothing changes."
