"""Tell a reminder's workflow that its row has changed; whatever is lost here the sweep finds."""

import asyncio

from django.conf import settings
from django.db import transaction
from temporalio.client import Client

from bots.link import link
from bots.temporal import WORKFLOW_TASK_TIMEOUT
from reminders.contracts import ReminderInput
from reminders.models import Reminder
from reminders.workflows import ReminderWorkflow

CALL_TIMEOUT = 10.0  # seconds for one call to Temporal


def arm(reminder: Reminder) -> None:
    """Start or nudge the reminder's workflow once the transaction has committed."""
    pk, workflow_id = reminder.pk, reminder.workflow_id
    transaction.on_commit(lambda: link.nudge(lambda client: nudge(client, pk, workflow_id)))


async def nudge(client: Client, reminder_id: int, workflow_id: str) -> None:
    """Signal the workflow, started if it is not running."""
    async with asyncio.timeout(CALL_TIMEOUT):
        await client.start_workflow(
            ReminderWorkflow.run,
            ReminderInput(reminder_id),
            id=workflow_id,
            task_queue=settings.TEMPORAL_TASK_QUEUE,
            task_timeout=WORKFLOW_TASK_TIMEOUT,
            start_signal="nudge",
        )
