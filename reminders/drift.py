"""Where the rows and Temporal have drifted apart, in words an operator can read, and the repair."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from temporalio.client import Client

from bots.database import in_database
from bots.models import Update
from conversations.contracts import Posted
from conversations.dispatch import ANSWER_PATIENCE, OUTBOX_PATIENCE, send_posted
from conversations.models import Message
from reminders.arming import nudge
from reminders.reconcile import AT_ONCE, FRESH, drifted, unfinished

RUNNING = "WorkflowType='Reminder' AND ExecutionStatus='Running'"
OWN_WORKFLOW = "delivery:"  # rows with this key are sent by their reminder's workflow


@dataclass
class Drift:
    """One kind of drift: what is wrong with how many, and what repairs it."""

    what: str
    repair: str
    ids: list[int] = field(default_factory=list)


async def find(client: Client) -> list[Drift]:
    """Compare the rows with Temporal's list of workflows."""
    running = {
        int(execution.id.removeprefix("reminder-"))
        async for execution in client.list_workflows(RUNNING)
        if execution.id.removeprefix("reminder-").isdecimal()
    }
    return await in_database(_compare, running)


def _compare(running: set[int]) -> list[Drift]:
    wanted = set(unfinished().values_list("pk", flat=True))
    late = set(drifted(unhurried=FRESH).values_list("pk", flat=True)) & running
    found = [
        Drift("reminders that no workflow looks after", "started", sorted(wanted - running)),
        Drift("reminders whose workflow is behind its row", "nudged", sorted(late)),
        Drift("workflows whose reminder has ended", "nudged, so that they end", sorted(running - wanted)),
    ]  # fmt: skip
    now = timezone.now()
    updates = Update.objects.waiting(now - ANSWER_PATIENCE).filter(
        received_at__lt=now - timedelta(seconds=5)
    )
    queued = Message.objects.filter(
        state=Message.State.QUEUED, created_at__lt=now - OUTBOX_PATIENCE
    ).exclude(key__startswith=OWN_WORKFLOW)
    found.append(Drift("updates without an answer", "handed over again", _ids(updates)))
    found.append(Drift("messages that wait to be sent", "their chats are told", _ids(queued)))
    return found


def _ids(rows: "QuerySet[Any]") -> list[int]:
    return list(rows.values_list("pk", flat=True))


async def repair(client: Client, found: list[Drift]) -> None:
    """Put right what was found; doing it twice does no harm."""
    missing, behind, ended, updates, messages = found
    await arm_all(client, [*missing.ids, *behind.ids, *ended.ids])
    await in_database(hand_over_again, updates.ids)
    await tell_chats(client, messages.ids)


async def arm_all(client: Client, ids: list[int]) -> int:
    """Start or nudge the workflows of these reminders; return how many."""
    for start in range(0, len(ids), AT_ONCE):
        await asyncio.gather(
            *(nudge(client, pk, f"reminder-{pk}") for pk in ids[start : start + AT_ONCE])
        )
    return len(ids)


def hand_over_again(ids: list[int]) -> int:
    """Let a running dispatcher hand these updates over with its next look; return how many."""
    waiting = [Update.State.RECEIVED, Update.State.HANDED_OVER]
    rows = Update.objects.filter(pk__in=ids, state__in=waiting)
    return rows.update(state=Update.State.RECEIVED)


async def tell_chats(client: Client, ids: list[int]) -> int:
    """Have the chats send these rows; return how many."""
    rows = await in_database(
        lambda: list(Message.objects.filter(pk__in=ids).select_related("chat").order_by("pk"))
    )
    for row in rows:
        await send_posted(client, row.chat.workflow_id, Posted([row.pk]))
    return len(rows)


async def rebuild(client: Client) -> dict[str, int]:
    """Arm everything the rows know of, as after losing all of Temporal's data; return the counts."""
    reminders = await in_database(lambda: _ids(unfinished().order_by("fire_at")))
    updates = await in_database(lambda: _ids(Update.objects.waiting(timezone.now())))
    waiting = Message.objects.filter(state__in=[Message.State.QUEUED, Message.State.SENDING])
    messages = await in_database(lambda: _ids(waiting.exclude(key__startswith=OWN_WORKFLOW)))
    return {
        "reminders armed": await arm_all(client, reminders),
        "updates to be answered": await in_database(hand_over_again, updates),
        "messages to be sent": await tell_chats(client, messages),
    }
