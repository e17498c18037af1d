"""The warning to administrators when messages stop arriving (O14)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conversations.models import Chat, Message
from reminders import alerting
from tests.followups.conftest import make_chat

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(bot, settings):
    settings.ADMIN_USERS = [70]
    return make_chat(bot, 70, "Ada")


def fail(chat, number, **fields):
    fields = {"state": "failed", "error": "Bad Request: not allowed", **fields}
    for index in range(number):
        key = f"{chat.pk}:{index}:{fields['error']}"
        Message.objects.create(chat=chat, key=key, direction="out", text="a secret", **fields)


def warnings(admin):
    return list(Message.objects.filter(chat=admin, key__startswith="alert:"))


def test_many_failures_are_told_once_an_hour_by_cause_and_without_words(chat, admin):
    fail(chat, 4)
    fail(chat, 2, state="unknown", error="")
    assert [alerting.warn(), alerting.warn()] == [1, 0]
    (warning,) = warnings(admin)
    assert "6 messages did not arrive in the last hour" in warning.text
    assert "4× failed: Bad Request: not allowed" in warning.text
    assert "secret" not in warning.text


def test_a_few_failures_are_no_alarm(chat, admin):
    fail(chat, alerting.AFTER - 1)
    assert alerting.warn() == 0


def test_failures_of_yesterday_are_no_news(chat, admin):
    fail(chat, 9, created_at=timezone.now() - timedelta(hours=2))
    assert alerting.warn() == 0


def test_that_people_block_the_bot_is_no_trouble(chat, admin):
    fail(chat, 9, error="Forbidden: bot was blocked by the user")
    Chat.objects.filter(pk=chat.pk).update(state=Chat.State.BLOCKED)
    assert alerting.warn() == 0


def test_without_administrators_nobody_is_told(chat, settings):
    settings.ADMIN_USERS = []
    fail(chat, 9)
    assert alerting.warn() == 0
