"""A person with a browser talks to a bot on the sandbox's page."""

import base64
import os
import shutil
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from tests.machine import within
from tests.sandbox.running import running_sandbox

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
expect.set_options(timeout=within(5_000))
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg=="
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium"),
]


async def greet(update, context):
    await update.message.reply_html(
        "Hello <b>you</b>! Write <code>remind me tomorrow at 9</code> or /zone.\n"
        '<blockquote>Kept until <tg-time unix="1800000000" format="wDt">then</tg-time></blockquote>'
    )


async def ask_zone(update, context):
    key = KeyboardButton("Share my location", request_location=True)
    await update.message.reply_text("Where are you?", reply_markup=ReplyKeyboardMarkup([[key]]))


async def echo(update, context):
    buttons = [[InlineKeyboardButton(name, callback_data=name) for name in ("Undo", "Change")]]
    await context.bot.send_chat_action(update.effective_chat.id, "typing")
    await update.effective_message.reply_text(
        f"✅ Set: {update.effective_message.text or 'a place'}",
        reply_markup=InlineKeyboardMarkup(buttons),
        do_quote=True,
    )


async def pressed(update, context):
    query = update.callback_query
    if query.data == "Change":
        await query.answer("What shall I change?", show_alert=True)
        return
    await query.answer("Undone")
    await query.edit_message_text("Undone.")


@asynccontextmanager
async def echo_bot(sandbox):
    """A bot that greets, asks, echoes and takes back."""
    address = sandbox.url
    builder = Application.builder().token(sandbox.token)
    application = builder.base_url(f"{address}/bot").base_file_url(f"{address}/file/bot").build()
    application.add_handler(CommandHandler("start", greet))
    application.add_handler(CommandHandler("zone", ask_zone))
    application.add_handler(MessageHandler(filters.TEXT | filters.LOCATION, echo))
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        await application.bot.set_my_commands([("start", "Say hello"), ("zone", "Set your zone")])
        await application.start()
        await application.updater.start_polling(timeout=20)
        yield application
        await application.updater.stop()
        await application.stop()


@pytest.fixture
async def sandbox(tmp_path):
    async with running_sandbox(tmp_path) as sandbox, echo_bot(sandbox):
        yield sandbox


@pytest.fixture
async def browser():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


async def open_page(browser, sandbox, **options):
    """Open the page; anything the browser complains about fails the test at the end."""
    page = await browser.new_page(**{"viewport": {"width": 1100, "height": 760}} | options)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda line: page.complaints.append(line.text) if line.type == "error" else None,
    )
    await page.goto(f"{sandbox.url}/sandbox/")
    return page


async def picture(page, name):
    """Keep a picture where SHOTS says, for a person to look at."""
    if folder := os.environ.get("SHOTS"):
        path = Path(folder) / f"sandbox-{name}.png"
        await page.screenshot(path=path, animations="disabled")


async def say(page, text):
    await page.get_by_label("Message", exact=True).fill(text)
    await page.keyboard.press("Enter")


async def test_a_newcomer_starts_writes_and_presses(browser, sandbox):
    page = await open_page(browser, sandbox)
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    await picture(page, "welcome")
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".message:not(.mine) b")).to_have_text("you")
    await expect(page.locator("blockquote time")).to_contain_text("2027")
    await say(page, "call Mum")
    await expect(page.locator(".message:not(.mine) .words").last).to_have_text("✅ Set: call Mum")
    await picture(page, "light")
    await page.get_by_role("button", name="Change").click()
    await expect(page.get_by_role("dialog")).to_contain_text("What shall I change?")
    await page.get_by_role("button", name="OK").click()
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_role("status")).to_have_text("Undone")
    await expect(page.locator(".message:not(.mine) .words").last).to_have_text("Undone.")
    await expect(page.locator(".meta").last).to_contain_text("edited")
    assert page.complaints == []


