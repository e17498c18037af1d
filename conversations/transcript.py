"""Write down what arrives: the chat as it is now, and one row for everything that happened in it."""

from django.utils import timezone

from bots.envelope import Envelope, IncomingMessage
from bots.models import Bot, Update
from conversations.models import Chat, Message, count_unread

_LANGUAGES = ("en", "de", "es", "fr", "it", "pt", "ru")
_HIDDEN = {"text", "sender", "entities", "chat_title", "chat_username", "own_message_text"}


def chat_of(envelope: Envelope) -> Chat:
    """Return the chat's row, made on first contact and kept up to date with its names."""
    said = envelope.message
    names = {
        "type": said.chat_type,
        "title": said.chat_title[:255],
        "username": said.chat_username[:64],
    }
    known = Chat.objects.select_related("bot")
    chat = known.filter(bot=envelope.bot_id, chat_id=envelope.chat_id).first()
    if chat is None:
        Bot.objects.get_or_create(pk=envelope.bot_id)
        chat, _ = known.get_or_create(
            bot_id=envelope.bot_id,
            chat_id=envelope.chat_id,
            defaults={**names, **habits_of(language_of(said))},
        )
    elif any(getattr(chat, name) != value for name, value in names.items()):
        Chat.objects.filter(pk=chat.pk).update(**names)
        chat.refresh_from_db(fields=list(names))
    _note_membership(chat, said)
    return chat


def habits_of(language: str) -> dict[str, object]:
    """Return how times are written where a language is spoken; English alone does not tell."""
    if language == "en":
        return {"language": language}
    return {"language": language, "clock": 24, "day_first": True}


def language_of(said: IncomingMessage) -> str:
    """Return the interface's language for somebody, from what their Telegram speaks."""
    code = said.sender.language_code.lower().partition("-")[0]
    return code if code in _LANGUAGES else "en"


def _note_membership(chat: Chat, said: IncomingMessage) -> None:
    """A block, a kick or a return arrives as my_chat_member; any words prove that the chat is open."""
    left = said.member_status in {"kicked", "left"}
    state = (
        (Chat.State.BLOCKED if chat.is_private else Chat.State.GONE) if left else Chat.State.ACTIVE
    )
    if chat.state != state and (said.member_status or said.event in {"text", "media", "callback"}):
        chat.state = state
        Chat.objects.filter(pk=chat.pk).update(state=state)


def record(chat: Chat, envelope: Envelope) -> Message:
    """Store the message; an edit also keeps the text it replaces on the message it changes."""
    said = envelope.message
    update = Update.objects.filter(bot=envelope.bot_id, update_id=envelope.update_id)
    target = None
    if said.event in {"edit", "callback"}:
        target = (
            Message.objects.filter(chat=chat, message_id=said.message_id)
            .exclude(kind="edit")
            .first()
        )
    row = Message.objects.create(
        chat=chat,
        key=envelope.request_id,
        direction=Message.Direction.IN,
        kind=said.attachment if said.event == "media" else said.event,
        message_id=said.message_id or None,
        thread_id=said.thread_id,
        reply_to_message_id=said.reply_to_message_id,
        sender_id=said.sender.id,
        sender_name=f"{said.sender.first_name} {said.sender.last_name}".strip()[:255],
        text=said.text or said.callback_data,
        entities=said.entities,
        params=_details(said),
        target=target,
        update_id=update.values_list("pk", flat=True).first(),
        state=Message.State.RECEIVED,
    )
    if said.event == "edit" and target is not None and target.direction == Message.Direction.IN:
        _keep_earlier_text(target, said)
    count_unread(chat, said.message_id)
    return row


def _details(said: IncomingMessage) -> dict[str, object]:
    found = {name: value for name, value in vars(said).items() if name not in _HIDDEN}
    return {name: value for name, value in found.items() if value not in ("", 0, None, False)}


def _keep_earlier_text(target: Message, said: IncomingMessage) -> None:
    target.edits = [*target.edits, {"text": target.text, "at": timezone.now().isoformat()}]
    target.text, target.entities = said.text, said.entities
    target.save(update_fields=["edits", "text", "entities"])
