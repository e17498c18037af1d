"""One test's world: a bot with its own token, database, data directory and faulty line to Telegram."""

import itertools
import os
from pathlib import Path
from typing import Any

from tests.acceptance.harness.background import Background
from tests.acceptance.harness.botapi import BotApi, Chat, Sent
from tests.acceptance.harness.database import Database, seconds
from tests.acceptance.harness.history import Workflows
from tests.acceptance.harness.proxy import FaultProxy
from tests.acceptance.harness.runbot import START_SECONDS, Runbot
from tests.acceptance.harness.waiting import until

_bot_ids = itertools.count(110_000_000 + os.getpid() * 1000)
SECRET = "acceptance-tests-secret-key-0123456789-0123456789-0123456789"


class World:
    """Everything a test needs, and the questions it asks."""

    def __init__(
        self, background: Background, api: BotApi, database: Database, directory: Path
    ) -> None:
        self.api = api
        self.database = database
        self.directory = directory
        self.token = f"{next(_bot_ids)}:{'acceptance_tests_' * 2}A"
        self.bot_id = api.new_bot(self.token)
        self.proxy = FaultProxy(background, api.url)
        self._background = background
        self._bots: list[Runbot] = []

    def bot(self, **env: str) -> Runbot:
        """Return a runbot of this world, not yet started. Several share the token and the database."""
        directory = self.directory / f"bot{len(self._bots)}"
        directory.mkdir()
        wanted = {
            "TELEGRAM_BOT_TOKEN": self.token,
            "TELEGRAM_API_URL": self.proxy.url,
            "DATABASE_URL": self.database.url,
            "DJANGO_SECRET_KEY": SECRET,
            **env,
        }
        self._bots.append(Runbot(directory, **wanted))
        return self._bots[-1]

    def start(self, bot: Runbot | None = None, **env: str) -> Runbot:
        """Start a bot (again) and wait until it polls and says that it is ready."""
        started = bot or self.bot(**env)
        before = len(self.proxy.named("getUpdates"))
        started.launch()
        self.wait_ready(started, before)
        return started

    def wait_ready(self, bot: Runbot, polls_before: int = 0) -> None:
        """Wait until a launched bot has polled and serves its pages."""

        def is_ready() -> bool:
            assert bot.process.alive, (
                f"it ended ({bot.process.wait(1)}):\n{bot.process.log()[-3000:]}"
            )
            polls = len(self.proxy.named("getUpdates")) > polls_before
            return polls and bot.ready() in {200, 404}

        until(is_ready, START_SECONDS, "a ready bot")

    def chat(self, name: str = "Ann", **more: Any) -> Chat:
        """Return a new person's private chat with the bot."""
        return self.api.private_chat(self.bot_id, name, **more)

    def sends(self, chat: Chat | None = None, text: str = "") -> list[Sent]:
        """Return the messages the server accepted from this bot, in order."""
        found = self.api.sends(self.bot_id, "sendMessage")
        return [
            sent
            for sent in found
            if text in sent.text and (chat is None or sent.chat_id == chat.chat_id)
        ]

    def wait_for_send(self, text: str, within: float = 20.0, chat: Chat | None = None) -> Sent:
        """Return the first accepted message with this text."""
        return until(lambda: self.sends(chat, text), within, f"a message with {text!r}")[0]

    def workflows(self, bot: Runbot) -> Workflows:
        """Return a client of the bot's Temporal server."""
        return Workflows(self._background, bot.temporal_address, SECRET)

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Return rows of the bot's database."""
        return self.database.rows(query, *values)

    def outgoing(self) -> list[dict[str, Any]]:
        """Return the outbox: every row that was to be sent, in order."""
        return self.rows("SELECT * FROM conversations_message WHERE direction = 'out' ORDER BY id")

    def unfinished(self) -> list[dict[str, Any]]:
        """Return what somebody still has to do: unanswered updates and unsent rows."""
        updates = self.rows(
            "SELECT id, state FROM bots_update WHERE state IN ('received', 'handed_over')"
        )
        return updates + [row for row in self.outgoing() if row["state"] in {"queued", "sending"}]

    def set_reminder(self, chat: Chat, text: str, seconds_ahead: float) -> float:
        """Ask for a reminder and wait for the confirmation; returns its due time (Unix seconds)."""
        chat.say(f"/remind in {round(seconds_ahead)} seconds {text}")
        return self.due_of(text)

    def due_of(self, text: str) -> float:
        """Return when the reminder of this text is due, once it is a row."""
        query = "SELECT due_at FROM reminders_reminder WHERE text = ?"
        return seconds(
            until(lambda: self.rows(query, text), 30, f"the reminder {text!r}")[0]["due_at"]
        )

    def close(self) -> None:
        """End every process of this world."""
        for bot in self._bots:
            bot.close()
        self.proxy.close()