async def test_commands_replies_edits_and_places(browser, sandbox):
    page = await open_page(browser, sandbox)
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.get_by_label("Message", exact=True).fill("/z")
    await expect(page.get_by_role("option")).to_have_text("/zoneSet your zone")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Share my location").click()
    await page.get_by_role("button", name="Berlin").click()
    await expect(page.locator(".mine .attachment")).to_contain_text("52.5200, 13.4050")
    await expect(page.locator(".message:not(.mine) .words").last).to_have_text("✅ Set: a place")
    await say(page, "one\ntwo")
    await expect(page.locator(".mine .words").last).to_have_text("one\ntwo")
    await expect(page.locator(".message:not(.mine) .words").last).to_contain_text("Set: one")
    await page.get_by_label("Message", exact=True).press("ArrowUp")
    await page.keyboard.press("Control+A")
    await page.keyboard.type("three")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine .words").last).to_have_text("three")
    await page.locator(".mine").last.hover()
    await page.locator(".mine .actions-button").last.click()
    await page.get_by_role("menuitem", name="Delete").click()
    await expect(page.locator(".mine .words").last).to_have_text("/zone")
    assert page.complaints == []


async def test_a_photo_goes_up_and_a_blocked_bot_comes_back(browser, sandbox):
    page = await open_page(browser, sandbox)
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".message:not(.mine) b")).to_have_text("you")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Attach").click()
        await page.get_by_role("menuitem", name="Photo").click()
    await (await chooser.value).set_files(
        {"name": "dot.png", "mimeType": "image/png", "buffer": DOT}
    )
    await expect(page.get_by_role("img", name="Photo")).to_be_visible()
    assert await page.locator("img.picture").evaluate("image => image.naturalWidth") == 1
    await page.get_by_role("button", name="Chat menu").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    await expect(page.locator("#notice")).to_contain_text("You blocked this bot.")
    await page.get_by_role("button", name="Unblock").click()
    await say(page, "back again")
    await expect(page.locator(".message:not(.mine) .words").last).to_have_text("✅ Set: back again")
    assert page.complaints == []


async def test_groups_people_and_the_dark(browser, sandbox):
    page = await open_page(browser, sandbox, color_scheme="dark")
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_role("menuitem", name="New person").click()
    await page.get_by_label("First name").fill("Ada")
    await page.get_by_role("button", name="Create").click()
    await expect(page.locator("#who-name")).to_have_text("Ada")
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_role("menuitem", name="New group").click()
    await page.get_by_label("Name", exact=True).fill("Family")
    await page.get_by_role("button", name="Create").click()
    await expect(page.get_by_role("heading", name="Family")).to_be_visible()
    await say(page, "Who feeds the cat?")
    await expect(page.locator(".mine .words")).to_have_text("Who feeds the cat?")
    await page.locator("#who").click()
    await page.get_by_role("menuitem", name="You").click()
    await page.get_by_role("button", name="Family").click()
    await expect(page.locator(".message:not(.mine) .author")).to_have_text("Ada")
    await say(page, "/zone")
    await expect(page.locator(".message:not(.mine) .words").last).to_have_text("Where are you?")
    await picture(page, "dark")
    await page.get_by_role("button", name="Chat menu").click()
    await page.get_by_role("menuitem", name="Upgrade to supergroup").click()
    await page.get_by_role("button", name="Open the new one").click()
    await expect(page.locator("#chat-status")).to_contain_text("supergroup")
    assert page.complaints == []


async def test_it_fits_a_phone(browser, sandbox):
    phone = {"viewport": {"width": 390, "height": 780}, "has_touch": True}
    page = await open_page(browser, sandbox, device_scale_factor=2, **phone)
    await page.get_by_role("button", name="Start", exact=True).tap()
    await say(page, "call Mum tomorrow morning before nine, and ask about the cake")
    await expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await picture(page, "phone")
    await page.get_by_role("button", name="Back to the chats").tap()
    await expect(page.locator("#chats .chat-row")).to_be_visible()
    await expect(page.locator("#chat")).to_be_hidden()
    await picture(page, "phone-list")
    assert page.complaints == []
