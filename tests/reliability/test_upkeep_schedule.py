"""The upkeep's durable schedule: one run a night, for ever, and back after losing Temporal's data."""

import sysconfig
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from temporalio import activity
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from conversations import upkeep
from conversations.contracts import PRUNE, Pruned
from conversations.upkeep_workflow import HOUR, UpkeepWorkflow

pytestmark = pytest.mark.acceptance
TEST_SERVER = Path(sysconfig.get_path("scripts")) / "temporal-test-server"


async def test_it_runs_every_night_and_outlives_a_failure():
    at: list[datetime] = []
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(TEST_SERVER)
    ) as env:

        @activity.defn(name=PRUNE)
        async def prune() -> Pruned:
            at.append(await env.get_current_time())
            if len(at) == 2:
                raise RuntimeError("the disk is full")
            return Pruned({})

        async with Worker(
            env.client, task_queue="q", workflows=[UpkeepWorkflow], activities=[prune]
        ):
            handle = await env.client.start_workflow(
                UpkeepWorkflow.run, id=str(uuid.uuid4()), task_queue="q"
            )
            while len(at) < 5:
                await env.sleep(6 * 3600)
            await handle.terminate()
    nights = [moment.astimezone(UTC) for moment in at[1:]]
    assert {moment.hour for moment in nights} == {HOUR}
    assert len({moment.date() for moment in nights}) >= 3


async def test_it_is_started_where_it_is_missing_and_once(embedded, settings):
    settings.TEMPORAL_TASK_QUEUE = f"upkeep-{uuid.uuid4()}"
    client = await Client.connect(embedded.address)
    await upkeep.ensure_scheduled(client)
    first = await client.get_workflow_handle(upkeep.WORKFLOW_ID).describe()
    await upkeep.ensure_scheduled(client)
    again = await client.get_workflow_handle(upkeep.WORKFLOW_ID).describe()
    assert again.run_id == first.run_id
    await client.get_workflow_handle(upkeep.WORKFLOW_ID).terminate()
    await upkeep.ensure_scheduled(client)
    assert (await client.get_workflow_handle(upkeep.WORKFLOW_ID).describe()).run_id != first.run_id
    await client.get_workflow_handle(upkeep.WORKFLOW_ID).terminate()
