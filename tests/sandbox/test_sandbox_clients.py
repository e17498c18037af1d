"""Real clients run against the sandbox unchanged, and it starts and stops as a process should."""

import asyncio
import time

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Conflict
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from tests.machine import within
from tests.sandbox.running import running_sandbox

pytestmark = pytest.mark.acceptance
BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Press", callback_data="pressed")]])


def ptb_application(sandbox):
    address = sandbox.url
    builder = Application.builder().token(sandbox.token)
    return builder.base_url(f"{address}/bot").base_file_url(f"{address}/file/bot").build()


async def test_a_ptb_bot_answers_edits_and_fetches_files(talk):
    async def echo(update, context):
        await update.message.reply_text(update.message.text, reply_markup=BUTTON, do_quote=True)

    async def pressed(update, context):
        await update.callback_query.answer("Thank you")
        await update.callback_query.edit_message_text("<b>Done</b>", parse_mode="HTML")

    async def keep(update, context):
        file = await update.message.document.get_file()
        await update.message.reply_document(bytes(await file.download_as_bytearray()))

    application = ptb_application(talk.sandbox)
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(MessageHandler(filters.Document.ALL, keep))
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=20)
        await talk.write("hello")
        (sent,) = await talk.sandbox.people.wait_for_sends(0, 1, bot=talk.bot)
        assert sent["text"] == "hello"
        press = {"message_id": sent["message_id"], "data": "pressed"}
        answer = await talk.act(f"chats/{talk.chat}/press", **press)
        assert answer["answer"]["text"] == "Thank you"
        rows = await talk.sandbox.people.wait_for_sends(0, 2, bot=talk.bot)
        assert (rows[1]["method"], rows[1]["text"]) == ("editMessageText", "Done")
        document = {"name": "a.txt", "mime_type": "text/plain", "data": "aGk="}
        await talk.act(f"chats/{talk.chat}/messages", document=document)
        rows = await talk.sandbox.people.wait_for_sends(0, 3, bot=talk.bot)
        assert rows[2]["method"] == "sendDocument"
        await application.updater.stop()
        await application.stop()
    assert await talk.updates() == []


async def test_two_ptb_bots_with_one_token_see_the_conflict(talk):
    seen = asyncio.Event()
    first, second = ptb_application(talk.sandbox), ptb_application(talk.sandbox)
    async with first, second:
        await first.updater.start_polling(
            timeout=20, error_callback=lambda error: isinstance(error, Conflict) and seen.set()
        )
        await second.updater.start_polling(timeout=20, error_callback=lambda error: None)
        await asyncio.wait_for(seen.wait(), within(20))
        await second.updater.stop()
        await first.updater.stop()


async def test_an_aiogram_bot_answers(talk):
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message):
        await message.answer(message.text or "")

    server = TelegramAPIServer.from_base(talk.sandbox.url)
    async with Bot(talk.sandbox.token, session=AiohttpSession(api=server)) as bot:
        polling = asyncio.create_task(
            dispatcher.start_polling(bot, handle_signals=False, polling_timeout=20)
        )
        await talk.write("from aiogram")
        (sent,) = await talk.sandbox.people.wait_for_sends(0, 1, bot=talk.bot)
        assert sent["text"] == "from aiogram"
        await dispatcher.stop_polling()
        await polling


async def test_chats_survive_a_restart_which_is_prompt_with_polls_open(tmp_path):
    async with running_sandbox(tmp_path) as sandbox:
        await sandbox.result("getMe")
        state = await sandbox.people.get("state")
        chat, person = state["chats"][0]["id"], state["person"]
        await sandbox.people.post(f"chats/{chat}/messages", person=person, text="kept")
        (update,) = await sandbox.result("getUpdates")
        offset = update["update_id"] + 1
        poll = asyncio.create_task(sandbox.call("getUpdates", offset=offset, timeout=50))
        feed = asyncio.create_task(sandbox.people.get("changes", after=10**9, timeout=50))
        for _ in range(3):
            await sandbox.result("getMe")
        before = time.monotonic()
        sandbox.process.terminate()
        await sandbox.process.wait()
        assert time.monotonic() - before < within(3)
        await asyncio.gather(poll, feed, return_exceptions=True)
    async with running_sandbox(tmp_path) as sandbox:
        found = await sandbox.people.get(f"chats/{chat}/messages")
        assert [message["text"] for message in found["messages"]] == ["kept"]
        assert await sandbox.result("getUpdates") == []
