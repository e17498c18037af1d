"""A group that becomes a supergroup keeps everything, whichever id was heard of first."""

import pytest
from django.utils import timezone

from conversations import answering
from conversations.migration import follow
from conversations.models import Chat, Message
from reminders.models import Reminder

pytestmark = pytest.mark.django_db
NEW_ID = -1001111111111


def remind(chat, number):
    return Reminder.objects.create(
        chat=chat,
        number=number,
        text="keys",
        start_local="2030-01-01T09:00:00",
        fire_at=timezone.now(),
    )


def test_the_chat_follows_to_its_new_id(bot):
    group = Chat.objects.create(bot=bot, chat_id=-55, type="group", highest_message_id=9)
    follow(group.pk, NEW_ID)
    group.refresh_from_db()
    assert (group.chat_id, group.type, group.highest_message_id) == (NEW_ID, "supergroup", 0)
    follow(group.pk, NEW_ID)
    assert Chat.objects.count() == 1


def test_what_came_under_the_new_id_first_is_joined(bot):
    group = Chat.objects.create(bot=bot, chat_id=-55, type="group")
    early = Chat.objects.create(bot=bot, chat_id=NEW_ID, type="supergroup")
    remind(group, 1)
    remind(early, 1)
    Message.objects.create(chat=early, key="early", direction="in", state="received")
    follow(group.pk, NEW_ID)
    assert Chat.objects.get().pk == group.pk
    assert sorted(group.reminders.values_list("number", flat=True)) == [1, 2]
    assert group.messages.filter(key="early").exists()


def test_the_service_message_is_enough(bot, said):
    group = Chat.objects.create(bot=bot, chat_id=-55, type="group")
    answering.answer(said(chat_id=-55, event="migrated", chat_type="group", new_chat_id=NEW_ID))
    group.refresh_from_db()
    assert group.chat_id == NEW_ID
