"""A bot's account at Telegram as far as a search for a lost answer can see it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from bots.errors import CallError, Failure, Verdict
from bots.models import Bot, Update
from conversations.models import Attempt, Chat, Message

BOT_ID = 4242
PERSON = 500
OWN = "Bad Request: there is no live location in the message to edit"
FOREIGN = "Bad Request: message can't be edited"
ABSENT = "Bad Request: message to edit not found"


def refusal(text: str, verdict: Verdict = Verdict.REFUSED, **more: Any) -> CallError:
    return CallError(Failure(verdict, text, **more))


@dataclass
class Account:
    """Answers calls; `messages` maps (chat_id, message_id) to the sender and the text."""

    token: str = f"{BOT_ID}:account"
    messages: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    pending: int = 0
    top: int = 100
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=lambda: {"own": OWN, "foreign": FOREIGN})
    absent: str = ABSENT
    trouble: list[CallError] = field(default_factory=list)  # raised by the next calls
    on_call: Callable[[str, dict[str, Any]], None] = lambda method, params: None
    deletes: bool = True

    def put(self, number: int, sender: str = "own", text: str = "", chat: int = PERSON) -> None:
        """Have a message."""
        self.messages[chat, number] = (sender, text)
        self.top = max(self.top, number)

    def probed(self) -> list[int]:
        """Return the ids that were looked at, in order."""
        return [params["message_id"] for method, params in self.calls if method == probing_method()]

    def named(self, method: str) -> list[dict[str, Any]]:
        return [params for name, params in self.calls if name == method]

    async def call(self, method: str, params: dict[str, Any], *, patience: float = 0) -> Any:
        self.calls.append((method, params))
        self.on_call(method, params)
        if self.trouble:
            raise self.trouble.pop(0)
        if method == probing_method():
            sender, _ = self.messages.get((params["chat_id"], params["message_id"]), ("", ""))
            raise refusal(self.texts.get(sender, self.absent))
        snake = re.sub("([A-Z])", lambda found: f"_{found[1].lower()}", method)
        return getattr(self, f"_{snake}")(params)

    def _get_webhook_info(self, params: dict[str, Any]) -> Any:
        return {"url": "", "pending_update_count": self.pending}

    def _send_message(self, params: dict[str, Any]) -> Any:
        self.top += 1
        self.put(self.top, "own", params["text"], int(params["chat_id"]))
        return {"message_id": self.top}

    def _forward_message(self, params: dict[str, Any]) -> Any:
        self.top += 1
        _, text = self.messages[params["from_chat_id"], params["message_id"]]
        return {"message_id": self.top, "text": text}

    def _delete_message(self, params: dict[str, Any]) -> Any:
        if not self.deletes:
            raise refusal("Bad Request: message can't be deleted for everyone")
        self.messages.pop((int(params["chat_id"]), params["message_id"]), None)
        return True

    def _edit_message_text(self, params: dict[str, Any]) -> Any:
        self.put(params["message_id"], "own", params["text"], params["chat_id"])
        return {"message_id": params["message_id"]}


def probing_method() -> str:
    from bots.probing import METHOD

    return METHOD


class Story:
    """A private chat with a history, and a message whose answer was lost."""

    def __init__(self, account: Account, chat_id: int = PERSON, kind: str = "private") -> None:
        self.account = account
        self.bot, _ = Bot.objects.get_or_create(pk=BOT_ID)
        self.chat = Chat.objects.create(bot=self.bot, chat_id=chat_id, type=kind)

    def theirs(self, number: int, text: str = "hello", ago: float = 0) -> Message:
        """The person wrote; it is answered."""
        self.account.put(number, "foreign", text, self.chat.chat_id)
        self._know(number)
        return Message.objects.create(
            chat=self.chat, key=f"in:{self.chat.pk}:{number}", direction="in", message_id=number,
            text=text, state="received", params={"chat_type": self.chat.type},
            created_at=timezone.now() - timedelta(seconds=ago),
        )  # fmt: skip

    def ours(self, number: int, text: str = "an answer", ago: float = 0) -> Message:
        """We wrote, and the receipt is there."""
        self.account.put(number, "own", text, self.chat.chat_id)
        row = self._row(f"out:{self.chat.pk}:{number}", text, "sent", message_id=number)
        self._attempt(row, ago, outcome="sent", telegram_id=number)
        self._know(number)
        return row

    def lost(
        self, text: str = "the words", ago: float = 0.1, key: str = "lost", **fields: Any
    ) -> Message:
        """We wrote, and the answer never came."""
        row = self._row(f"{key}:{self.chat.pk}", text, "sending", **fields)
        self._attempt(row, ago)
        Chat.objects.filter(pk=self.chat.pk).update(in_flight=row)
        return row

    def update(
        self, number: int, body: dict[str, Any], kind: str = "message", ago: float = 0
    ) -> None:
        """An update is in the inbox and not answered yet."""
        payload = {"update_id": number, kind: body}
        Update.objects.create(
            bot=self.bot, update_id=number, sequence=number, kind=kind, chat_id=self.chat.chat_id,
            payload=payload, received_at=timezone.now() - timedelta(seconds=ago),
        )  # fmt: skip

    def said(self, number: int, ago: float = 0, **more: Any) -> dict[str, Any]:
        """Return the body of a message the person wrote `ago` seconds ago."""
        self.account.put(number, "foreign", "", self.chat.chat_id)
        date = int(timezone.now().timestamp() - ago)
        chat = {"id": self.chat.chat_id, "type": self.chat.type}
        return {"message_id": number, "date": date, "chat": chat, "text": "more", **more}

    def _row(self, key: str, text: str, state: str, **fields: Any) -> Message:
        return Message.objects.create(
            chat=self.chat, key=key, direction="out", method="sendMessage", text=text, state=state, **fields
        )  # fmt: skip

    def _attempt(self, row: Message, ago: float, **fields: Any) -> Attempt:
        self.bot.refresh_from_db()
        return Attempt.objects.create(
            message=row, number=row.attempts.count() + 1, chat_id=self.chat.chat_id, chat_type=self.chat.type,
            began_at=timezone.now() - timedelta(seconds=ago),
            account_message_id=self.bot.highest_message_id, **fields,
        )  # fmt: skip

    def _know(self, number: int) -> None:
        Bot.objects.filter(pk=BOT_ID, highest_message_id__lt=number).update(
            highest_message_id=number
        )


def age(message: Message, seconds: float) -> None:
    """Let the latest attempt have left so many seconds ago, and what was before it so much earlier."""
    attempt = message.attempts.latest("number")
    shift = timedelta(seconds=seconds) - (timezone.now() - attempt.began_at)
    Attempt.objects.update(began_at=F("began_at") - shift)
