"""The administrators' commands in Telegram (O21)."""

import pytest
from django.utils import timezone

from conversations.models import Message
from reminders.models import Delivery
from tests.followups.conftest import make_delivery, make_reminder
from tests.followups.test_followup import arrives

pytestmark = pytest.mark.django_db


@pytest.fixture
def _admin(settings):
    settings.ADMIN_USERS = [7]


def answer_to(chat, text):
    arrives(chat, text=text)
    return Message.objects.filter(direction="out").latest("pk").text


@pytest.mark.usefixtures("_admin")
def test_stats_counts_what_waits_and_how_the_day_went(chat):
    reminder = make_reminder(chat, due=timezone.now() - timezone.timedelta(minutes=5))
    make_delivery(reminder, lateness=2.5)
    make_delivery(reminder, Delivery.State.FAILED)
    text = answer_to(chat, "/stats")
    assert "1 waiting, 0 due within an hour, 1 overdue" in text
    assert "24 h: 1 sent, 1 failed, 0 unknown" in text
    assert "2.5 s at most" in text


@pytest.mark.usefixtures("_admin")
def test_failed_groups_by_reason_and_shows_no_words(chat):
    for _ in range(3):
        row = make_reminder(chat, text="a secret")
        make_delivery(row, Delivery.State.FAILED, reason="Forbidden: bot was blocked")
    text = answer_to(chat, "/failed")
    assert "3× failed: Forbidden: bot was blocked" in text
    assert "secret" not in text


@pytest.mark.usefixtures("_admin")
def test_due_lists_what_fires_next_without_words(chat):
    make_reminder(chat, text="a secret")
    text = answer_to(chat, "/due")
    assert "1 due within 24 hours" in text
    assert "secret" not in text


@pytest.mark.usefixtures("_admin")
@pytest.mark.parametrize("command", ["/failed", "/due"])
def test_nothing_to_tell_is_told_too(chat, command):
    assert answer_to(chat, command).startswith("Nothing")


@pytest.mark.parametrize("command", ["/stats", "/failed", "/due"])
def test_for_everybody_else_the_command_does_not_exist(chat, command):
    assert f"I don’t know the command {command}" in answer_to(chat, command)


@pytest.mark.usefixtures("_admin")
def test_in_a_group_an_administrator_gets_no_figures(bot):
    from tests.followups.conftest import make_chat

    group = make_chat(bot, -5, "Club", type="supergroup")
    arrives(group, text="/stats", chat_type="supergroup")
    assert not Message.objects.filter(direction="out").exists()
