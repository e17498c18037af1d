"""An operator at a desk: reads, answers, sends later, moves hundreds, cancels while they fire."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.acceptance.harness.waiting import until
from tests.machine import within
from tests.walks.browsing import CHROMIUM, DESK, Window

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium"),
]

MANY = 300
MAKE = """
import sys
from datetime import UTC, datetime, timedelta
import django
django.setup()
from conversations.models import Chat
from reminders.creating import Wish, create
from reminders.when.meaning import Kind, Meaning

chat = Chat.objects.get(chat_id=sys.argv[1])
first = datetime.now(UTC) + timedelta(seconds=float(sys.argv[4]))
for number in range(int(sys.argv[3])):
    due = first + timedelta(seconds=number * float(sys.argv[5]))
    wish = Wish(text=f"{sys.argv[2]} {number:03}", creator_id=1)
    create(chat, wish, Meaning(Kind.INSTANT, wish.text, due))
"""


@pytest.fixture(scope="module")
def state(browser, product):
    """Sign in once, with the account that was printed."""
    window = Window(browser, product.url, **DESK)
    name, password = product.account
    window.page.goto("/admin/")
    window.page.get_by_label("Username").fill(name)
    window.page.get_by_label("Password").fill(password)
    window.page.get_by_role("button", name="Log in").click()
    expect(window.page.get_by_role("heading", name="The machine").last).to_be_visible()
    kept = window.context.storage_state()
    window.close()
    return kept


@pytest.fixture
def desk(browser, product, state):
    window = Window(browser, product.url, storage_state=state, **DESK)
    window.page.goto("/admin/")
    yield window
    window.assert_fits()
    window.close()


def open_chat(desk, name):
    """Go from the dashboard to somebody's transcript."""
    desk.page.get_by_role("link", name=re.compile("^Active chats")).click()
    desk.page.get_by_role("link", name=re.compile(name)).first.click()
    return desk.page.get_by_role("log")


def choose_all(desk, words, order):
    """Find follow-ups by words, choose all that match, and ask for an order."""
    page = desk.page
    page.goto(f"/admin/reminders/reminder/?q={words}")
    page.locator("#action-toggle").check()
    everything = page.locator(".question a")
    if everything.is_visible():
        everything.click()
    page.locator("select[name=action]").select_option(order)
    page.get_by_role("button", name="Run").click()


def test_reading_answering_and_a_message_that_comes_by_itself(desk, product):
    person = product.newcomer("Nadia")
    log = open_chat(desk, "Nadia")
    expect(log.get_by_text("/timezone Berlin")).to_be_visible()
    desk.page.get_by_label("Reply to Nadia").fill("Good to have you here!")
    desk.page.get_by_role("button", name="Send", exact=True).click()
    person.wait_for("Good to have you here!")
    bubble = log.locator("article").filter(has_text="Good to have you here!")
    expect(bubble).to_contain_text("Sent")
    loaded = []
    desk.page.on("framenavigated", lambda frame: loaded.append(frame.url))
    person.write("in 3 hours water the 🌵 لطفا")
    expect(log.get_by_text("in 3 hours water the 🌵 لطفا")).to_be_visible()
    expect(log.get_by_text(re.compile("✅ #1 water the"))).to_be_visible()
    assert loaded == []


@pytest.mark.parametrize("answers", [False, True])
def test_send_later_if_they_have_not_replied(desk, product, answers):
    name = "Olek" if answers else "Silvia"
    person = product.newcomer(name)
    open_chat(desk, name)
    page, words = desk.page, f"Did it help, {name}?"
    page.get_by_text("Send later", exact=True).first.click()
    form = page.locator("form[action*=later]")
    form.locator("[name=text]").fill(words)
    form.locator("[name=when]").fill("in 7 seconds")
    form.locator("[name=unless_reply]").check()
    form.get_by_role("button", name="Schedule").click()
    expect(page.get_by_text(re.compile(r"Scheduled for .+\(Europe/Berlin\)")).first).to_be_visible()
    query = "SELECT state FROM reminders_reminder WHERE text = ?"
    if answers:
        person.write("/ping yes, it did")
        until(lambda: product.database.value(query, words) == "cancelled", 20, "its end")
        assert words not in person.texts()
    else:
        person.wait_for(words)
        until(lambda: product.database.value(query, words) == "finished", 20, "its end")


def test_hundreds_are_moved_at_once(desk, product):
    product.newcomer("Hanna")
    chat = product.database.value("SELECT max(chat_id) FROM conversations_chat")
    product.run(MAKE, str(chat), "bulk", str(MANY), "7200", "1")
    query = "SELECT due_at FROM reminders_reminder WHERE text LIKE 'bulk %' ORDER BY text"
    before = [row["due_at"] for row in product.database.rows(query)]
    choose_all(desk, "bulk", "reschedule")
    page = desk.page
    expect(page.get_by_text(f"{MANY} reminders will be touched")).to_be_visible()
    page.locator("[name=when]").fill("+1h")
    page.locator("[name=from_due]").check()
    page.locator("[name=reason]").fill("The office opens later")
    page.get_by_role("button", name=re.compile(f"{MANY} reminders")).click()
    applied(page, page.get_by_role("heading", name=f"{MANY} rescheduled"))
    after = [row["due_at"] for row in product.database.rows(query)]
    assert len(before) == len(after) == MANY
    assert all(new > old for old, new in zip(before, after, strict=True))


def applied(page: Page, result: Locator) -> None:
    """See the result of an order: what takes longer than a page may take goes on by itself meanwhile."""
    page.wait_for_url(re.compile("/batch/"), timeout=within(30_000))
    until(lambda: result.is_visible() or not page.reload(), 60, "the result of the order")


def test_cancelling_while_they_fire(desk, product):
    person = product.newcomer("Firat")
    chat = product.database.value("SELECT max(chat_id) FROM conversations_chat")
    product.run(MAKE, str(chat), "volley", "40", "8", "0.5")
    choose_all(desk, "volley", "cancel")
    desk.page.locator("[name=reason]").fill("Not needed")
    person.wait_for("⏰ volley 000", 30)
    desk.page.get_by_role("button", name=re.compile("^Cancel")).click()
    applied(desk.page, desk.page.get_by_text(re.compile(r"\d+ cancelled")).first)
    query = "SELECT text, state FROM reminders_reminder WHERE text LIKE 'volley %'"
    until(lambda: all(row["state"] in {"finished", "cancelled"} for row in product.database.rows(query)),
          30, "an end of each")  # fmt: skip
    under_way = "SELECT count(*) FROM reminders_delivery WHERE state = 'claimed'"
    until(lambda: product.database.value(under_way) == 0, 60, "the end of every delivery")
    cancelled = {row["text"] for row in product.database.rows(query) if row["state"] == "cancelled"}
    sent = re.findall(r"⏰ (volley \d+)", "\n".join(person.texts()))
    assert cancelled, "none was left to cancel"
    assert sent, "none had been sent"
    assert len(sent) == len(set(sent))
    assert cancelled.isdisjoint(sent)
    assert len(cancelled) + len(sent) == 40
