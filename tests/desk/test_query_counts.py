"""Every list of the desk asks the database as often for sixty rows as for three."""

import uuid
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from bots.models import Bot, Update
from conversations.guests import Guest, Invite, Stranger, Tombstone
from conversations.models import Attempt, Chat, Message, Upkeep
from conversations.operators import AuditEntry, CannedReply, Label, audit
from reminders.calendars.models import Feed
from reminders.models import Broadcast, Command, Delivery, Reminder
from tests.desk.conftest import hear, make_chat, say

pytestmark = pytest.mark.django_db
MOST = 25  # queries of any list


@pytest.fixture
def user(db):
    return User.objects.create_superuser("ada", password="long enough 4 tests")


def a_chat(number):
    bot, _ = Bot.objects.get_or_create(pk=1000001, username="remind_bot")
    return make_chat(bot, 1000 + number, f"Chat {number}")


def full_chat(number, user):
    chat = a_chat(number)
    chat.assignee = user
    chat.unread = 2
    chat.save()
    chat.labels.add(Label.objects.get_or_create(name=f"label {number % 9}")[0])
    hear(chat, "hello")
    failed = say(chat, "broken", state="failed", message_id=None, error="away")
    Attempt.objects.create(message=failed, number=1, outcome="failed", steps=[])
    full_reminder(number, user, chat)


def full_reminder(number, user, chat=None):
    chat, now = chat or a_chat(number), timezone.now()
    reminder = Reminder.objects.create(
        chat=chat, number=1, text="x", timezone="UTC", start_local="2026-10-07T09:00:00",
        due_at=now + timedelta(hours=1), fire_at=now + timedelta(hours=1),
        rules=["FREQ=DAILY"] if number % 2 else [],
    )  # fmt: skip
    message = say(chat, "⏰ x", state="unknown", message_id=None)
    Attempt.objects.create(message=message, number=1, outcome="unknown", steps=[])
    Delivery.objects.create(reminder=reminder, due_at=now, planned_at=now, state="unknown",
                            message=message, reason="lost", lateness=2.0)  # fmt: skip
    Command.objects.create(actor=user, actor_name="ada", verb="pause", reminder=reminder,
                           revision_seen=1, batch=uuid.uuid4())  # fmt: skip


def an_update(number, user):
    chat, now = a_chat(number), timezone.now()
    Update.objects.create(bot=chat.bot, update_id=number, sequence=number, kind="message",
                          chat_id=chat.chat_id, payload={}, received_at=now, repeats=1)  # fmt: skip


def a_guest(model, **fields):
    def make(number, user):
        bot, _ = Bot.objects.get_or_create(pk=1000001, username="remind_bot")
        own = {"digest": f"d{number}"} if model is Invite else {"user_id": number}
        model.objects.create(bot=bot, **own, **fields)

    return make


MAKERS = {
    Chat: full_chat,
    Message: full_chat,
    Reminder: full_reminder,
    Command: full_reminder,
    Delivery: full_reminder,
    Update: an_update,
    Bot: lambda number, user: Bot.objects.create(pk=5000 + number, username=f"b{number}"),
    Label: lambda number, user: Label.objects.create(name=f"made {number}"),
    CannedReply: lambda number, user: CannedReply.objects.create(title=f"t{number}", text="x"),
    AuditEntry: lambda number, user: audit(user, "opened", a_chat(number)),
    Broadcast: lambda number, user: Broadcast.objects.create(text="x", author=user),
    Upkeep: lambda number, user: Upkeep.objects.create(seconds=1, counts={"updates": number}),
    Feed: lambda number, user: Feed.objects.create(chat=a_chat(number), digest=f"d{number}"),
    Guest: a_guest(Guest),
    Invite: a_guest(Invite, creator_id=7, expires_at=timezone.now()),
    Stranger: a_guest(Stranger, messages=3),
    Tombstone: lambda number, user: Tombstone.objects.create(rows=number),
    User: lambda number, user: User.objects.create_user(f"u{number}"),
    Group: lambda number, user: Group.objects.create(name=f"g{number}"),
    TOTPDevice: lambda number, user: TOTPDevice.objects.create(user=user, name=f"d{number}"),
    StaticDevice: lambda number, user: StaticDevice.objects.create(user=user, name=f"d{number}"),
    AccessAttempt: lambda number, user: AccessAttempt.objects.create(
        username=f"u{number}", ip_address="127.0.0.1", failures_since_start=1
    ),
    AccessLog: lambda number, user: AccessLog.objects.create(username=f"u{number}"),
    AccessFailureLog: lambda number, user: AccessFailureLog.objects.create(username=f"u{number}"),
}


def asked(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label_lower)
def test_a_list_asks_as_often_for_sixty_rows_as_for_three(client, user, model):
    client.force_login(user)
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for number in range(3):
        MAKERS[model](number, user)
    client.get(url)
    few = asked(client, url)
    for number in range(3, 60):
        MAKERS[model](number, user)
    many = asked(client, url)
    assert len(many) == len(few), "\n".join(sql for sql in many if sql not in few)
    assert len(many) <= MOST
