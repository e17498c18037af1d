"""Talk to the product over a real Bot API with a clock that the test moves; only Temporal is stood in for."""

import asyncio
import itertools
import os
from datetime import timedelta

from bots.database import in_database
from bots.inbox import store
from bots.link import link
from bots.models import Bot
from bots.telegram import lines
from conversations.answering import answer
from conversations.dispatch import Dispatcher
from conversations.sending import deliver
from reminders import firing
from reminders.contracts import Claim, Recorded
from reminders.models import Reminder

_bot_ids = itertools.count(210_000_000 + os.getpid() * 1000)
PRESS_SECONDS = 20  # how long a poll waits for a press that is on its way


class Product:
    """The way in and out: poll, store, hand over, answer, send, fire; each when the test says so.

    It stands where Temporal's client would: it is handed the signals, and acts on them in order.
    """

    def __init__(self, api, clock):
        self.api, self.clock = api, clock
        self.token = f"{next(_bot_ids)}:{'acceptance_tests_' * 2}A"
        self.bot_id = api.new_bot(self.token)
        self._signals, self._offset = [], 0
        self._dispatcher = Dispatcher(self)
        self._runner = asyncio.Runner()
        self._runner.run(self._open())

    async def _open(self):
        self._line = lines.open(self.token)
        await self._line.initialize()
        link.open(self)
        self.username = self._line.username
        await in_database(Bot.objects.create, pk=self.bot_id, username=self.username)

    def close(self):
        """Close the connections."""
        self._runner.run(self._close())
        self._runner.close()

    async def _close(self):
        await link.close()
        await self._line.shutdown()
        del lines._lines[self.bot_id]

    async def start_workflow(self, *_, start_signal, start_signal_args=(), **__):
        """Take a signal as Temporal's client does; a reminder's nudge needs nothing: rows are read anew."""
        self._signals.append((start_signal, *start_signal_args))

    async def _settle(self):
        """Do all that was signalled, and what comes of it."""
        while self._signals or link._tasks:
            if link._tasks:
                await asyncio.wait(set(link._tasks))
            signals, self._signals = self._signals, []
            for name, *given in signals:
                if name == "receive":
                    rows = (await in_database(answer, *given)).message_ids
                else:
                    rows = given[0].message_ids if name == "post" else []
                for row in rows:
                    assert (await deliver(row)).state == "sent"

    async def _work(self, patience=0):
        """Take in what has come, and answer it; `patience` is how many seconds the first may take."""
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

    def fire(self, chat_id, late=timedelta()):
        """Move the clock to the chat's next reminder (or later) and let it come."""
        waiting = Reminder.objects.filter(
            chat__chat_id=chat_id, state="active", fire_at__isnull=False
        )
        reminder = waiting.order_by("fire_at", "pk").first()
        self.clock.move_to(reminder.fire_at + late)
        self._runner.run(self._fire(reminder.pk))

    async def _fire(self, reminder_id):
        plan = await in_database(firing.plan, reminder_id)
        claimed = await in_database(firing.claim, Claim(reminder_id, plan.revision))
        sent = await deliver(claimed.message_id)
        assert sent.state == "sent", sent
        await in_database(firing.record, Recorded(claimed.delivery_id, sent.state, sent.error))
        await self._settle()

    def sweep(self, function, *args):
        """Do what the product does from time to time, and send what comes of it."""

        async def doing():
            found = await in_database(function, *args)
            await self._settle()
            return found

        return self._runner.run(doing())
