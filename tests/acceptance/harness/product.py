"""Talk to the whole product, workflows and all, with a clock that the test moves: Temporal's own server skips."""

import asyncio
import itertools
import os
import sysconfig
import uuid
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from temporalio.api.enums.v1 import EventType
from temporalio.testing import WorkflowEnvironment

from bots.database import in_database
from bots.inbox import store
from bots.link import link
from bots.models import Bot, Update
from bots.states import state_in
from bots.telegram import lines
from bots.temporal import build_worker, connect
from config.runtime import ACTIVITIES, PASSED_THROUGH, WORKFLOWS
from conversations.dispatch import Dispatcher
from conversations.models import Message
from reminders.models import Delivery, Reminder
from tests.machine import within

_bot_ids = itertools.count(210_000_000 + os.getpid() * 1000)
TEST_SERVER = Path(sysconfig.get_path("scripts")) / "temporal-test-server"
PRESS_SECONDS = 20  # how long a poll waits for a press that is on its way
PATIENCE = 20  # seconds until what is to be done is done
LOOK = 0.01  # seconds between looks at the rows
WORKFLOW_TASK = {
    EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
}


class Product:
    """The way in and out, with the product's own dispatcher, worker, workflows and activities.

    Only the polling is done when the test says so, and time passes when the test says so: this
    process's clock stands still, and the server's skips, as far as no work is under way.
    """

    def __init__(self, api, clock):
        self.api, self.clock = api, clock
        self.token = f"{next(_bot_ids)}:{'acceptance_tests_' * 2}A"
        self.bot_id = api.new_bot(self.token)
        self._offset = 0
        self._runner = asyncio.Runner()
        self._runner.run(self._open())

    async def _open(self):
        self._line = lines.open(self.token)
        await self._line.initialize()
        self.username = self._line.username
        await in_database(Bot.objects.create, pk=self.bot_id, username=self.username)
        self._environment = await WorkflowEnvironment.start_time_skipping(
            test_server_existing_path=str(TEST_SERVER)
        )
        settings.TEMPORAL_TASK_QUEUE = f"dialogue-{uuid.uuid4()}"
        self._client = await connect(
            target=self._environment.client.service_client.config.target_host
        )
        link.open(self._client)
        self._dispatcher = Dispatcher(self._client)
        await self._skip()
        self._worker = build_worker(
            self._client, WORKFLOWS, ACTIVITIES, passed_through=PASSED_THROUGH
        )
        await self._worker.__aenter__()

    def close(self):
        """Stop work and close the connections."""
        self._runner.run(self._close())
        self._runner.close()

    async def _close(self):
        await link.close()
        await self._worker.__aexit__(None, None, None)
        await self._environment.shutdown()
        await self._line.shutdown()
        del lines._lines[self.bot_id]

    async def _skip(self):
        """Bring the server's clock up to this process's."""
        behind = timezone.now() - await self._environment.get_current_time()
        if behind.total_seconds() > 0:
            await self._environment.sleep(behind)

    async def _settle(self):
        """Return when all that is to be done by now is done."""
        async with asyncio.timeout(within(PATIENCE)):
            while link._tasks or await in_database(_has_work) or not await self._are_waiting():
                await asyncio.sleep(LOOK)

    async def _are_waiting(self):
        """Say whether every reminder's workflow has read its row and waits for time or a nudge."""
        for reminder in await in_database(list, Reminder.objects.filter(state="active")):
            events = (
                await self._client.get_workflow_handle(reminder.workflow_id).fetch_history()
            ).events
            tasks = [event.event_type for event in events if event.event_type in WORKFLOW_TASK]
            if tasks[-1] != EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
                return False
        return True

    async def _work(self, patience=0):
        """Take in what has come, and have it answered; `patience` is how many seconds the first may take."""
        while found := await self._line.get_updates(offset=self._offset, timeout=patience):
            patience = 0
            for update in found:
                assert await in_database(store, self.bot_id, update.raw)
                self._offset = update.update_id + 1
            await self._dispatcher._hand_over_batch(None)
            await self._settle()
        await self._settle()

    def work(self):
        """Take in and answer what people have done; send what else waits."""
        self._runner.run(self._work())

    def press(self, act, *args):
        """Have a person press, answer it, and return the toast's text."""

        async def pressing():
            pressed = asyncio.create_task(asyncio.to_thread(act, *args))
            await self._work(PRESS_SECONDS)
            return (await pressed)["answer"]["text"]

        return self._runner.run(pressing())

    def pass_time(self, span):
        """Let so much time pass."""
        self.clock.shift(span)
        self._runner.run(self._catch_up())

    def until_next(self, chat_id):
        """Let time pass until the chat's next reminder has come."""
        waiting = Reminder.objects.filter(
            chat__chat_id=chat_id, state="active", fire_at__isnull=False
        )
        self.clock.move_to(waiting.order_by("fire_at", "pk").first().fire_at)
        self._runner.run(self._catch_up())

    async def _catch_up(self):
        await self._skip()
        await self._settle()

    def sweep(self, function, *args):
        """Do what the product does from time to time, and send what comes of it."""

        async def doing():
            found = await in_database(function, *args)
            await self._settle()
            return found

        return self._runner.run(doing())


def _has_work():
    # In the order in which work goes from one to the next: what moves on between two looks is seen.
    return (
        Update.objects.filter(state_in("received", "handed_over")).exists()
        or Reminder.objects.filter(state="active", fire_at__lte=timezone.now()).exists()
        or Delivery.objects.filter(state="claimed").exists()
        or Message.objects.filter(state_in("queued", "sending")).exists()
    )
