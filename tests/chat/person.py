"""A person in a chat, at the level of handlers: says and presses things, sees what the bot answers."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bots.envelope import Envelope, IncomingMessage, Sender
from conversations.answering import answer
from conversations.models import Chat, Message
from reminders import firing
from reminders.contracts import Claim, Recorded
from reminders.models import Reminder

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 6, 14, 5, tzinfo=BERLIN)
BOT = 1000001
_ids = count(1)


@dataclass
class Heard:
    """What the bot answered: rows of the outbox, in order."""

    rows: list[Message] = field(default_factory=list)

    def __post_init__(self):
        self.messages = [row for row in self.rows if row.method == "sendMessage"]
        self.edits = [row for row in self.rows if row.kind == "edit"]
        self.toasts = [row.text for row in self.rows if row.kind == "toast" and row.text]

    @property
    def text(self):
        """The one text that is shown, in a message or in place of another."""
        shown = [row for row in self.messages + self.edits if row.text]
        assert len(shown) == 1, [row.text for row in shown]
        return shown[0].text

    @property
    def shown(self):
        """The row that is shown."""
        return next(row for row in self.messages + self.edits if row.text)

    @property
    def labels(self):
        """What the buttons say."""
        return [button["text"] for button in self.buttons]

    @property
    def buttons(self):
        """All buttons of what is shown."""
        rows = [row for row in self.messages + self.edits if buttons_of(row)] or self.rows[:0]
        return buttons_of(rows[-1]) if rows else []


def buttons_of(row):
    markup = row.params.get("reply_markup") or {"inline_keyboard": []}
    return [button for line in markup["inline_keyboard"] for button in line]


class Person:
    def __init__(self, clock, chat_id=77, user_id=77, name="Mia", chat_type="private"):
        self.clock, self.chat_id, self.chat_type = clock, chat_id, chat_type
        self.sender = Sender(id=user_id, first_name=name, language_code="en")
        self.message_ids = count(100)

    def settled(self, zone, clock=None):
        """Let the bot know the time zone already."""
        self.update(IncomingMessage(event="service"))
        self.chat.timezone, self.chat.clock = zone, clock
        self.chat.save()
        return self

    def speak(self, language):
        """Go on in another language of the chat."""
        self.sender = replace(self.sender, language_code=language)
        Chat.objects.filter(chat_id=self.chat_id).update(language=language)

    @property
    def chat(self):
        if not hasattr(self, "_chat"):
            self._chat = Chat.objects.get(chat_id=self.chat_id)
        return self._chat

    def update(self, said):
        number = next(_ids)
        said = replace(
            said,
            sender=self.sender,
            chat_type=self.chat_type,
            date=int(datetime.now(UTC).timestamp()),
        )
        envelope = Envelope(BOT, number, self.chat_id, number, f"{BOT}:{number}", said)
        rows = [Message.objects.get(pk=pk) for pk in answer(envelope).message_ids]
        for row in rows:
            self.deliver(row)
        return Heard(rows)

    def deliver(self, row):
        """Let Telegram take a row."""
        if row.method == "sendMessage":
            row.message_id = next(self.message_ids)
            Message.objects.filter(pk=row.pk).update(
                state="sent", message_id=row.message_id, sent_at=datetime.now(UTC)
            )

    def say(self, text, **more):
        """Send a text; `to` is a row that it answers."""
        to = more.pop("to", None)
        if to is not None:
            more |= {"reply_to_message_id": to.message_id, "reply_to_own": to.direction == "out"}
        self.last_said = next(self.message_ids)
        return self.update(IncomingMessage(text=text, message_id=self.last_said, **more))

    def edit(self, message_id, text):
        return self.update(IncomingMessage(event="edit", text=text, message_id=message_id))

    def press(self, row, label):
        """Press the button whose label begins so."""
        button = next(b for b in self.seen_buttons(row) if b["text"].startswith(label))
        return self.press_data(row, button["callback_data"])

    def press_data(self, row, data):
        message_id = row.message_id or row.params["message_id"]
        return self.update(
            IncomingMessage(
                event="callback", message_id=message_id, callback_id="1", callback_data=data
            )
        )

    def seen_buttons(self, row):
        """Return the buttons of a message as they are now."""
        message_id = row.message_id or row.params["message_id"]
        edits = Message.objects.filter(
            chat__chat_id=self.chat_id, kind="edit", params__message_id=message_id
        )
        last = edits.order_by("-pk").first()
        return buttons_of(last or row)

    def reminder(self, number=1):
        return Reminder.objects.get(chat__chat_id=self.chat_id, number=number)

    def wait(self, reminder=None, late=timedelta()):
        """Let time pass until the reminder fires, and let it; return its message."""
        found = reminder or Reminder.objects.get(chat__chat_id=self.chat_id, state="active")
        found.refresh_from_db()
        self.clock.move_to(found.fire_at + late)
        claimed = firing.claim(Claim(found.pk, found.revision))
        row = Message.objects.get(pk=claimed.message_id)
        self.deliver(row)
        firing.record(Recorded(claimed.delivery_id, "sent"))
        return Message.objects.get(pk=row.pk)
