"""Where an operator is, and what to do where there is nothing yet."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
LISTS = {
    "conversations_chat": ("No conversations yet", "as soon as somebody writes"),
    "conversations_message": ("No messages yet", "What people write"),
    "reminders_reminder": ("No follow-ups yet", "“Send later”"),
    "reminders_delivery": ("No deliveries yet", "comes due"),
    "reminders_command": ("No commands yet", "with the reason"),
    "bots_update": ("No updates yet", "Write to the bot"),
}


@pytest.mark.parametrize(("name", "title"), [
    ("index", "Dashboard"),
    ("conversations_chat_changelist", "Conversations"),
    ("reminders_reminder_changelist", "Follow-ups"),
    ("reminders_calendar", "Calendar"),
    ("reminders_bench", "Parser bench"),
])  # fmt: skip
def test_the_menu_marks_the_one_page_that_is_open(desk, name, title):
    groups = desk.get(reverse(f"admin:{name}")).context["sidebar_navigation"]
    active = [item["title"] for group in groups for item in group["items"] if item["active"]]
    assert active == [title]


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_says_how_it_fills(desk, name):
    page = desk.get(reverse(f"admin:{name}_changelist")).content.decode()
    for words in LISTS[name]:
        assert words in page


def test_a_search_that_finds_nothing_leads_back_to_everything(desk, chat):
    page = desk.get(reverse("admin:conversations_chat_changelist"), {"q": "zebra"})
    assert "Nothing matches" in page.content.decode()
    assert "Show everything" in page.content.decode()
    assert "No conversations yet" not in page.content.decode()


def test_a_list_is_called_in_its_head_as_in_the_menu(desk):
    page = desk.get(reverse("admin:reminders_reminder_changelist")).content.decode()
    head = page[page.index('id="header-inner"') :].split("</h1>")[0]
    assert head.count("Follow-ups") == 1
    assert "Reminders" not in head
