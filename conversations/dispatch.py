"""Hand stored updates and waiting outbox rows to the chats' workflows, again and again until it is done."""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from temporalio.client import Client
from temporalio.common import Priority
from temporalio.service import RPCError

from bots.database import AWAY, in_database
from bots.envelope import Envelope, UnreadableUpdateError
from bots.inbox import envelope_of
from bots.models import Update
from bots.states import state_in
from bots.stranded import end_if_stranded
from bots.temporal import WORKFLOW_TASK_TIMEOUT
from conversations.contracts import ConversationState, Posted
from conversations.models import Message
from conversations.workflows import ConversationWorkflow

logger = logging.getLogger(__name__)

BATCH = 200
SWEEP_INTERVAL = 5.0  # seconds between looks at what nobody has woken us for
ANSWER_PATIENCE = timedelta(seconds=20)  # handed over but unanswered: hand it over again
NO_PATIENCE = timedelta()  # at the start and after trouble: Temporal may have lost what it was told
OUTBOX_PATIENCE = timedelta(seconds=30)  # queued and not sent: tell the chat again
CALL_TIMEOUT = 10.0  # seconds for one call to Temporal
# Of 1 to 5, 3 where nothing is said. A talk's tasks and activities go before those of reminders, of
# which hundreds may be due in one second (https://docs.temporal.io/develop/task-queue-priority-fairness).
AHEAD_OF_CROWDS = Priority(priority_key=1)
MARK_INTERVAL = 0.5  # seconds in which hand-overs are gathered for one commit


class Dispatcher:
    """Hands updates over as they are stored, each chat's in order, several chats at once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._stored = asyncio.Event()
        self._handed: set[int] = set()  # rows whose workflow knows, not marked yet

    def wake(self) -> None:
        """Look at the inbox now. Called on the event loop's thread after an update was stored."""
        self._stored.set()

    async def run(self) -> None:
        """Hand over until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._mark_for_ever(), name="hand-over marks")
            await self._hand_over_for_ever()

    async def _mark_for_ever(self) -> None:
        while True:
            await asyncio.sleep(MARK_INTERVAL)
            with suppress(*AWAY):  # they stay gathered
                await self._mark()

    async def _mark(self) -> None:
        """Mark what was handed over, many rows in one commit; a lost mark means one repeat, which is dropped."""
        if marked := list(self._handed):
            await in_database(_mark_handed_over, marked)
            self._handed.difference_update(marked)

    async def _hand_over_for_ever(self) -> None:
        last_sweep, patience = 0.0, NO_PATIENCE
        loop = asyncio.get_running_loop()
        while True:
            self._stored.clear()
            sweeping = loop.time() - last_sweep >= SWEEP_INTERVAL or patience is NO_PATIENCE
            try:
                if sweeping:
                    last_sweep = loop.time()
                    await self._sweep_outbox()
                more = await self._hand_over_batch(patience if sweeping else None)
                patience = ANSWER_PATIENCE
            except (RPCError, TimeoutError, OSError, *AWAY) as error:
                logger.warning("cannot hand over yet", extra={"error": type(error).__name__})
                more, patience = False, NO_PATIENCE
                self._handed.clear()
                await asyncio.sleep(1)
            if not more:
                await self._wait(last_sweep + SWEEP_INTERVAL - loop.time())

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(max(0.01, seconds)):
                await self._stored.wait()
        except TimeoutError:
            return

    async def _hand_over_batch(self, patience: timedelta | None) -> bool:
        """Hand over what waits; True if there is more. Chats run side by side, each in its order.

        Given `patience`, also what was handed over longer ago than that and is not answered.
        """
        before = timezone.now() - patience if patience is not None else None
        waiting = Update.objects.waiting(before).exclude(pk__in=list(self._handed))
        rows = await in_database(lambda: list(waiting[:BATCH]))
        chats: dict[tuple[int, int | None], list[Update]] = {}
        for row in rows:
            chats.setdefault((row.bot_id, row.chat_id), []).append(row)
        each = [self._hand_over_chat(rows, patience) for rows in chats.values()]
        outcomes = await asyncio.gather(*each, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
        return len(rows) == BATCH

    async def _hand_over_chat(self, rows: Iterable[Update], patience: timedelta | None) -> None:
        for row in rows:
            envelope = await self._open(row)
            if envelope is not None:
                if patience and row.state == Update.State.HANDED_OVER:
                    await end_if_stranded(self._client, _workflow_of(envelope))
                    patience = None  # once for a chat
                await receive(self._client, envelope)
                self._handed.add(row.pk)

    async def _open(self, row: Update) -> Envelope | None:
        """Return the row's envelope; a row without a chat is ignored, an unreadable one set aside."""
        if row.chat_id is None:
            await in_database(_set_aside, row.pk, Update.State.IGNORED, "it belongs to no chat")
            return None
        try:
            return envelope_of(row)
        except UnreadableUpdateError as error:
            logger.warning("update set aside", extra={"update": row.update_id})
            await in_database(_set_aside, row.pk, Update.State.POISON, str(error))
            return None

    async def _sweep_outbox(self) -> None:
        """Tell chats of rows that wait for too long: their workflow may never have heard of them."""
        rows = await in_database(_forgotten)
        for workflow_id, message_ids in rows.items():
            await end_if_stranded(self._client, workflow_id)
            await send_posted(self._client, workflow_id, Posted(message_ids))


async def receive(client: Client, envelope: Envelope) -> None:
    """Signal the chat's workflow, started if it is not running."""
    await _signal(client, _workflow_of(envelope), "receive", envelope)


def _workflow_of(envelope: Envelope) -> str:
    return f"chat-{envelope.bot_id}-{envelope.chat_id}"


async def send_posted(client: Client, workflow_id: str, posted: Posted) -> None:
    """Have the chat's workflow send outbox rows."""
    await _signal(client, workflow_id, "post", posted)


async def _signal(
    client: Client, workflow_id: str, signal: str, argument: Envelope | Posted
) -> None:
    async with asyncio.timeout(CALL_TIMEOUT):
        await client.start_workflow(
            ConversationWorkflow.run,
            ConversationState(),
            id=workflow_id,
            task_queue=settings.TEMPORAL_TASK_QUEUE,
            task_timeout=WORKFLOW_TASK_TIMEOUT,
            priority=AHEAD_OF_CROWDS,
            start_signal=signal,
            start_signal_args=[argument],
        )


@transaction.atomic
def _mark_handed_over(ids: list[int]) -> None:
    """Mark rows; of those that are answered by now only the time is kept."""
    rows, now = Update.objects.filter(pk__in=ids), timezone.now()
    waiting = [Update.State.RECEIVED, Update.State.HANDED_OVER]
    rows.filter(state__in=waiting).update(state=Update.State.HANDED_OVER, handed_over_at=now)
    rows.filter(handed_over_at=None).update(handed_over_at=F("answered_at"))


def _set_aside(pk: int, state: Update.State, error: str) -> None:
    Update.objects.filter(pk=pk).update(state=state, error=error[:300])


def _forgotten() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    rows = Message.objects.filter(
        state_in("queued", "sending"), created_at__lt=timezone.now() - OUTBOX_PATIENCE
    )
    for row in rows.select_related("chat").order_by("pk")[:BATCH]:
        if not row.key.startswith("delivery:"):  # a reminder's own workflow sends these
            found.setdefault(row.chat.workflow_id, []).append(row.pk)
    return found
