"""The admin is attacked: guessed passwords, orders by address, no CSRF token, a role that only looks."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from bots.models import Bot
from config.accounts import ensure_admin
from conversations.models import Chat
from reminders.models import Broadcast, Reminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def reminder(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False
    bot = Bot.objects.create(pk=1000001, username="remind_bot")
    chat = Chat.objects.create(bot=bot, chat_id=7, timezone="UTC", language="en")
    return Reminder.objects.create(
        chat=chat, number=1, text="call", due_at=timezone.now(), fire_at=timezone.now(),
        timezone="UTC", start_local="2026-10-06T09:00:00",
    )  # fmt: skip


def signed_in(user, **options):
    client = Client(**options)
    client.force_login(user)
    return client


@pytest.mark.fault_row(56, "guessed passwords")
def test_the_fifth_guess_is_the_last(client, row):
    password = ensure_admin()
    answers = []
    for word in (*["wrong"] * 5, password):
        form = {"username": "admin", "password": word}
        answers.append(client.post("/admin/login/", form, REMOTE_ADDR="192.0.2.9").status_code)
        row.injected += 1
    assert answers == [200, 200, 200, 200, 429, 429], "the right one comes too late, too"
    row.figure = "429 at the fifth"


@pytest.mark.fault_row(56, "orders by address, without a token, by a viewer")
def test_every_post_only_address_refuses_what_is_no_order_of_an_operator(reminder, row):
    owner = User.objects.create_superuser("ada")
    viewer = User.objects.create_user("vera", is_staff=True)
    viewer.groups.add(Group.objects.get(name="viewer"))
    draft = Broadcast.objects.create(text="x", author=owner)
    chat = f"/admin/conversations/chat/{reminder.chat_id}"
    orders = [
        *(f"{chat}/{verb}/" for verb in ("answer", "take", "bar", "notes/add", "details/save")),
        f"/admin/reminders/reminder/later/{reminder.chat_id}/",
        f"/admin/reminders/broadcast/{draft.pk}/do/start/",
    ]
    outsider = Client()
    refusals = {405: signed_in(owner).get, 302: outsider.post, 403: signed_in(viewer).post}
    for address in orders:
        for status, ask in refusals.items():
            assert ask(address).status_code == status, (address, status)
        assert signed_in(owner, enforce_csrf_checks=True).post(address).status_code == 403
        row.injected += 4
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert not Chat.objects.get().barred
    assert not Chat.objects.get().messages.exists()
    row.figure = f"{len(orders)} orders: 405, 302 to the sign-in, 403, 403; nothing changed"
