"""One workflow per reminder: wait, claim, send, record, and round again. The row decides what."""

from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from conversations.contracts import (
        DELIVER,
        SEND_HEARTBEAT,
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


@workflow.defn(name="Reminder")
class ReminderWorkflow:
    """Looks after one reminder until nothing is left to do."""

    @workflow.init
    def __init__(self, task: ReminderInput) -> None:
        self._task = task
        self._nudged = False

    @workflow.run
    async def run(self, task: ReminderInput) -> None:
        """Follow the row: whatever changes it also nudges, and the claim reads it again."""
        while True:
            self._nudged = False
            plan = await self._plan()
            if plan.fire_at is None and not plan.waits:
                return
            if workflow.info().get_current_history_length() > EVENTS_PER_RUN:
                workflow.continue_as_new(task)
            if not await self._wait(plan):
                await self._fire(plan.revision)

    @workflow.signal
    def nudge(self) -> None:
        """The row has changed: read it again."""
        self._nudged = True

    async def _plan(self) -> Plan:
        plan: Plan = await workflow.execute_local_activity(
            PLAN,
            self._task,
            result_type=Plan,
            start_to_close_timeout=STEP_TIMEOUT,
            retry_policy=STEP_RETRY,
        )
        return plan

    async def _wait(self, plan: Plan) -> bool:
        """Wait until it is time; True if a nudge came first."""
        if plan.fire_at is None:
            await workflow.wait_condition(lambda: self._nudged)
            return True
        seconds = max(0.0, (plan.fire_at - workflow.now()).total_seconds())
        if seconds == 0:
            return False
        try:
            await workflow.wait_condition(lambda: self._nudged, timeout=seconds)
        except TimeoutError:
            return False
        return True

    async def _fire(self, revision: int) -> None:
        claimed = await workflow.execute_local_activity(
            CLAIM,
            Claim(self._task.reminder_id, revision),
            result_type=Claimed,
            start_to_close_timeout=STEP_TIMEOUT,
            retry_policy=STEP_RETRY,
        )
        if not claimed.delivery_id:
            return
        sent = await self._send(claimed.message_id) if claimed.message_id else Delivered("skipped")
        await workflow.execute_local_activity(
            RECORD,
            Recorded(claimed.delivery_id, sent.state, sent.error),
            start_to_close_timeout=STEP_TIMEOUT,
            retry_policy=STEP_RETRY,
        )

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
                    heartbeat_timeout=SEND_HEARTBEAT,
                    retry_policy=SEND_RETRY,
                )
            except ActivityError as error:
                if is_cancelled_exception(error):
                    raise
            else:
                return sent
