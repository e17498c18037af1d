"""Every page of the desk keeps to the content security policy, and demonstrations are harmless."""

import re
from html.parser import HTMLParser
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from bots.models import Bot, Update
from conversations.models import Chat, Message
from reminders.models import Delivery, Reminder
from tests.desk.conftest import hear, page_of, say

pytestmark = pytest.mark.django_db


class Scripts(HTMLParser):
    """Finds what the policy would stop: scripts in the page, handlers in attributes, other hosts."""

    def __init__(self):
        super().__init__()
        self.found = []
        self._in_script = False

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self._in_script = tag == "script" and "src" not in values
        for name, value in attrs:
            if name.startswith("on") or (value or "").lower().startswith("javascript:"):
                self.found.append((tag, name))
            if name in {"src", "href", "action"} and re.match(r"(https?:)?//", value or ""):
                self.found.append((tag, value))

    def handle_endtag(self, tag):
        self._in_script = False

    def handle_data(self, data):
        if self._in_script and data.strip():
            self.found.append(("script", data.strip()[:40]))


def pages(chat):
    row = Update.objects.create(bot=chat.bot, update_id=1, sequence=1, kind="message", payload={},
                                received_at=chat.created_at)  # fmt: skip
    own = [page_of(chat, name) for name in ("change", "notes", "details")]
    names = ("conversations_chat", "conversations_message", "bots_update", "bots_bot",
             "conversations_label", "conversations_cannedreply", "conversations_auditentry",
             "auth_user", "auth_group")  # fmt: skip
    lists = [reverse(f"admin:{name}_changelist") for name in names]
    update = reverse("admin:bots_update_change", args=[row.pk])
    return [reverse("admin:index"), *own, *lists, update]


def test_no_page_has_a_script_or_a_handler_in_it_or_asks_another_host(owner, chat):
    hear(chat, "hello http://example.org/x")
    say(chat, "there", state="failed", message_id=None)
    for address in pages(chat):
        answered = owner.get(address)
        assert answered.status_code == 200, address
        reader = Scripts()
        reader.feed(answered.content.decode())
        assert reader.found == [], address
        policy = answered["Content-Security-Policy"]
        assert "script-src 'self' 'unsafe-eval'" in policy
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]


def test_the_menu_offers_only_what_may_be_opened(viewer, owner):
    def menu(client):
        groups = client.get(reverse("admin:index")).context["sidebar_navigation"]
        return {item["title"] for group in groups for item in group["items"]}

    assert {"Conversations", "Updates", "Follow-ups", "Users"} <= menu(owner)
    assert "Conversations" in menu(viewer)
    assert "Users" not in menu(viewer)


def test_a_demonstration_fills_every_page(owner):
    call_command("seed_demo", chats=12, messages=300, reminders=60, stdout=StringIO())
    assert Chat.objects.count() == 13
    assert Message.objects.count() > 300
    assert Reminder.objects.count() == 61
    assert Delivery.objects.exists()
    assert owner.get(reverse("admin:index")).status_code == 200
    story = Chat.objects.get(chat_id=9001)
    assert "Broetchen hohlen" in owner.get(page_of(story)).content.decode()


def test_a_demonstration_twice_only_adds(bot):
    for _ in range(2):
        call_command("seed_demo", chats=2, messages=9, reminders=4, stdout=StringIO())
    assert Reminder.objects.count() == 9


def test_a_real_bots_database_is_left_alone(settings, bot):
    settings.SANDBOX = False
    with pytest.raises(CommandError, match="--anyway"):
        call_command("seed_demo")
    assert Bot.objects.count() == 1
