"""Answer one message: its row, its handler's effects and its reply are one transaction."""

import logging

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils import timezone, translation

from bots.envelope import STORED, Envelope, IncomingMessage
from bots.inbox import envelope_of
from bots.models import Update
from conversations import admission, flooding, outbox, parcels, transcript
from conversations.contracts import Answer
from conversations.migration import follow
from conversations.models import Chat, Message
from conversations.replies import Effect, Reply, Toast, say
from conversations.router import Incoming, router, split_command

logger = logging.getLogger(__name__)


def answer(envelope: Envelope) -> Answer:
    """Answer a message once; a repeat returns the answer that is stored."""
    if _is_answered(envelope):
        return _stored(envelope.request_id)
    if envelope.message.event == STORED:
        row = Update.objects.filter(bot=envelope.bot_id, update_id=envelope.update_id).first()
        if row is None or not row.payload:
            return Answer(envelope.request_id)  # its words were erased meanwhile
        envelope = envelope_of(row)
    try:
        return _answer(envelope, apology=False)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the whole transaction is tried again
    except Exception as error:
        if isinstance(error, IntegrityError) and _is_answered(envelope):
            return _stored(envelope.request_id)  # by another try, while this one was at it
        logger.exception("handler failed", extra={"request": envelope.request_id})
        return _answer(envelope, apology=True)


def _is_answered(envelope: Envelope) -> bool:
    return Message.objects.filter(key=envelope.request_id).exists()


@transaction.atomic
def _answer(envelope: Envelope, *, apology: bool) -> Answer:
    if not admission.admits(envelope):
        return _told(envelope.request_id, admission.turn_away(envelope))
    chat = transcript.chat_of(envelope)
    row = transcript.record(chat, envelope)
    with translation.override(chat.language or "en"):
        reply = say("sorry") if apology else _route(chat, row, envelope)
        effects = (
            _with_toast(reply.effects) if envelope.message.event == "callback" else reply.effects
        )
        rows = outbox.write(chat, effects, envelope.request_id, thread_id=row.thread_id)
    _address(rows, envelope.message)
    Update.objects.filter(bot=envelope.bot_id, update_id=envelope.update_id).update(
        state=Update.State.ANSWERED,
        answered_at=timezone.now(),
        error="the handler failed; see the log" if apology else "",
    )
    parcels.note_account_message_id(chat, envelope.message.message_id)
    return _told(envelope.request_id, rows)


def _route(chat: Chat, row: Message, envelope: Envelope) -> Reply:
    said = envelope.message
    if said.event == "migrated":
        follow(chat.pk, said.new_chat_id)
        return Reply()
    if chat.barred:
        return Reply()  # an operator blocked the chat: its messages are kept and not answered
    command, arguments = "", said.text
    if said.event == "text":
        command, arguments = split_command(said.text, chat.bot.username)
    incoming = Incoming(said, row, envelope.request_id, timezone.now(), command, arguments)
    count = flooding.messages_lately(chat)
    if count > flooding.HEARD_UNTIL:
        return Reply()
    return flooding.damped(chat, count, router.route(chat, incoming))


def _with_toast(effects: list[Effect]) -> list[Effect]:
    """Put the button's answer first: until it comes, the person's client shows a spinner."""
    toasts = [effect for effect in effects if isinstance(effect, Toast)] or [Toast()]
    return [*toasts[:1], *(effect for effect in effects if not isinstance(effect, Toast))]


def _address(rows: list[Message], said: IncomingMessage) -> None:
    """Complete the row that answers a button press."""
    for row in rows:
        if row.kind == "toast":
            row.params["callback_query_id"] = said.callback_id
            row.save(update_fields=["params"])


def _stored(request_id: str) -> Answer:
    rows = list(Message.objects.filter(key__startswith=f"{request_id}/").order_by("pk"))
    bot_id, _, update_id = request_id.partition(":")
    Update.objects.filter(bot=int(bot_id), update_id=int(update_id), answered_at=None).update(
        state=Update.State.ANSWERED, answered_at=timezone.now()
    )
    return _told(request_id, rows)


def _told(request_id: str, rows: list[Message]) -> Answer:
    text = "\n".join(row.text for row in rows if row.text)
    ids = [row.pk for row in rows]
    return Answer(request_id, text, ids, unsent=ids)
