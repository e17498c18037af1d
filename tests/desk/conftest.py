from itertools import count

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bots.models import Bot
from conversations.models import Chat, Message

_numbers = count(1)


@pytest.fixture(autouse=True)
def _plain_pages(settings, tmp_path):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False
    cache.clear()


@pytest.fixture
def bot(db):
    return Bot.objects.create(pk=1000001, username="remind_bot", last_polled_at=timezone.now())


@pytest.fixture
def chat(bot):
    return make_chat(bot, 7, "Anna Schmidt")


def make_chat(bot, number, title, **fields):
    fields = {"timezone": "Europe/Berlin", "language": "en", **fields}
    return Chat.objects.create(bot=bot, chat_id=number, title=title, **fields)


def hear(chat, text, **fields):
    number = next(_numbers)
    values = {
        "key": f"{chat.bot_id}:{number}",
        "message_id": number,
        "sender_name": "Anna Schmidt",
        "state": Message.State.RECEIVED,
        **fields,
    }
    return Message.objects.create(chat=chat, direction="in", text=text, **values)


def say(chat, text, **fields):
    number = next(_numbers)
    values = {
        "key": f"said:{number}",
        "message_id": number,
        "method": "sendMessage",
        "state": Message.State.SENT,
        "sent_at": timezone.now(),
        **fields,
    }
    return Message.objects.create(chat=chat, direction="out", text=text, **values)


def member(role):
    user = User.objects.create_user(role, password="long enough 4 tests", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(user, **options):
    client = Client(**options)
    client.force_login(user)
    return client


@pytest.fixture
def operator(db):
    return member("operator")


@pytest.fixture
def desk(operator):
    return signed_in(operator)


@pytest.fixture
def viewer(db):
    return signed_in(member("viewer"))


@pytest.fixture
def owner(db):
    return signed_in(User.objects.create_superuser("ada", password="long enough 4 tests"))


def page_of(chat, name="change"):
    from django.urls import reverse

    return reverse(f"admin:conversations_chat_{name}", args=[chat.pk])


TOKEN = "0123456789abcdef0123456789abcdef"
