"""The line to Temporal: how this process connects, and its one worker with measured settings."""

import asyncio
import logging
import re
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from temporalio.client import Client
from temporalio.plugin import SimplePlugin
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from bots.client import ATTEMPT_SECONDS, connect_once, open_client
from bots.interceptors import FreshConnections
from bots.serverprocess import ServerProcess

logger = logging.getLogger(__name__)

# For whoever starts a workflow: when a killed worker's task is given out again. With 3 s every
# reminder came within 4.2 s of its time over repeated kills, with the default of 10 s within 13.
WORKFLOW_TASK_TIMEOUT = timedelta(seconds=3)
# How long a task waits for a worker that died: reminders were late by exactly this (default: 10 s).
STICKY_TIMEOUT = timedelta(seconds=1)
# Few: a mass replay after a restart must not trip the 2 s deadlock detector on a small machine.
CONCURRENT_WORKFLOW_TASKS = 8
# Workflows beyond it push each other out and are replayed, at a third of the speed.
CACHED_WORKFLOWS = 1000
# Threads for database work: enough to overlap waits, few because SQLite's writers queue unfairly.
ACTIVITY_THREADS = 10
# Asynchronous activities wait on Telegram, so many may be open at once; threads bound the others.
CONCURRENT_ACTIVITIES = 100
# Else the SDK keeps heartbeats back for most of their timeout, and a busy moment would look like a death.
HEARTBEATS = timedelta(seconds=1)
# Within the 10 s in which the whole process stops, of which the poller's last call may take 3.
DRAIN = timedelta(seconds=5)
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
# No versions of workers are told apart. Without a name the SDK reads and hashes every loaded module,
# a tenth of the time a start takes.
BUILD = "reminder-bot"

OnFatalError = Callable[[BaseException], Awaitable[None]]


class ConnectInterruptedError(Exception):
    """The process was asked to stop before Temporal could be reached."""


def address() -> str:
    """Return `host:port` of the cluster, or of this machine's embedded server; may be empty."""
    return settings.TEMPORAL_ADDRESS or ServerProcess(settings.TEMPORAL_DATABASE).address


async def connect(
    stop: asyncio.Event | None = None, *, target: str = "", lazy: bool = False
) -> Client:
    """Return a client once the server is healthy; retries until `stop` is set.

    With `lazy` it returns at once and connects with its first call: for processes with no worker.
    """
    stop, pause, attempt = stop or asyncio.Event(), FIRST_PAUSE, 0
    while not stop.is_set():
        attempt += 1
        host = target or address()
        try:
            client = await (open_client(host, lazy=True) if lazy else connect_once(host))
        except (RuntimeError, RPCError, TimeoutError) as error:
            # The first few belong to any start; a long outage is said every ten attempts.
            log = logger.warning if attempt % 10 == 5 else logger.debug
            log(
                "temporal_unreachable: %s",
                explain(error),
                extra={"address": host, "attempt": attempt},
            )
        else:
            return client
        await _pause(stop, pause)
        pause = min(pause * 2, LONGEST_PAUSE)
    raise ConnectInterruptedError


def explain(error: BaseException) -> str:
    """Say in one line what an operator can do about a failed connection."""
    if isinstance(error, RPCError) and error.status == RPCStatusCode.NOT_FOUND:
        name = settings.TEMPORAL_NAMESPACE
        return f"there is no namespace {name!r}: create it or set TEMPORAL_NAMESPACE"
    if isinstance(error, RPCError) and error.status in {
        RPCStatusCode.UNAUTHENTICATED,
        RPCStatusCode.PERMISSION_DENIED,
    }:
        return (
            "access was refused: look at TEMPORAL_API_KEY, TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY"
        )
    if isinstance(error, TimeoutError):
        return f"no answer within {ATTEMPT_SECONDS:g} s"
    # The SDK wraps what the system said: ConnectError("tcp connect error", ..., message: "...").
    inner = re.search(r'message: "([^"]+)"', str(error))
    if inner:
        return inner[1]
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def build_worker(
    client: Client,
    workflows: Sequence[type],
    activities: Sequence[Callable[..., Any]],
    *,
    passed_through: Sequence[str] = (),
    on_fatal_error: OnFatalError | None = None,
) -> Worker:
    """Return a worker for our task queue; `passed_through` names modules of plain dataclasses."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*passed_through)
    with warnings.catch_warnings():
        # Fewer threads than activities is meant: most activities are asynchronous sends.
        warnings.filterwarnings("ignore", message="Worker max_concurrent_activities")
        return _worker(client, workflows, activities, restrictions, on_fatal_error)


def _worker(
    client: Client,
    workflows: Sequence[type],
    activities: Sequence[Callable[..., Any]],
    restrictions: SandboxRestrictions,
    on_fatal_error: OnFatalError | None,
) -> Worker:
    threads = ThreadPoolExecutor(ACTIVITY_THREADS, thread_name_prefix="activity")
    fresh = FreshConnections()

    @asynccontextmanager
    async def until_stopped() -> AsyncIterator[None]:
        try:
            yield
        finally:
            threads.shutdown(wait=False)
            await asyncio.to_thread(fresh.close)

    return Worker(
        client,
        task_queue=settings.TEMPORAL_TASK_QUEUE,
        workflows=workflows,
        activities=activities,
        activity_executor=threads,
        workflow_runner=SandboxedWorkflowRunner(restrictions=restrictions),
        interceptors=[fresh],
        build_id=BUILD,
        plugins=[SimplePlugin("reminders.threads", run_context=until_stopped)],
        max_cached_workflows=CACHED_WORKFLOWS,
        max_concurrent_workflow_tasks=CONCURRENT_WORKFLOW_TASKS,
        max_concurrent_activities=CONCURRENT_ACTIVITIES,
        sticky_queue_schedule_to_start_timeout=STICKY_TIMEOUT,
        max_heartbeat_throttle_interval=HEARTBEATS,
        graceful_shutdown_timeout=DRAIN,
        on_fatal_error=on_fatal_error,
    )


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
