"""A walk through the desk in a real browser: sign in, look around, read, answer, see a reply come."""

import re
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import expect, sync_playwright

from conversations.models import Chat, Message
from reminders.models import Reminder
from tests.desk.conftest import hear
from tests.walks.browsing import ARGUMENTS, CHROMIUM, PHONE, cut_off

PASSWORD = "long enough 4 tests"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def served(live_server, settings, monkeypatch, tmp_path_factory):
    """The application with its real style sheets and scripts."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop is on this thread
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    User.objects.create_superuser("ada", password=PASSWORD)
    call_command("seed_demo", chats=12, messages=400, reminders=60, stdout=StringIO())
    return live_server.url


@pytest.fixture
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(served, browser):
    """A signed-in page that notes every complaint of the browser and every request beyond us."""
    context = browser.new_context(base_url=served, viewport={"width": 1360, "height": 860})
    page = context.new_page()
    page.trouble = []
    page.on("console", lambda told: page.trouble.append(told.text)
            if told.type in {"error", "warning"} else None)  # fmt: skip
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("request", lambda asked: page.trouble.append(asked.url)
            if urlsplit(asked.url).hostname not in {"localhost", "127.0.0.1", None} else None)  # fmt: skip
    page.goto("/admin/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="The machine").last).to_be_visible()
    yield page
    context.close()


def test_an_operator_reads_answers_and_sees_the_reply_come(page):
    page.get_by_role("link", name=re.compile("^Active chats")).click()
    page.get_by_role("link", name=re.compile("Lena Vogel")).click()
    transcript = page.get_by_role("log")
    expect(transcript.get_by_text("the clocks in Lisbon")).to_be_visible()
    chat = Chat.objects.get(chat_id=9001)

    page.get_by_label("Reply to Lena").fill("Have a good day!")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(transcript.get_by_text("Have a good day!")).to_be_visible()
    answer = Message.objects.get(text="Have a good day!")
    assert answer.state == Message.State.QUEUED
    bubble = page.locator(f"#m{answer.pk}")
    expect(bubble).to_contain_text("Queued")

    answer.move(Message.State.QUEUED, after=Message.State.SENT, message_id=4242)
    expect(bubble).to_contain_text("Sent · 4242")
    hear(chat, "You too <3", sender_name="Lena Vogel")
    expect(transcript.get_by_text("You too <3")).to_be_visible()
    assert page.trouble == []


def test_what_was_read_is_marked_read_without_a_reload(page):
    chat = Chat.objects.get(chat_id=9001)
    assert chat.unread
    with page.expect_response(re.compile("/seen/$")) as answered:
        page.goto(f"/admin/conversations/chat/{chat.pk}/change/")
    assert answered.value.status == 204
    chat.refresh_from_db()
    assert chat.unread == 0
    assert page.trouble == []


def test_earlier_messages_are_put_above_without_losing_the_place(page):
    chat = Chat.objects.order_by("pk").first()
    page.goto(f"/admin/conversations/chat/{chat.pk}/change/")
    rows = page.locator("#entries article, #entries .desk-event")
    expect(rows).to_have_count(60)
    page.get_by_role("link", name="Show earlier messages").click()
    expect(rows).to_have_count(min(120, chat.messages.count()))
    days = page.locator(".desk-day").all_inner_texts()
    assert len(days) == len(set(days))
    assert page.trouble == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_nothing_scrolls_sideways(page, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    story = Chat.objects.get(chat_id=9001).pk
    chat = f"/admin/conversations/chat/{story}"
    for address in ("/admin/", "/admin/conversations/chat/", f"{chat}/change/", f"{chat}/details/",
                    "/admin/conversations/message/", "/admin/bots/update/", "/admin/bots/bot/"):  # fmt: skip
        page.goto(address)
        page.wait_for_load_state("load")
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0, address
    assert page.trouble == []


def test_on_a_phone_no_hint_no_cell_and_no_button_is_cut_off(page):
    page.set_viewport_size(PHONE["viewport"])
    story = Chat.objects.get(chat_id=9001)
    reminder = Reminder.objects.filter(chat=story).first()
    for address in ("/admin/", "/admin/conversations/chat/",
                    f"/admin/conversations/chat/{story.pk}/change/", "/admin/reminders/reminder/",
                    f"/admin/reminders/reminder/{reminder.pk}/change/",
                    "/admin/conversations/message/", "/admin/reminders/reminder/calendar/"):  # fmt: skip
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert cut_off(page) == [], address
    page.context.clear_cookies()
    page.goto("/admin/")
    expect(page.get_by_label("Password")).to_be_visible()
    assert cut_off(page) == []


def test_what_is_cut_off_is_noticed(page):
    page.set_viewport_size(PHONE["viewport"])
    page.goto("/admin/conversations/chat/")
    page.evaluate("document.querySelector('#searchbar').placeholder = 'names and words '.repeat(9)")
    page.evaluate(
        "document.querySelector('.desk-name').style = 'display:block;overflow:hidden;width:9px'"
    )
    assert len(cut_off(page)) == 2
