"""A claimed outbox row on its way: taken, called, and what became of it written down."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone, translation

from bots.departures import departures
from bots.models import Bot
from bots.states import state_in
from bots.telegram import lines
from conversations.markup import Text, split
from conversations.models import Attempt, Chat, Message
from conversations.replies import render

QUIET_PREVIEW = {"is_disabled": True}  # a person's private link is nobody's to crawl


class BusyError(Exception):
    """Another message to the same chat is on its way."""


@dataclass(frozen=True)
class Parcel:
    """A claimed outbox row: what is to be called, and where."""

    message: Message
    attempt: Attempt
    bot_id: int
    chat_id: int


@transaction.atomic
def claim(message_id: int) -> Parcel | Message:
    """Take a queued row for sending, and note what is known before it leaves.

    The parcel is another row where one written earlier to the chat waits still. Returns the row itself
    when there is nothing to send (it is final, or an earlier attempt died in it); raises BusyError
    while another message to the chat is in flight.
    """
    rows = Message.objects.select_for_update(of=("self",)).select_related("chat__bot")
    message = rows.get(pk=message_id)
    if message.state != Message.State.QUEUED:
        return message
    message = _first_waiting(message)
    chat = message.chat
    if message.kind not in UNORDERED_KINDS:
        free = Q(in_flight=None) | Q(in_flight=message.pk)
        if not Chat.objects.filter(free, pk=chat.pk).update(in_flight=message.pk):
            raise BusyError
    message.move(Message.State.QUEUED, after=Message.State.SENDING)
    attempt = Attempt.objects.create(
        message=message,
        number=message.attempts.count() + 1,
        chat_id=chat.chat_id,
        chat_type=chat.type,
        account_message_id=chat.bot.highest_message_id,
        chat_message_id=chat.highest_message_id,
    )
    departures.begin(attempt.key)
    return Parcel(message, attempt, chat.bot_id, chat.chat_id)


# A toast or an edit changes nothing when repeated, so it waits for nobody.
UNORDERED_KINDS = ("toast", "edit")
# Rows with these keys are sent by a reminder's or a broadcast's own workflow, at its own time.
OWN_WORKFLOW = ("delivery:", "broadcast:")


def is_of_a_crowd(message: Message) -> bool:
    """Whether the row belongs to a reminder or a broadcast: many of those may be due together."""
    return message.key.startswith(OWN_WORKFLOW)


def _first_waiting(message: Message) -> Message:
    """Return the row of the chat's conversation that is to go first, often this one.

    The chat's workflow sends in order; but after a loss of Temporal's data it knows of a new row before
    the sweep has told it of the old ones.
    """
    if message.kind in UNORDERED_KINDS or is_of_a_crowd(message):
        return message
    others = Message.objects.filter(state_in("queued", "sending"), chat=message.chat_id)
    for prefix in OWN_WORKFLOW:
        others = others.exclude(key__startswith=prefix)
    waiting = others.filter(state=Message.State.QUEUED, pk__lt=message.pk)
    earlier = waiting.exclude(kind__in=UNORDERED_KINDS).select_for_update().order_by("pk").first()
    return earlier or message


async def call(parcel: Parcel) -> Any:
    """Make the Bot API call of a claimed row; raises bots.errors.CallError."""
    message = parcel.message
    line = lines.of(parcel.bot_id)
    params = call_params(parcel)
    departures.leave(parcel.attempt.key)
    if message.method == "sendDocument":
        document = message.params["document"]
        return await line.upload(
            message.method, params, "document", document["name"], document["content"].encode()
        )
    return await line.call(message.method, params)


def call_params(parcel: Parcel) -> dict[str, Any]:
    """Return the Bot API parameters of a row."""
    message = parcel.message
    known = (
        "reply_markup",
        "disable_notification",
        "show_alert",
        "message_id",
        "callback_query_id",
    )
    params = {name: message.params[name] for name in known if name in message.params}
    if message.kind == "toast":
        return {**params, "text": message.text}
    params["chat_id"] = parcel.chat_id
    text = words_of(message)
    if message.method == "sendDocument":
        params |= {"caption": text.text, "caption_entities": text.entities}
    elif message.text:
        params |= {
            "text": text.text,
            "entities": text.entities,
            "link_preview_options": QUIET_PREVIEW,
        }
    if message.kind != "edit" and message.thread_id:
        params["message_thread_id"] = message.thread_id
    if message.reply_to_message_id:
        params["reply_parameters"] = {
            "message_id": message.reply_to_message_id,
            "allow_sending_without_reply": True,
        }
    return params


def words_of(message: Message) -> Text:
    """Return the row's text as it leaves; one whose first outcome nobody knows says that it may be a repeat."""
    if not message.possible_repeat:
        return Text(message.text, message.entities)
    with translation.override(message.chat.language or "en"):
        mark = render("repeat", {}).text
    return split(Text(f"{message.text.rstrip()}\n{mark}", message.entities))[0]


