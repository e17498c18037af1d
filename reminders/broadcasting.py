"""Start, pace and follow a broadcast: its rows say who gets it, its workflow only asks for the next."""

import asyncio
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from temporalio.client import Client

from bots.link import link
from bots.temporal import WORKFLOW_TASK_TIMEOUT
from conversations import outbox
from conversations.models import Chat, Message
from conversations.replies import Say
from reminders.broadcast_contracts import BroadcastInput, Chunk
from reminders.broadcast_workflow import BroadcastWorkflow
from reminders.models import Broadcast, BroadcastRecipient

CALL_TIMEOUT = 10.0  # seconds for one call to Temporal
FORGOTTEN = timedelta(seconds=30)  # a broadcast this old is nudged by every sweep
_State = Broadcast.State


def audience_of(audience: dict[str, Any]) -> QuerySet[Chat]:
    """Return the chats an audience means, closed ones included (they are skipped, and counted)."""
    chats = Chat.objects.exclude(state=Chat.State.MIGRATED)
    if audience.get("bot"):
        chats = chats.filter(bot_id=audience["bot"])
    if audience.get("types"):
        chats = chats.filter(type__in=audience["types"])
    if audience.get("language"):
        chats = chats.filter(language=audience["language"])
    if audience.get("active_days"):
        since = timezone.now() - timedelta(days=int(audience["active_days"]))
        chats = chats.filter(last_incoming_at__gte=since)
    return chats


@transaction.atomic
def start(broadcast: Broadcast) -> bool:
    """Fix who gets it and set it going; False if it is no draft any more."""
    if not broadcast.move(_State.DRAFT, after=_State.SENDING):
        return False
    ids = audience_of(broadcast.audience).order_by("pk").values_list("pk", flat=True)
    rows = [BroadcastRecipient(broadcast=broadcast, chat_id=pk) for pk in ids]
    BroadcastRecipient.objects.bulk_create(rows, batch_size=1000)
    broadcast.total, broadcast.started_at = len(rows), timezone.now()
    broadcast.save(update_fields=["total", "started_at"])
    arm(broadcast)
    return True


def set_state(broadcast: Broadcast, *before: Broadcast.State, after: Broadcast.State) -> bool:
    """Pause, resume or cancel; what is in the outbox already still goes."""
    with transaction.atomic():
        if not broadcast.move(*before, after=after):
            return False
        arm(broadcast)
    return True


def arm(broadcast: Broadcast) -> None:
    """Start or nudge its workflow once the transaction has committed."""
    pk = broadcast.pk
    transaction.on_commit(lambda: link.nudge(lambda client: nudge(client, pk)))


async def nudge(client: Client, broadcast_id: int) -> None:
    """Signal the workflow, started if it is not running."""
    async with asyncio.timeout(CALL_TIMEOUT):
        await client.start_workflow(
            BroadcastWorkflow.run,
            BroadcastInput(broadcast_id),
            id=f"broadcast-{broadcast_id}",
            task_queue=settings.TEMPORAL_TASK_QUEUE,
            task_timeout=WORKFLOW_TASK_TIMEOUT,
            start_signal="nudge",
        )


def unfinished() -> list[int]:
    """Return the broadcasts that should be sending: their workflow may have been lost."""
    before = timezone.now() - FORGOTTEN
    rows = Broadcast.objects.filter(state=_State.SENDING, started_at__lt=before)
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def next_chunk(broadcast_id: int, size: int) -> Chunk:
    """Write the next messages into the outbox, with what an earlier run wrote and did not see sent.

    An empty chunk that does not wait is the end.
    """
    broadcast = Broadcast.objects.select_for_update().filter(pk=broadcast_id).first()
    if broadcast is None or broadcast.state in (_State.CANCELLED, _State.FINISHED, _State.DRAFT):
        return Chunk()
    if broadcast.state == _State.PAUSED:
        return Chunk(waits=True)
    unsent = _unsent(broadcast, size // 2)
    waiting = broadcast.recipients.filter(state=BroadcastRecipient.State.WAITING)
    rows = list(waiting.select_related("chat").order_by("pk")[: max(0, size - len(unsent))])
    written = [_write(broadcast, row) for row in rows]
    ids = unsent + [pk for pk in written if pk]
    if not rows and not ids:
        broadcast.move(_State.SENDING, after=_State.FINISHED)
        return Chunk()
    return Chunk(ids, goes_on=True)


def _unsent(broadcast: Broadcast, size: int) -> list[int]:
    """Return rows that are in the outbox still: nobody is sending them while this is asked."""
    on_its_way = [Message.State.QUEUED, Message.State.SENDING]
    rows = broadcast.recipients.filter(message__state__in=on_its_way).order_by("pk")
    return [pk for pk in rows.values_list("message_id", flat=True)[:size] if pk]


def _write(broadcast: Broadcast, row: BroadcastRecipient) -> int | None:
    if row.chat.state != Chat.State.ACTIVE:
        row.state = BroadcastRecipient.State.SKIPPED
        row.reason = str(Chat.State(row.chat.state).label)
        row.save(update_fields=["state", "reason"])
        return None
    key = f"broadcast:{broadcast.pk}:{row.pk}"
    row.message = outbox.write(
        row.chat, [Say("reminders/broadcast", {"text": broadcast.text})], key,
        author=broadcast.author,
    )[-1]  # fmt: skip
    row.state = BroadcastRecipient.State.WRITTEN
    row.save(update_fields=["state", "message"])
    return row.message.pk


def send_sample(broadcast: Broadcast, chat: Chat, key: str) -> None:
    """Send the text to one chat, so that its author sees it as people will."""
    card = Say("reminders/broadcast", {"text": broadcast.text})
    outbox.post(chat, [card], f"broadcast-test:{broadcast.pk}:{key}", author=broadcast.author)
