"""The dialogues over real HTTP: what a person sees in the chat, and one effect for many presses."""

import pytest

from tests.acceptance.harness.waiting import until

pytestmark = pytest.mark.acceptance


def data_of(sent, label: str) -> str:
    """Return the data of a button of a message."""
    rows = sent.payload["reply_markup"]["inline_keyboard"]
    return next(b["callback_data"] for row in rows for b in row if b["text"].startswith(label))


def edits(world, chat):
    """Return the edits the server accepted in a chat."""
    return [
        one
        for one in world.api.sends(world.bot_id, "editMessageText")
        if one.chat_id == chat.chat_id
    ]


def test_a_person_sets_gets_and_finishes_a_reminder(each_world):
    world = each_world
    chat = world.chat()
    world.start()
    chat.say("tomorrow 9am call the bank")
    world.wait_for_send("Got it: call the bank, tomorrow 09:00.", chat=chat)
    chat.say("berlin")
    confirmed = world.wait_for_send("#1 call the bank – ", chat=chat)
    assert confirmed.text.startswith("🕘 Europe/Berlin")
    assert any(entity["type"] == "date_time" for entity in confirmed.payload["entities"])

    chat.say("in 3 seconds take the cake out")
    due = world.wait_for_send("⏰ take the cake out", chat=chat)
    answer = chat.press(due.message_id, data_of(due, "✅ Done"))
    assert "Done" in str(answer)
    edited = until(
        lambda: [e for e in edits(world, chat) if "✅ done at" in e.text], 20, "the edit"
    )
    assert edited[0].message_id == due.message_id


def test_ten_presses_have_one_effect(world):
    chat = world.chat()
    world.start()
    chat.say("/timezone Berlin")
    world.wait_for_send("Berlin", chat=chat)
    chat.say("in 2 seconds stretch")
    due = world.wait_for_send("⏰ stretch", chat=chat)
    answers = [str(chat.press(due.message_id, data_of(due, "+20m"))) for _ in range(10)]
    assert sum("Already put off" in answer for answer in answers) == 9
    rows = world.rows("SELECT * FROM reminders_event WHERE verb = 'snoozed'")
    assert len(rows) == 1


def test_an_open_question_survives_a_restart(world):
    chat = world.chat()
    bot = world.start()
    chat.say("buy milk")
    asked = world.wait_for_send("When should I bring this back?", chat=chat)
    bot.process.kill()
    world.start(bot)
    chat.press(asked.message_id, data_of(asked, "1 h"))
    until(
        lambda: [e for e in edits(world, chat) if "#1 buy milk" in e.text], 30, "the confirmation"
    )


def test_asking_again_can_be_stopped(world):
    chat = world.chat()
    bot = world.start()
    chat.say("in 2 seconds nag me every 5 minutes to take my pill")
    first = world.wait_for_send("⏰ take my pill", chat=chat)
    assert data_of(first, "Stop asking")
    chat.press(first.message_id, data_of(first, "Stop asking"))
    until(lambda: [e for e in edits(world, chat) if "I ask no more" in e.text], 20, "the edit")
    assert bot.process.alive
