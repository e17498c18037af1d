"""What the workflows of a running bot know: queries with its keys, histories without them."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

from tests.acceptance.harness.background import Background

T = TypeVar("T")


class Workflows:
    """A client of a bot's Temporal server that has the bot's keys."""

    def __init__(self, background: Background, address: str, secret: str) -> None:
        self._background = background
        self._address = address
        self._secret = secret
        self._client: Client | None = None

    def query(
        self, workflow_id: str, name: str, argument: Any = None, result_type: Any = None
    ) -> Any:
        """Return the answer of a workflow's query."""
        arguments = [] if argument is None else [argument]
        return self._background.run(self._query(workflow_id, name, arguments, result_type))

    def signals(self, workflow_id: str, name: str) -> int:
        """Return how many signals of a name the workflow was sent, in all its runs."""
        return self._background.run(self._signals(workflow_id, name))

    def histories(self) -> list[str]:
        """Return every history as JSON, its payloads as the server keeps them."""
        return self._background.run(self._histories())

    def count(self, query: str) -> int:
        """Return how many workflows match a list query."""
        return self._background.run(self._count(query))

    def with_client(self, work: Callable[[Client], Coroutine[Any, Any, T]]) -> T:
        """Return what `work` returns, given a client that has the bot's keys."""

        async def working() -> T:
            return await work(await self._connect())

        return self._background.run(working())

    async def _connect(self) -> Client:
        from django.test import override_settings

        from bots.client import data_converter

        if self._client is None:
            with override_settings(SECRET_KEY=self._secret, TEMPORAL_PAYLOAD_KEYS=[]):
                converter = data_converter()
            self._client = await Client.connect(self._address, data_converter=converter)
        return self._client

    async def _query(
        self, workflow_id: str, name: str, arguments: list[Any], result_type: Any
    ) -> Any:
        handle = (await self._connect()).get_workflow_handle(workflow_id)
        return await handle.query(name, args=arguments, result_type=result_type)

    async def _signals(self, workflow_id: str, name: str) -> int:
        client = await self._connect()
        kind = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED
        run_id, count = None, 0
        while run_id is None or run_id:  # from the latest run back to the first
            events = (
                await client.get_workflow_handle(workflow_id, run_id=run_id).fetch_history()
            ).events
            count += sum(
                event.event_type == kind
                and event.workflow_execution_signaled_event_attributes.signal_name == name
                for event in events
            )
            began = events[0].workflow_execution_started_event_attributes
            run_id = began.continued_execution_run_id
        return count

    async def _histories(self) -> list[str]:
        plain = await Client.connect(self._address)
        found = [execution async for execution in plain.list_workflows("")]
        handles = [plain.get_workflow_handle(one.id, run_id=one.run_id) for one in found]
        return [(await handle.fetch_history()).to_json() for handle in handles]

    async def _count(self, query: str) -> int:
        return (await (await self._connect()).count_workflows(query)).count
