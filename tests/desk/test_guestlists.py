"""Who was let in and who was not, as operators see it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conversations.models import Guest, Invite, Stranger, Tombstone
from reminders.calendars.models import Feed
from tests.desk.conftest import page_of

pytestmark = pytest.mark.django_db


def listed(client, name):
    return client.get(reverse(f"admin:conversations_{name}_changelist")).content.decode()


def test_an_invitation_tells_whether_it_is_open_and_never_its_digest(viewer, bot):
    now = timezone.now()
    for digest, fields in (
        ("aaaa1111", {"expires_at": now + timedelta(days=1)}),
        ("bbbb2222", {"expires_at": now - timedelta(days=1)}),
        ("cccc3333", {"expires_at": now + timedelta(days=1), "used_at": now}),
    ):
        invite = Invite.objects.create(bot=bot, digest=digest, creator_id=5, **fields)
        one = reverse("admin:conversations_invite_change", args=[invite.pk])
        assert digest not in viewer.get(one).content.decode()
    page = listed(viewer, "invite")
    for words in ("open", "expired", "used"):
        assert words in page
    assert "aaaa1111" not in page


def test_guests_strangers_and_forgotten_chats_are_listed(viewer, bot):
    Guest.objects.create(bot=bot, user_id=70011, invited_by=5)
    Stranger.objects.create(bot=bot, user_id=70022, messages=31)
    Tombstone.objects.create(rows=4711)
    assert "70011" in listed(viewer, "guest")
    assert "31" in listed(viewer, "stranger")
    assert "4711" in listed(viewer, "tombstone")


def test_a_calendar_feed_is_listed_with_its_chat_and_never_its_digest(viewer, owner, chat):
    Feed.objects.create(chat=chat, digest="eeee5555")
    everyone = reverse("admin:reminders_feed_changelist")
    one = reverse("admin:reminders_feed_change", args=[chat.pk])
    for client in (viewer, owner):
        for address in (everyone, one):
            page = client.get(address).content.decode()
            assert str(chat) in page
            assert "eeee5555" not in page
    assert owner.post(one, {"digest": "ffff6666"}).status_code == 403
    assert Feed.objects.get().digest == "eeee5555"


def test_a_chats_page_says_by_whose_invitation_it_came(desk, chat):
    Guest.objects.create(bot=chat.bot, user_id=chat.chat_id, invited_by=5)
    assert "Came by an invitation" in desk.get(page_of(chat, "details")).content.decode()


def test_only_an_owner_shuts_a_guest_out_again(desk, owner, bot):
    guest = Guest.objects.create(bot=bot, user_id=7)
    address = reverse("admin:conversations_guest_delete", args=[guest.pk])
    assert desk.post(address, {"post": "yes"}).status_code == 403
    assert Guest.objects.exists()
    owner.post(address, {"post": "yes"})
    assert not Guest.objects.exists()
