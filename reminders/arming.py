"""Tell a reminder's workflow that its row has changed; whatever is lost here the sweep finds."""

import asyncio
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from temporalio.client import Client
from temporalio.common import Priority

from bots.link import link
from bots.temporal import WORKFLOW_TASK_TIMEOUT
from reminders.contracts import ReminderInput
from reminders.models import Reminder
from reminders.workflows import ReminderWorkflow

CALL_TIMEOUT = 10.0  # seconds for one call to Temporal
SOON = timedelta(minutes=1)
# After the talk (1), and before the thousands that may be set or armed again at once (3): a reminder
# that is due in seconds cannot wait until their workflows have read their rows.
BEFORE_CROWDS = Priority(priority_key=2)


def arm(reminder: Reminder) -> None:
    """Start or nudge the reminder's workflow once the transaction has committed."""
    pk, workflow_id, soon = reminder.pk, reminder.workflow_id, is_soon(reminder.fire_at)
    transaction.on_commit(
        lambda: link.nudge(lambda client: nudge(client, pk, workflow_id, soon=soon), urgent=soon)
    )


def is_soon(fire_at: datetime | None) -> bool:
    """Whether it fires within a minute, or should have."""
    return fire_at is not None and fire_at < timezone.now() + SOON


async def nudge(client: Client, reminder_id: int, workflow_id: str, *, soon: bool = False) -> None:
    """Signal the workflow, started if it is not running; what is due soon has its tasks done first."""
    async with asyncio.timeout(CALL_TIMEOUT):
        await client.start_workflow(
            ReminderWorkflow.run,
            ReminderInput(reminder_id),
            id=workflow_id,
            task_queue=settings.TEMPORAL_TASK_QUEUE,
            task_timeout=WORKFLOW_TASK_TIMEOUT,
            start_signal="nudge",
            priority=BEFORE_CROWDS if soon else Priority.default,
        )
