"""The durable schedule of the upkeep: every night the retention rules are applied."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from conversations.contracts import PRUNE, Pruned

HOUR = 3  # UTC: the quietest hour for most of the people
# A night whose upkeep fails is left out after this: the next one does both nights' work.
PRUNE_RETRY = RetryPolicy(
    initial_interval=timedelta(seconds=10),
    maximum_interval=timedelta(minutes=10),
    maximum_attempts=20,
)
PRUNE_TIMEOUT = timedelta(hours=2)  # the first upkeep of a big database
PRUNE_HEARTBEAT = timedelta(seconds=60)  # one batch of deletes on a busy disk
FIRST_PAUSE = timedelta(minutes=2)  # after the start, when everything that waited has been sent


@workflow.defn(name="Upkeep")
class UpkeepWorkflow:
    """Applies the retention rules, sleeps until the next night, and begins anew."""

    @workflow.run
    async def run(self) -> None:
        """Live for one night, then continue as new."""
        await workflow.sleep(FIRST_PAUSE)
        try:
            await workflow.execute_activity(
                PRUNE,
                result_type=Pruned,
                start_to_close_timeout=PRUNE_TIMEOUT,
                heartbeat_timeout=PRUNE_HEARTBEAT,
                retry_policy=PRUNE_RETRY,
            )
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            workflow.logger.warning("upkeep failed tonight")
        now = workflow.now()
        night = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
        if night <= now + timedelta(hours=1):
            night += timedelta(days=1)
        await workflow.sleep(night - now)
        workflow.continue_as_new()
