import itertools

import pytest

from bots.envelope import Envelope, IncomingMessage, Sender
from bots.inbox import store
from bots.models import Bot
from conversations.models import Chat

_ids = itertools.count(1)


@pytest.fixture
def bot(db):
    return Bot.objects.create(pk=42, username="remind_bot")


@pytest.fixture
def chat(bot):
    return Chat.objects.create(bot=bot, chat_id=7, title="Ann", language="en", timezone="UTC")


@pytest.fixture
def said(bot):
    """Return an envelope of something that was said, stored in the inbox as it would be."""

    def make(text="", *, chat_id=7, **fields):
        update_id = next(_ids)
        store(
            bot.pk,
            {"update_id": update_id, "message": {"chat": {"id": chat_id}, "message_id": update_id}},
        )
        fields = {"message_id": update_id, "chat_title": "Ann", **fields}
        message = IncomingMessage(
            text=text, sender=Sender(id=7, first_name="Ann", language_code="en"), **fields
        )
        return Envelope(bot.pk, update_id, chat_id, update_id, f"{bot.pk}:{update_id}", message)

    return make
