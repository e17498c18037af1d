"""Compare reminders with their workflows and arm again what has drifted: the rows are the truth."""

import asyncio
import logging
import time
from collections.abc import Collection
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from temporalio.client import Client
from temporalio.service import RPCError

from bots import onecluster
from bots.database import AWAY, in_database
from bots.stranded import end_if_stranded
from conversations import forgetting
from reminders import alerting, broadcasting, operators, presence
from reminders.arming import SOON, is_soon, nudge
from reminders.calendars import fetching
from reminders.chat import drafts
from reminders.models import Delivery, Reminder
from reminders.together import digest

logger = logging.getLogger(__name__)

SWEEP_INTERVAL = 5.0  # seconds
COMPARE_EVERY = 6  # sweeps between comparisons with the list of a Temporal that lives on
OVERDUE = timedelta(seconds=10)  # a firing this late may have been forgotten
NOTHING = timedelta()
FRESH = timedelta(seconds=3)  # a change this new is still on its way to its workflow
UNHURRIED = timedelta(seconds=30)  # what is not due soon may wait its turn, where many are set
AGAIN = 15.0  # seconds until one that was nudged is nudged again: it may only have to wait its turn
LOOKED_AT = 5_000
A_SWEEP = 200  # some four seconds' worth, so that the next sweep finds what is due by then
AT_ONCE = 20


class Reconciler:
    """Sweeps the rows for what no workflow seems to know, and counts both sides now and then."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._server = ""
        self._nudged: dict[int, float] = {}  # when, on the monotonic clock
        self._fresh = NOTHING  # what an earlier process had changed, nobody else will tell

    async def run(self) -> None:
        """Sweep until cancelled."""
        turn = 0
        while True:
            try:
                await in_database(presence.beat)
                await in_database(drafts.expire)
                await in_database(digest.send_due)
                await in_database(alerting.warn)
                await fetching.sweep()
                await forgetting.sweep(self._client)
                await self.sweep()
                if await self._is_new_server() or turn % COMPARE_EVERY == 0:
                    await self.compare()
            except (RPCError, TimeoutError, OSError, *AWAY) as error:
                logger.warning("cannot reconcile yet", extra={"error": type(error).__name__})
            turn += 1
            await asyncio.sleep(SWEEP_INTERVAL)

    async def sweep(self) -> int:
        """Nudge reminders whose change or whose time seems to have been missed; return how many."""
        await in_database(operators.apply_waiting)
        for pk in await in_database(broadcasting.unfinished):
            await end_if_stranded(self._client, f"broadcast-{pk}")
            await broadcasting.nudge(self._client, pk)
        fresh, self._fresh = self._fresh, FRESH
        rows = drifted(fresh).values_list("pk", "fire_at")[:LOOKED_AT]
        found = await in_database(lambda: dict(rows))
        now = time.monotonic()
        self._nudged = {pk: at for pk, at in self._nudged.items() if at > now - AGAIN}
        ids = [pk for pk in found if pk not in self._nudged][:A_SWEEP]
        await self._arm(ids, {pk for pk in ids if is_soon(found[pk])})
        # Only now: what a server that is away has not heard is told again with the next sweep.
        self._nudged |= dict.fromkeys(ids, time.monotonic())
        return len(ids)

    async def _is_new_server(self) -> bool:
        """Whether Temporal has begun anew since the last look: with an empty file, it is another one."""
        before, self._server = self._server, await onecluster.identify(self._client)
        return before != self._server

    async def compare(self) -> int:
        """Start what should run and does not (Temporal may have lost its data); return how many."""
        query = "WorkflowType='Reminder' AND ExecutionStatus='Running'"
        async with asyncio.timeout(10):
            running = (await self._client.count_workflows(query)).count
        if running == await in_database(lambda: unfinished().count()):
            return 0
        first_due = unfinished().order_by(F("fire_at").asc(nulls_last=True), "pk")
        wanted = await in_database(lambda: dict(first_due.values_list("pk", "fire_at")))
        async for execution in self._client.list_workflows(query):
            wanted.pop(int(execution.id.removeprefix("reminder-")), None)
        # A workflow that was started a moment ago may not be listed yet: nudging it does no harm.
        return await self._arm(list(wanted), {pk for pk in wanted if is_soon(wanted[pk])})

    async def _arm(self, ids: list[int], soon: Collection[int] = ()) -> int:
        if ids:
            logger.info("arming again", extra={"count": len(ids)})
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            await asyncio.gather(*(self._arm_one(pk, soon=pk in soon) for pk in some))
        return len(ids)

    async def _arm_one(self, pk: int, *, soon: bool) -> None:
        workflow_id = f"reminder-{pk}"
        await end_if_stranded(self._client, workflow_id)
        await nudge(self._client, pk, workflow_id, soon=soon)


def unfinished() -> QuerySet[Reminder]:
    """Return the reminders that a workflow must look after."""
    claimed = Q(deliveries__state=Delivery.State.CLAIMED)
    alive = Q(state__in=[Reminder.State.ACTIVE, Reminder.State.PAUSED])
    return Reminder.objects.filter(alive | claimed).distinct()


def drifted(fresh: timedelta = FRESH, unhurried: timedelta = UNHURRIED) -> QuerySet[Reminder]:
    """Return the reminders whose workflow has not read their newest revision, or is late: first due first."""
    now = timezone.now()
    alive = [Reminder.State.ACTIVE, Reminder.State.PAUSED]
    soon = Q(fire_at__lt=now + SOON, updated_at__lte=now - fresh)
    unread = Q(state__in=alive) & Q(armed_revision__lt=F("revision"))
    unread &= soon | Q(updated_at__lt=now - unhurried)
    overdue = Q(state=Reminder.State.ACTIVE, fire_at__lt=now - OVERDUE)
    stuck = Q(
        deliveries__state=Delivery.State.CLAIMED,
        deliveries__claimed_at__lt=now - timedelta(minutes=2),
    )
    found = Reminder.objects.filter(unread | overdue | stuck).distinct()
    return found.order_by(F("fire_at").asc(nulls_last=True), "pk")
