"""One conversation with everything in it that an operator can meet: the one to show first."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from bots.models import Bot
from config import demo_reminder
from conversations.models import Attempt, Chat, Message
from conversations.operators import Note

CHAT_ID = 9_001
S = Message.State
BUTTONS = {"inline_keyboard": [[{"text": "✅ Done", "callback_data": "done:1"},
                                {"text": "💤 In 10 min", "callback_data": "snooze:1"}]]}  # fmt: skip


def tell(bot: Bot) -> Chat:
    """Make the conversation, once."""
    chat, is_new = Chat.objects.get_or_create(
        bot=bot,
        chat_id=CHAT_ID,
        defaults={"title": "Lena Vogel 🌻", "username": "lenavogel", "timezone": "Europe/Berlin",
                  "language": "de", "unread": 2},
    )  # fmt: skip
    if is_new:
        demo_reminder.tell(chat)  # before the talk, as its messages are older
        _Story(chat).tell()
    return chat


class _Story:
    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.at = timezone.now() - timedelta(hours=26)
        self.number = 400
        self.operator = get_user_model().objects.order_by("pk").first()

    def tell(self) -> None:
        self._before()
        self._today()
        note = "Travels a lot: ask for the zone before moving her reminders."
        Note.objects.create(chat=self.chat, author=self.operator, text=note)
        Chat.objects.filter(pk=self.chat.pk).update(
            last_message_at=self.at, last_incoming_at=self.at
        )

    def _before(self) -> None:
        first = self._hear("morgen um 7 Brötchen holen")
        was = {"text": "morgen um 7 Broetchen hohlen", "at": first.created_at.isoformat()}
        Message.objects.filter(pk=first.pk).update(edits=[was])
        self._say("✅ Morgen um 07:00: Brötchen holen", reply_to_message_id=first.message_id)
        self.at += timedelta(hours=11)
        due = self._say("⏰ Brötchen holen", key="delivery:story", params={"reply_markup": BUTTONS})
        self._hear("done:1", kind="callback", target=due)
        self._hear("", kind="photo", params={"attachment": "photo", "file_id": "demo",
                                             "file_size": 184_220})  # fmt: skip

    def _today(self) -> None:
        self.at += timedelta(hours=9)
        asked = self._hear("Can somebody explain why the reminder for the dentist came an hour late "
                           "after my trip?")  # fmt: skip
        self._say("Hello Lena, it was still set to the clocks in Lisbon. It is set to Berlin now, so "
                  "it comes at 08:30 from here on.", author=self.operator,
                  reply_to_message_id=asked.message_id)  # fmt: skip
        self._hear("Danke! That was quick 🙏")
        lost = self._say("⏰ dentist, Kantstraße 12 🦷", state=S.UNKNOWN, message_id=None,
                         error="the connection broke after the message had left")  # fmt: skip
        failed = self._say("Your export is ready.", author=self.operator, state=S.FAILED,
                           message_id=None, error="Forbidden: bot was blocked by the user")  # fmt: skip
        for row, tries in ((lost, 2), (failed, 1)):
            for number in range(1, tries + 1):
                Attempt.objects.create(message=row, number=number, outcome=row.state)
        self._hear("every friday at 18:00 call grandma")
        self._say("🔁 Every Friday at 18:00: call grandma", state=S.QUEUED, message_id=None,
                  sent_at=None)  # fmt: skip

    def _hear(self, text: str, **fields: Any) -> Message:
        row = {"direction": "in", "state": S.RECEIVED, "sender_name": "Lena Vogel 🌻",
               "sender_id": CHAT_ID, **fields}  # fmt: skip
        return self._add(text, row)

    def _say(self, text: str, **fields: Any) -> Message:
        row = {"direction": "out", "method": "sendMessage", "state": S.SENT, **fields}
        if row["state"] == S.SENT:
            row["sent_at"] = self.at
        return self._add(text, row)

    def _add(self, text: str, fields: dict[str, Any]) -> Message:
        self.number += 1
        self.at += timedelta(minutes=2, seconds=20)
        values = {"key": f"story:{self.number}", "message_id": self.number, **fields}
        return Message.objects.create(chat=self.chat, text=text, created_at=self.at, **values)