@transaction.atomic
def note_sent(parcel: Parcel, result: Any) -> Message:
    """Write the receipt: called right after Telegram's answer, so that the doubtful window is one round trip."""
    message, state = parcel.message, Message.State
    fields: dict[str, Any] = {"sent_at": timezone.now(), "error": ""}
    message_id = 0
    if message.kind not in UNORDERED_KINDS and isinstance(result, dict):
        message_id = fields["message_id"] = result["message_id"]
    is_sent = message.move(state.SENDING, state.UNKNOWN, after=state.SENT, **fields)
    if message.kind == "edit" and message.target_id:
        _note_edit(message)
    _end(parcel, "sent", "", message_id)
    note_account_message_id(message.chat, message_id)
    if not is_sent:  # it was concluded meanwhile: say what was found
        message.refresh_from_db()
        return message
    for name, value in {"state": state.SENT, **fields}.items():
        setattr(message, name, value)
    return message


def note_message_id(chat: Chat, message_id: int) -> None:
    """Remember the highest id seen in the chat and, for the account's own counter, in the account.

    Private chats and basic groups share the account's counter; supergroups and channels have their own.
    """
    chat.note_message_id(message_id)
    note_account_message_id(chat, message_id)


def note_account_message_id(chat: Chat, message_id: int) -> None:
    """Remember the highest id of the account's own counter, where the chat shares it.

    Call it last: every transaction locks the chat first and the bot, which all chats share, at its end.
    """
    if chat.type in {"private", "group"} and message_id > chat.bot.highest_message_id:
        Bot.objects.filter(pk=chat.bot_id, highest_message_id__lt=message_id).update(
            highest_message_id=message_id
        )


def _note_edit(change: Message) -> None:
    target = change.target
    if target is None or not change.text:
        return
    target.edits = [*target.edits, {"text": target.text, "at": timezone.now().isoformat()}]
    target.text, target.entities = change.text, change.entities
    target.save(update_fields=["edits", "text", "entities"])


@transaction.atomic
def note_failed(parcel: Parcel, error: str, *, chat_state: Chat.State | None = None) -> Message:
    """Write a refusal that will not change; with `chat_state` the whole chat is closed."""
    state = Message.State
    parcel.message.move(state.SENDING, after=state.FAILED, error=error[:300])
    if chat_state:
        parcel.message.chat.close(chat_state)
    _end(parcel, "failed", error)
    parcel.message.refresh_from_db()
    return parcel.message


@transaction.atomic
def release(parcel: Parcel, outcome: str, error: str, **changes: Any) -> None:
    """Put a row that was surely not sent back in the queue."""
    state = Message.State
    parcel.message.move(state.SENDING, after=state.QUEUED, error=error[:300], **changes)
    _end(parcel, outcome, error)


def _end(parcel: Parcel, outcome: str, error: str, message_id: int = 0) -> None:
    Attempt.objects.filter(pk=parcel.attempt.pk).update(
        ended_at=timezone.now(),
        outcome=outcome,
        error=error[:300],
        telegram_id=message_id or None,
    )
    if parcel.message.kind in UNORDERED_KINDS:
        return
    mine = Chat.objects.filter(pk=parcel.message.chat_id, in_flight=parcel.message.pk)
    highest = Greatest("highest_message_id", Value(message_id))
    if not mine.update(in_flight=None, highest_message_id=highest) and message_id:
        parcel.message.chat.note_message_id(message_id)
