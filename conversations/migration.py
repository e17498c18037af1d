"""A group became a supergroup: everything of its chat moves to the new id in one transaction."""

from django.db import transaction

from conversations.models import Chat


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
        for relation in Chat._meta.related_objects:  # noqa: SLF001  # Django documents it
            model, name = relation.related_model, relation.field.name
            model._default_manager.filter(**{name: newcomer}).update(**{name: chat})  # noqa: SLF001
        newcomer.delete()
    chat.chat_id, chat.type, chat.highest_message_id = new_chat_id, "supergroup", 0
    chat.save(update_fields=["chat_id", "type", "highest_message_id"])
