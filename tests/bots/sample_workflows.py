"""A workflow for the sandbox: its own module, as the real ones have."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from tests.bots.sample_contracts import Shouting


@workflow.defn
class Shout:
    @workflow.run
    async def run(self, shouting: Shouting) -> Shouting:
        within = timedelta(seconds=5)
        return await workflow.execute_activity(
            "shout", shouting, result_type=Shouting, schedule_to_close_timeout=within
        )
