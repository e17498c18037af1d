from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from bots.models import Bot
from conversations.models import Chat, Message
from reminders.models import Delivery, Reminder


@pytest.fixture(autouse=True)
def _plain_pages(settings, tmp_path):
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False


@pytest.fixture
def bot(db):
    return Bot.objects.create(pk=1000001, username="remind_bot")


@pytest.fixture
def chat(bot):
    return make_chat(bot, 7, "Anna")


def make_chat(bot, number, title, **fields):
    fields = {"timezone": "Europe/Berlin", "language": "en", **fields}
    return Chat.objects.create(bot=bot, chat_id=number, title=title, **fields)


def make_reminder(chat, text="call the bank", *, due=None, **fields):
    due = due or timezone.now().replace(microsecond=0) + timedelta(hours=2)
    number = Reminder.objects.filter(chat=chat).count() + 1
    wall = due.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat()
    defaults = {"timezone": chat.timezone, "start_local": wall, "fire_at": due, "armed_revision": 1}
    return Reminder.objects.create(
        chat=chat, number=number, text=text, due_at=due, **{**defaults, **fields}
    )


def make_delivery(reminder, state=Delivery.State.SENT, *, at=None, **fields):
    at = at or timezone.now()
    message = Message.objects.create(
        chat=reminder.chat,
        key=f"delivery-of-{reminder.pk}-{at.isoformat()}",
        direction=Message.Direction.OUT,
        method="sendMessage",
        message_id=100 + reminder.pk,
        text=reminder.text,
        state=state if state in Message.State.values else Message.State.QUEUED,
        error=fields.get("reason", ""),
    )
    return Delivery.objects.create(
        reminder=reminder, due_at=at, planned_at=at, claimed_at=at, state=state, message=message,
        **fields,
    )  # fmt: skip


@pytest.fixture
def reminder(chat):
    return make_reminder(chat)


def member(role, name=None):
    user = User.objects.create_user(name or role, is_staff=True)
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
def viewer(db):
    return member("viewer")


@pytest.fixture
def blind(db):
    """An operator who may work but not read."""
    user = User.objects.create_user("blind", is_staff=True)
    granted = Group.objects.get(name="operator").permissions
    user.user_permissions.set(granted.exclude(codename="read_text"))
    return user


@pytest.fixture
def desk(operator):
    return signed_in(operator)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
