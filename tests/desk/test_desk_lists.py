"""The lists: conversations, messages, bots, the audit log."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bots.models import Bot
from conversations.models import Chat, Message
from conversations.operators import Label, audit
from reminders.models import Reminder
from tests.desk.conftest import hear, make_chat, say

pytestmark = pytest.mark.django_db
CHATS = reverse("admin:conversations_chat_changelist")
MESSAGES = reverse("admin:conversations_message_changelist")


def names(client, **query):
    page = client.get(CHATS, query)
    return {str(chat) for chat in page.context["cl"].result_list}


@pytest.fixture
def several(bot, operator):
    anna = make_chat(bot, 7, "Anna Schmidt", username="anna", unread=2)
    blocked = make_chat(bot, 8, "Luis", state="blocked", assignee=operator)
    barred = make_chat(bot, 9, "Spammer", barred=True)
    group = make_chat(bot, -10, "Family", type="supergroup")
    group.labels.add(Label.objects.create(name="vip", colour="amber"))
    say(anna, "broken", state="failed", message_id=None, error="away")
    hear(anna, "buy oat milk")
    hear(group, "ÜBERRASCHUNG planen")
    return anna, blocked, barred, group


def test_a_row_tells_name_last_words_unread_and_failures(desk, several):
    page = desk.get(CHATS).content.decode()
    for words in ("@anna", "buy oat milk", "is-unread", ">2</span>", "1 failed",
                  "blocked the bot", "blocked by us", "vip", "→ operator"):  # fmt: skip
        assert words in page


def test_the_next_reminder_is_in_the_chats_zone(desk, several):
    due = timezone.now() + timedelta(hours=2, minutes=10, seconds=30)
    Reminder.objects.create(chat=several[0], number=1, text="milk", due_at=due, fire_at=due,
                            timezone="Europe/Berlin", start_local="2026-01-01T00:00:00")  # fmt: skip
    page = desk.get(CHATS).content.decode()
    assert "in 2 h 10 min" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"unread": "yes"}, {"Anna Schmidt"}),
        ({"standing": "blocked"}, {"Luis"}),
        ({"standing": "barred"}, {"Spammer"}),
        ({"standing": "failed"}, {"Anna Schmidt"}),
        ({"assigned": "me"}, {"Luis"}),
        ({"assigned": "nobody"}, {"Anna Schmidt", "Spammer", "Family"}),
        ({"kind": "groups"}, {"Family"}),
        ({"q": "milk"}, {"Anna Schmidt"}),
        ({"q": "überraschung"}, {"Family"}),
        ({"q": "fam"}, {"Family"}),
        ({"q": "chat:@anna"}, {"Anna Schmidt"}),
        ({"q": "chat:-10"}, {"Family"}),
        ({"q": "state:failed"}, {"Anna Schmidt"}),
        ({"q": "state:blocked"}, {"Luis"}),
        ({"q": 'state:failed "oat milk"'}, {"Anna Schmidt"}),
        ({"q": "milk \"unclosed"}, set()),
        ({"q": "chat:99999999999999999999999"}, set()),
    ],
)  # fmt: skip
def test_filters_and_the_search_box_narrow_the_list(desk, several, query, found):
    assert names(desk, **query) == found


def test_the_label_filter_narrows_the_list(desk, several):
    assert names(desk, label=Label.objects.get().pk) == {"Family"}


def test_without_the_right_to_read_neither_list_nor_search_tells_words(viewer, several):
    page = viewer.get(CHATS).content.decode()
    assert "milk" not in page
    assert "••• (12 characters)" in page
    assert names(viewer, q="milk") == set()
    assert names(viewer, q="anna") == {"Anna Schmidt"}
    assert "milk" not in viewer.get(MESSAGES).content.decode()
    assert not viewer.get(MESSAGES, {"q": "milk"}).context["cl"].result_list


def test_queries_do_not_grow_with_the_list(desk, several, django_assert_max_num_queries):
    desk.get(CHATS)
    with django_assert_max_num_queries(20) as few:
        desk.get(CHATS)
    for number in range(100, 120):
        made = make_chat(several[0].bot, number, f"Chat {number}")
        made.labels.add(Label.objects.get())
        hear(made, "hello")
        say(made, "broken", state="failed", message_id=None)
    with django_assert_max_num_queries(len(few)):
        desk.get(CHATS)


def test_messages_are_found_by_outcome_cause_and_source(desk, several):
    anna = several[0]
    say(anna, "⏰ milk", key="delivery:1")
    say(anna, "Hello", key="operator:1:x/0")

    def found(**query):
        return {row.text for row in desk.get(MESSAGES, query).context["cl"].result_list}

    assert found(outcome="failed") == {"broken"}
    assert found(outcome="trouble", cause="away", since="week") == {"broken"}
    assert found(cause="other") == set()
    assert found(source="reminders") == {"⏰ milk"}
    assert found(source="operators", way="out", since="day") == {"Hello"}
    assert found(q="oat chat:anna") == {"buy oat milk"}
    assert found(outcome="waiting") == set()


def test_a_message_leads_to_its_place_in_the_transcript(desk, several):
    row = Message.objects.get(text="buy oat milk")
    answered = desk.get(reverse("admin:conversations_message_change", args=[row.pk]))
    assert answered["Location"].endswith(f"/{row.chat_id}/change/?at={row.pk}#m{row.pk}")


def test_queries_do_not_grow_with_the_messages(desk, several, django_assert_max_num_queries):
    desk.get(MESSAGES)
    with django_assert_max_num_queries(15) as few:
        desk.get(MESSAGES)
    for number in range(20):
        hear(make_chat(several[0].bot, 200 + number, "More"), "hello")
    with django_assert_max_num_queries(len(few)):
        desk.get(MESSAGES)


def test_a_troubled_bot_says_so_with_a_banner(desk, bot):
    Bot.objects.update(poll_error="another program polls with this token", lease_owner="host:1")
    lists = desk.get(reverse("admin:bots_bot_changelist")).content.decode()
    assert "another program polls with this token" in lists
    assert "host:1" in lists
    page = desk.get(reverse("admin:bots_bot_change", args=[bot.pk])).content.decode()
    assert "desk-banner" in page


def test_the_audit_log_shows_who_did_what_and_is_read_only(owner, operator, chat):
    entry = audit(operator, "opened", chat)
    page = owner.get(reverse("admin:conversations_auditentry_changelist")).content.decode()
    assert "opened" in page
    assert "operator" in page
    delete = reverse("admin:conversations_auditentry_delete", args=[entry.pk])
    assert owner.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("name", ["conversations_chat", "conversations_message", "bots_update",
                                  "bots_bot", "conversations_auditentry"])  # fmt: skip
def test_rows_of_the_machine_cannot_be_made_or_deleted_by_hand(owner, chat, name):
    assert owner.get(reverse(f"admin:{name}_add")).status_code == 403
    assert owner.post(reverse(f"admin:{name}_delete", args=[chat.pk])).status_code in {
        403,
        404,
        302,
    }
    assert Chat.objects.filter(pk=chat.pk).exists()
