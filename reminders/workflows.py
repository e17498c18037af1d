"""One workflow per reminder: wait, claim, send, record, and round again. The row decides what.

Nearly always one activity claims, sends and records. What Telegram cannot take at once is sent and
recorded by activities of its own, with all the patience it needs.
"""

from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from conversations.contracts import (
        DELIVER,
        HEARTBEAT,
        SEND_RETRY,
        SEND_TIMEOUT,
        STEP_RETRY,
        STEP_TIMEOUT,
        Delivered,
        Delivery,
    )
    from reminders.contracts import (
        CLAIM,
        PLAN,
        RECORD,
        Claim,
        Claimed,
        Plan,
        Recorded,
        ReminderInput,
    )

SEND_PATIENCE = timedelta(hours=6)  # then the firing is tried on in a new activity
EVENTS_PER_RUN = 300  # a short history keeps replay after a restart quick
# A worker whose clock is behind the server's finds that it is not time yet: asked at once again, it
# would be asked some 170 times a second (measured) for as long as the clocks differ.
ASK_AGAIN_SECONDS = 1.0


@workflow.defn(name="Reminder")
class ReminderWorkflow:
    """Looks after one reminder until nothing is left to do."""

    @workflow.init
    def __init__(self, task: ReminderInput) -> None:
        self._task = task
        self._nudged = False
        self._too_early: Plan | None = None  # the plan whose claim came back empty

    @workflow.run
    async def run(self, task: ReminderInput) -> None:
        """Follow the row: whatever changes it also nudges, and the claim reads it again."""
        plan = await self._plan()
        while plan.fire_at is not None or plan.waits:
            if workflow.info().get_current_history_length() > EVENTS_PER_RUN:
                workflow.continue_as_new(task)
            plan = await (self._plan() if await self._wait(plan) else self._fire(plan))

    @workflow.signal
    def nudge(self) -> None:
        """The row has changed: read it again."""
        self._nudged = True

    async def _plan(self) -> Plan:
        self._nudged = False
        plan: Plan = await workflow.execute_activity(
            PLAN,
            self._task,
            result_type=Plan,
            start_to_close_timeout=STEP_TIMEOUT,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=STEP_RETRY,
        )
        return plan

    async def _wait(self, plan: Plan) -> bool:
        """Wait until it is time; True if a nudge came first."""
        if plan.fire_at is None:
            await workflow.wait_condition(lambda: self._nudged)
            return True
        seconds = max(0.0, (plan.fire_at - workflow.now()).total_seconds())
        if plan == self._too_early:
            seconds = max(seconds, ASK_AGAIN_SECONDS)
        if seconds == 0:
            return False
        try:
            await workflow.wait_condition(lambda: self._nudged, timeout=seconds)
        except TimeoutError:
            return False
        return True

    async def _fire(self, plan: Plan) -> Plan:
        """Claim, send, record; returns what comes then."""
        self._nudged = False
        claimed: Claimed = await workflow.execute_activity(
            CLAIM,
            Claim(self._task.reminder_id, plan.revision),
            result_type=Claimed,
            start_to_close_timeout=SEND_TIMEOUT,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=STEP_RETRY,
        )
        if not claimed.delivery_id:
            self._too_early = plan
            return await self._plan()
        self._too_early = None
        if claimed.following is not None:
            return claimed.following
        sent = await self._send(claimed.message_id) if claimed.message_id else Delivered("skipped")
        self._nudged = False
        following: Plan = await workflow.execute_activity(
            RECORD,
            Recorded(claimed.delivery_id, sent.state, sent.error),
            result_type=Plan,
            start_to_close_timeout=STEP_TIMEOUT,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=STEP_RETRY,
        )
        return following

    async def _send(self, message_id: int) -> Delivered:
        """Send until it is decided; Telegram may be away for longer than one activity is patient."""
        while True:
            try:
                sent: Delivered = await workflow.execute_activity(
                    DELIVER,
                    Delivery(message_id),
                    result_type=Delivered,
                    start_to_close_timeout=SEND_TIMEOUT,
                    schedule_to_close_timeout=SEND_PATIENCE,
                    heartbeat_timeout=HEARTBEAT,
                    retry_policy=SEND_RETRY,
                )
            except ActivityError as error:
                if is_cancelled_exception(error):
                    raise
            else:
                return sent
