"""One database, one Temporal: two servers that both knew the reminders would both fire them.

Processes on one data directory share the embedded server; machines need TEMPORAL_ADDRESS. A worker
that finds another server at work on its database waits until that one is gone, and says so.
"""

import asyncio
import logging
from datetime import timedelta

from django.db import DatabaseError, InterfaceError
from django.db.models import Q
from django.utils import timezone
from temporalio.api.workflowservice.v1 import GetClusterInfoRequest
from temporalio.client import Client

from bots.database import in_database
from bots.models import Heartbeat

logger = logging.getLogger(__name__)

PART = "temporal"
LEASE = timedelta(seconds=15)  # a server whose workers are silent for this long is gone
RENEWAL = 4.0  # seconds between renewals


class OtherClusterError(Exception):
    """Another Temporal server has taken over this database."""


async def identify(client: Client) -> str:
    """Return a name of the server and namespace that survives its restarts."""
    found = await client.workflow_service.get_cluster_info(GetClusterInfoRequest())
    return f"{found.cluster_id}/{client.namespace}"[:100]


async def wait_for_turn(cluster: str) -> None:
    """Return once this database is ours to work on."""
    said = False
    while not await in_database(take, cluster):
        if not said:
            logger.warning(
                "another Temporal server works on this database: set TEMPORAL_ADDRESS to the same "
                "cluster on every machine, or stop the other bot; waiting"
            )
        said = True
        await asyncio.sleep(RENEWAL / 2)


async def keep(cluster: str) -> None:
    """Hold the database until cancelled; raises OtherClusterError where it was taken."""
    while True:
        await asyncio.sleep(RENEWAL)
        try:
            if not await in_database(take, cluster):
                raise OtherClusterError
        except (DatabaseError, InterfaceError) as error:
            logger.info("cannot renew yet", extra={"error": type(error).__name__})


def take(cluster: str) -> bool:
    """Take or keep the database for a server's workers; False while another server's are at work."""
    now = timezone.now()
    _, is_new = Heartbeat.objects.get_or_create(part=PART, defaults={"owner": cluster, "at": now})
    free = Q(owner=cluster) | Q(owner="") | Q(at__lt=now - LEASE)
    mine = Heartbeat.objects.filter(free, part=PART)
    return is_new or bool(mine.update(owner=cluster, at=now))


def give_back(cluster: str) -> None:
    """Let another server begin at once (a clean stop). Workers that go on with this one take it again."""
    Heartbeat.objects.filter(part=PART, owner=cluster).update(owner="")
