"""What a call of the people's API asks for, with the rows it names."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from bots.sandbox.errors import bad_request
from bots.sandbox.messages import find_message
from bots.sandbox.models import Chat, Message, Person, SandboxBot
from bots.sandbox.rows import fetch


@dataclass(frozen=True)
class Ask:
    """One call."""

    body: dict[str, Any] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    number: int = 0
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    def value(self, name: str, default: Any = None) -> Any:
        """Return a field of the body or of the address."""
        return self.body.get(name, self.query.get(name, default))

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number."""
        given = self.value(name)
        if given in (None, ""):
            return default
        try:
            return int(given)
        except (TypeError, ValueError):
            raise bad_request(f"{name} must be a whole number") from None

    def person(self, name: str = "person") -> Person:
        """Return the person named."""
        found = fetch(Person, id=self.integer(name))
        if found is None:
            raise bad_request(f"{name} not found")
        return found

    def bot(self) -> SandboxBot:
        """Return the bot named, or the only one there is."""
        bots = SandboxBot.objects.order_by("pk")
        if number := self.integer("bot"):
            bots = bots.filter(pk=number)
        found = bots.first()
        if found is None:
            raise bad_request("bot not found")
        return found

    def chat(self, number: int = 0) -> Chat:
        """Return the chat in the address, or another one by its id."""
        found = fetch(Chat, id=number or self.number)
        if found is None:
            raise bad_request("chat not found")
        if found.bot_id:
            found.bot = fetch(SandboxBot, id=found.bot_id)
        if found.person_id:
            found.person = fetch(Person, id=found.person_id)
        return found

    def message(self, chat: Chat) -> Message:
        """Return the message of the chat that is named."""
        found = find_message(chat, self.integer("message_id"))
        if found is None:
            raise bad_request("message not found")
        return found
