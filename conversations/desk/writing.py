"""What an operator does to a chat: answer, try again, change, note, label, assign, block."""

from typing import Any

from django.db import IntegrityError, transaction

from bots.text import utf16_length
from conversations import outbox
from conversations.desk.bubbles import can_edit, can_retry
from conversations.markup import LONGEST_TEXT
from conversations.models import Chat, Message
from conversations.operators import Label, Note, audit
from conversations.replies import Change, Effect, Say

LONGEST_REPLY = 4 * LONGEST_TEXT


def fill(text: str, chat: Chat, user: Any) -> str:
    """Return a canned text with its variables filled in."""
    values = {"name": str(chat), "operator": user.get_full_name() or user.get_username()}
    for name, value in values.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def answer(chat: Chat, text: str, token: str, user: Any, thread_id: int = 0) -> bool:
    """Post an operator's words once; False if this form was sent before."""
    effect = Say("operator", {"text": fill(text, chat, user)})
    fields = {"author": user, "thread_id": thread_id}
    if not _post(chat, effect, f"operator:{user.pk}:{token}", **fields):
        return False
    audit(user, "answered", chat, length=len(text))
    return True


def change(row: Message, text: str, token: str, user: Any) -> bool:
    """Post a new text for a message an operator sent; False if it cannot be changed (any more)."""
    if not can_edit(row) or row.message_id is None or utf16_length(text) > LONGEST_TEXT:
        return False
    effect = Change(row.message_id, "operator", {"text": text})
    if not _post(row.chat, effect, f"operator:{user.pk}:{token}", author=user):
        return False
    audit(user, "edited", row.chat, message=row.pk)
    return True


@transaction.atomic
def retry(row: Message, user: Any) -> bool:
    """Queue a failed or unknown message again; False if it is neither any more."""
    if not can_retry(row):
        return False
    before = Message.State(row.state)
    fields: dict[str, Any] = {"error": ""}
    if before == Message.State.UNKNOWN:
        fields["possible_repeat"] = True  # Telegram may have the first one
    if not row.move(before, after=Message.State.QUEUED, **fields):
        return False
    audit(user, "retried", row.chat, message=row.pk)
    outbox.hand_over(row.chat, [row.pk])
    return True


@transaction.atomic
def add_note(chat: Chat, text: str, user: Any) -> Note:
    """Write a note that only operators see."""
    audit(user, "noted", chat)
    return Note.objects.create(chat=chat, author=user, text=text)


@transaction.atomic
def set_labels(chat: Chat, pks: list[int], user: Any) -> None:
    """Give the chat exactly these labels."""
    chat.labels.set(Label.objects.filter(pk__in=pks))
    audit(user, "labelled", chat, labels=sorted(pks))


@transaction.atomic
def assign(chat: Chat, assignee: Any | None, user: Any) -> None:
    """Make somebody answerable for the chat, or nobody."""
    Chat.objects.filter(pk=chat.pk).update(assignee=assignee)
    audit(user, "assigned", chat, to=assignee.pk if assignee else None)


@transaction.atomic
def bar(chat: Chat, user: Any, *, barred: bool) -> None:
    """Stop answering a chat, or answer it again. What arrives is kept either way."""
    if Chat.objects.filter(pk=chat.pk, barred=not barred).update(barred=barred):
        audit(user, "blocked" if barred else "unblocked", chat)


@transaction.atomic
def lift_limits(chat: Chat, user: Any, *, lifted: bool) -> None:
    """Let the people of a chat set as many reminders as they like, or hold them to the limits again."""
    if Chat.objects.filter(pk=chat.pk, limits_lifted=not lifted).update(limits_lifted=lifted):
        audit(user, "lifted limits" if lifted else "restored limits", chat)


def _post(chat: Chat, effect: Effect, key: str, **fields: Any) -> bool:
    try:
        with transaction.atomic():
            outbox.post(chat, [effect], key, **fields)
    except IntegrityError:  # the unique key: the same form was sent twice
        return False
    return True
