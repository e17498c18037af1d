"""A group became a supergroup: everything of its chat moves to the new id in one transaction."""

from django.db import transaction
from django.dispatch import Signal

from conversations.models import Chat

# Sent before the rows of `newcomer` become those of `chat`, so that apps can keep their keys unique.
joining = Signal()


@transaction.atomic
def follow(chat_pk: int, new_chat_id: int) -> None:
    """Give the chat its new Telegram id; what already arrived under that id is joined to it.

    https://core.telegram.org/bots/api#responseparameters (migrate_to_chat_id).
    """
    chat = Chat.objects.select_for_update().get(pk=chat_pk)
    if chat.chat_id == new_chat_id:
        return
    newcomer = Chat.objects.filter(bot=chat.bot_id, chat_id=new_chat_id).first()
    if newcomer is not None:
        joining.send(Chat, chat=chat, newcomer=newcomer)
        _join(chat, newcomer)
    chat.chat_id, chat.type, chat.highest_message_id = new_chat_id, "supergroup", 0
    chat.save(update_fields=["chat_id", "type", "highest_message_id"])


def _join(chat: Chat, newcomer: Chat) -> None:
    """Move the newcomer's rows to the chat; of what a chat has once, the chat's own stays."""
    for relation in Chat._meta.related_objects:  # noqa: SLF001  # Django documents it
        rows, name = relation.related_model._default_manager, relation.field.name  # noqa: SLF001
        if not (relation.one_to_one and rows.filter(**{name: chat}).exists()):
            rows.filter(**{name: newcomer}).update(**{name: chat})
    newcomer.delete()
