"""Note when the worker last asked Temporal for work, so that one that has gone quiet is seen."""

import asyncio
import logging
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from bots.database import in_database
from bots.models import Heartbeat

logger = logging.getLogger(__name__)

INTERVAL = 10.0  # seconds between looks
WORKER = "worker"


async def beat(client: Client, owner: str) -> None:
    """Write the worker's heartbeat until cancelled. It is Temporal's word, not the worker's own."""
    while True:
        try:
            last = await last_worker_poll(client)
            if last is not None:
                await in_database(note, WORKER, last, owner)
        except (RPCError, DatabaseError, InterfaceError, OSError) as error:
            logger.info("no heartbeat", extra={"error": type(error).__name__})
        await asyncio.sleep(INTERVAL)


async def last_worker_poll(client: Client) -> datetime | None:
    """Return when any worker last polled our task queue, or None if Temporal knows of none."""
    queue = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name=settings.TEMPORAL_TASK_QUEUE),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        )
    )
    polls = [poller.last_access_time.ToDatetime(tzinfo=UTC) for poller in queue.pollers]
    return max(polls, default=None)


def note(part: str, at: datetime, owner: str = "") -> None:
    """Store when a part last did its work."""
    Heartbeat.objects.update_or_create(part=part, defaults={"at": at, "owner": owner[:100]})
