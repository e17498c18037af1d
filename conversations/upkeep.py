"""Keeps the upkeep's schedule in being: started where it is missing, also after losing Temporal's data."""

import asyncio
import logging

from django.conf import settings
from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError

from bots.stranded import end_if_stranded
from bots.temporal import WORKFLOW_TASK_TIMEOUT
from conversations import retention
from conversations.contracts import PRUNE, Pruned
from conversations.upkeep_workflow import UpkeepWorkflow

logger = logging.getLogger(__name__)

WORKFLOW_ID = "upkeep"
LOOK_INTERVAL = 300.0  # seconds between looks whether the schedule is there
CALL_TIMEOUT = 10.0  # seconds for one call to Temporal


@activity.defn(name=PRUNE, no_thread_cancel_exception=True)
def prune() -> Pruned:
    """Apply the retention rules."""
    return Pruned(retention.apply_all(activity.heartbeat))


async def keep_scheduled(client: Client) -> None:
    """Look after the schedule until cancelled."""
    while True:
        try:
            await ensure_scheduled(client)
        except (RPCError, TimeoutError, OSError) as error:
            logger.warning("cannot schedule the upkeep yet", extra={"error": type(error).__name__})
        await asyncio.sleep(LOOK_INTERVAL)


async def ensure_scheduled(client: Client) -> None:
    """Start the schedule if it is not there, or cannot go on."""
    await end_if_stranded(client, WORKFLOW_ID)
    async with asyncio.timeout(CALL_TIMEOUT):
        await client.start_workflow(
            UpkeepWorkflow.run,
            id=WORKFLOW_ID,
            task_queue=settings.TEMPORAL_TASK_QUEUE,
            task_timeout=WORKFLOW_TASK_TIMEOUT,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
