"""End workflows that can never go on, whose tasks fail again and again; the rows start them anew."""

import asyncio
import logging
from datetime import timedelta

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryReverseRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

logger = logging.getLogger(__name__)

# What the worker says of a history that the code would not have written, and of code that raises.
HOPELESS = {
    WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR,
    WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
}
# A task that runs out of time, or fails for any other cause, may do better the next time: up to here.
MANY = 5  # attempts at one task
TAIL = 50  # events: more than lie between two tasks, unless signals have heaped up meanwhile
CALL_TIMEOUT = 10.0  # seconds for each call to Temporal


async def end_if_stranded(client: Client, workflow_id: str) -> bool:
    """Terminate a workflow whose task has failed since its last step forward, for good; True if it was.

    For callers that have reason for doubt and start it again from its rows right after: Temporal never
    gives such a task up, and the worker lets it run out again and again
    (https://docs.temporal.io/references/failures#workflow-task-failures).
    """
    try:
        async with asyncio.timeout(CALL_TIMEOUT):
            handle = client.get_workflow_handle(workflow_id)
            attempts = (await handle.describe()).raw_description.pending_workflow_task.attempt
            if attempts < MANY and not _is_hopeless(await _tail(client, workflow_id)):
                return False
            await handle.terminate("its task fails again and again: started anew from the rows")
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    logger.error("workflow_stranded: started anew", extra={"workflow": workflow_id})
    return True


async def _tail(client: Client, workflow_id: str) -> list[HistoryEvent]:
    """Return the newest events, the last one first."""
    request = GetWorkflowExecutionHistoryReverseRequest(
        namespace=client.namespace,
        execution=WorkflowExecution(workflow_id=workflow_id),
        maximum_page_size=TAIL,
    )
    answer = await client.workflow_service.get_workflow_execution_history_reverse(
        request, timeout=timedelta(seconds=CALL_TIMEOUT)
    )
    return list(answer.history.events)


def _is_hopeless(newest_first: list[HistoryEvent]) -> bool:
    for event in newest_first:
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
            return event.workflow_task_failed_event_attributes.cause in HOPELESS
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            return False
    return False
