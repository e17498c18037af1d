"""The outbox: every message the product sends is first a row here, and is claimed before it leaves."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from bots.link import link
from conversations.contracts import Posted
from conversations.dispatch import send_posted
from conversations.markup import LONGEST_TEXT, Text, split
from conversations.models import Chat, Message
from conversations.replies import Change, Effect, Say, Toast, keyboard

ROOM_FOR_MARK = 64  # UTF-16 units every text leaves free, to say that it may be a repeat
SAME_MOMENT = timedelta(seconds=1)  # an answer follows its message: the chat has just been marked


def write(chat: Chat, effects: Iterable[Effect], key: str, **fields: Any) -> list[Message]:
    """Store a reply's effects as outbox rows, in order. A key that is already stored is left as it is."""
    rows: list[Message] = []
    for effect in effects:
        for row in _rows(chat, effect):
            row.key = f"{key}/{len(rows)}"
            for name, value in fields.items():
                setattr(row, name, value)
            rows.append(row)
    for row in rows:
        row.save(force_insert=True)
    now = timezone.now()
    if rows and (chat.last_message_at is None or now - chat.last_message_at > SAME_MOMENT):
        Chat.objects.filter(pk=chat.pk).update(last_message_at=now)
    return rows


def post(chat: Chat, effects: Iterable[Effect], key: str, **fields: Any) -> list[Message]:
    """Store rows that answer nobody (an operator's words, a deadline) and have the chat send them."""
    rows = write(chat, effects, key, **fields)
    hand_over(chat, [row.pk for row in rows])
    return rows


def hand_over(chat: Chat, message_ids: list[int]) -> None:
    """Tell the chat's workflow of waiting rows once the transaction has committed."""
    posted = Posted(message_ids)
    transaction.on_commit(
        lambda: link.nudge(lambda client: send_posted(client, chat.workflow_id, posted))
    )


def _rows(chat: Chat, effect: Effect) -> list[Message]:
    common = {"chat": chat, "direction": Message.Direction.OUT, "state": Message.State.QUEUED}
    text = effect.text()
    if isinstance(effect, Toast):
        return [Message(**common, kind="toast", method="answerCallbackQuery", text=text.text,
                        params={"show_alert": effect.alert})]  # fmt: skip
    if isinstance(effect, Change):
        return [_change(chat, effect, text, common)]
    return _say(effect, text, common)


def _change(chat: Chat, effect: Change, text: Text, common: dict[str, Any]) -> Message:
    method = "editMessageText" if text.text else "editMessageReplyMarkup"
    target = Message.objects.filter(chat=chat, message_id=effect.message_id, kind="text").first()
    return Message(**common, kind="edit", method=method, text=text.text, entities=text.entities, target=target,
                   params={"message_id": effect.message_id, "reply_markup": keyboard(effect.buttons)})  # fmt: skip


def _say(effect: Say, text: Text, common: dict[str, Any]) -> list[Message]:
    params: dict[str, Any] = {}
    if effect.silent:
        params["disable_notification"] = True
    if effect.tag:
        params["tag"] = effect.tag
    if effect.document:
        params["document"] = {"name": effect.document.name, "content": effect.document.content}
        return [Message(**common, kind="document", method="sendDocument", text=text.text,
                        entities=text.entities, params=params)]  # fmt: skip
    rows = [
        Message(
            **common,
            method="sendMessage",
            text=part.text,
            entities=part.entities,
            params=dict(params),
        )
        for part in split(text, LONGEST_TEXT - ROOM_FOR_MARK)
    ]
    rows[0].reply_to_message_id = effect.reply_to
    if effect.buttons:
        rows[-1].params["reply_markup"] = keyboard(effect.buttons)
    return rows
