"""A person in a chat over real HTTP: does things, and sees what the server then holds."""

from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Bubble:
    """A message of the bot as the server holds it now."""

    message_id: int
    text: str
    buttons: tuple[tuple[str, str], ...]
    entities: tuple[dict[str, Any], ...]
    reply_to: int
    thread_id: int

    @classmethod
    def of(cls, message: dict[str, Any]) -> "Bubble":
        lines_of_buttons = (message.get("reply_markup") or {}).get("inline_keyboard", [])
        return cls(
            message["message_id"],
            message.get("text", ""),
            tuple((b["text"], b["callback_data"]) for line in lines_of_buttons for b in line),
            tuple(message.get("entities", [])),
            message.get("reply_to_message", {}).get("message_id", 0),
            message.get("message_thread_id", 0),
        )

    @property
    def labels(self):
        """What the buttons say."""
        return [label for label, _ in self.buttons]

    def data(self, label):
        """Return the data of the button whose label begins so."""
        return next(data for text, data in self.buttons if text.startswith(label))

    def marked(self, kind):
        """Return the parts of the text that carry this entity."""
        units = self.text.encode("utf-16-le")
        spans = [(e["offset"], e["length"]) for e in self.entities if e["type"] == kind]
        return [units[2 * at : 2 * (at + size)].decode("utf-16-le") for at, size in spans]


class Talker:
    """One person in one chat: does things, and sees what the server then holds."""

    def __init__(self, product, chat):
        self.product, self.chat = product, chat
        self.product.work()

    def bubbles(self):
        """Return the bot's messages in the chat, oldest first."""
        page = self.chat.api.get(f"chats/{self.chat.id}/messages", limit=100)["messages"]
        return [Bubble.of(m) for m in page if m.get("from", {}).get("is_bot") and "text" in m]

    def _new(self, act):
        with self.seeing(1) as new:
            act()
        return new[0]

    @contextmanager
    def seeing(self, count):
        """Collect the bot's messages that come meanwhile, oldest first; they are so many."""
        before, new = {bubble.message_id for bubble in self.bubbles()}, []
        yield new
        new += [bubble for bubble in self.bubbles() if bubble.message_id not in before]
        assert len(new) == count, [bubble.text for bubble in new]

    def _acted(self, act, *args, **more):
        self.last = act(*args, **more)
        self.product.work()

    def say(self, text, **more):
        """Write; returns the bot's one new message."""
        return self._new(lambda: self._acted(self.chat.say, text, **more))

    def act(self, what, **more):
        """Do anything else of the people's API; returns the bot's one new message."""
        return self._new(lambda: self._acted(self.chat.act, what, **more))

    def edit(self, message_id, text):
        """Change an own message; returns the bot's one new message."""
        return self._new(lambda: self._acted(self.chat.edit, message_id, text))

    def wait(self):
        """Let time pass until the next reminder; returns its message."""
        return self._new(lambda: self.product.until_next(self.chat.chat_id))

    def now(self, bubble):
        """Return a message as it is now."""
        return next(b for b in self.bubbles() if b.message_id == bubble.message_id)

    def toast(self, bubble, label):
        """Press the button whose label begins so, as this copy shows it; returns the toast."""
        return self.product.press(self.chat.press, bubble.message_id, bubble.data(label))

    def press(self, bubble, label):
        """Press; returns the message as it is then."""
        self.toast(bubble, label)
        return self.now(bubble)
