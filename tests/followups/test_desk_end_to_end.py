"""An operator in a browser's place, a running bot, real Temporal, a real Bot API server (O5, O11, O19)."""

import time
from collections import Counter

import pytest

from tests.acceptance.harness.operator import ACCOUNT, Operator
from tests.acceptance.harness.waiting import until

pytestmark = pytest.mark.acceptance
ADMIN = "/admin/reminders"


@pytest.fixture
def desk(world):
    """A running bot with two people in it, and an operator who has signed in."""
    bot = world.bot(**ACCOUNT)
    world.start(bot)
    operator = Operator(bot)
    yield bot, operator
    operator.http.close()


def row_of(world, chat):
    query = "SELECT id FROM conversations_chat WHERE chat_id = ?"
    return until(lambda: world.rows(query, chat.chat_id), 20, "the chat's row")[0]["id"]


def reminder_of(world, text):
    query = "SELECT * FROM reminders_reminder WHERE text = ?"
    return until(lambda: world.rows(query, text), 20, f"the reminder {text!r}")[0]


def test_send_later_goes_to_the_silent_and_not_to_those_who_wrote(world, desk):
    _bot, olga = desk
    silent, writing = world.chat("Silent"), world.chat("Writing")
    for chat, text in ((silent, "still there?"), (writing, "did it arrive?")):
        chat.say("/start")
        olga.submit(
            f"{ADMIN}/reminder/later/{row_of(world, chat)}/",
            form_url=f"{ADMIN}/reminder/bench/",
            text=text, when="in 6 seconds", unless_reply="on",
        )  # fmt: skip
    writing.say("/ping yes, thank you")
    sent = world.wait_for_send("still there?", 25, silent)
    assert sent.text == "still there?"
    assert reminder_of(world, "did it arrive?")["state"] == "cancelled"
    assert not world.sends(writing, "did it arrive?")


def test_an_order_reaches_the_running_workflow(world, desk, note_figure):
    _bot, olga = desk
    chat = world.chat("Ann")
    world.set_reminder(chat, "water the plants", 3600)
    pk = reminder_of(world, "water the plants")["id"]
    began = time.time()
    page = olga.submit(
        f"{ADMIN}/reminder/order/reschedule/",
        form_url=f"{ADMIN}/reminder/order/reschedule/?id={pk}",
        when="in 3 seconds",
    )
    assert "1 rescheduled" in page.text
    sent = world.wait_for_send("⏰ water the plants", 20, chat)
    note_figure(f"moved by an operator to 3 s ahead, sent after {sent.at - began:.2f} s")
    armed = "SELECT armed_revision, revision FROM reminders_reminder WHERE id = ?"
    until(lambda: len(set(world.rows(armed, pk)[0].values())) == 1, 20, "armed")
    assert len(world.sends(chat, "⏰ water the plants")) == 1


def test_a_broadcast_survives_the_end_of_its_process_and_reaches_everybody_once(world, desk):
    bot, olga = desk
    chats = [world.chat(f"P{number}") for number in range(45)]
    world.api.enqueue([(chat, "/start") for chat in chats])
    count = "SELECT count(*) AS n FROM conversations_chat"
    until(lambda: world.rows(count)[0]["n"] == 45, 60, "45 chats")
    until(lambda: not world.unfinished(), 60, "all greeted")
    olga.submit(f"{ADMIN}/broadcast/add/", text="We are moving", reason="notice", active_days="")
    pk = world.rows("SELECT id FROM reminders_broadcast")[0]["id"]
    olga.submit(f"{ADMIN}/broadcast/{pk}/do/start/", form_url=f"{ADMIN}/broadcast/{pk}/change/")
    world.wait_for_send("We are moving", 20)
    bot.kill()
    world.start(bot)
    state = "SELECT state FROM reminders_broadcast"
    until(lambda: world.rows(state)[0]["state"] == "finished", 90, "the end of the broadcast")
    repeats = "SELECT count(*) AS n FROM conversations_message WHERE possible_repeat"
    got = Counter(sent.chat_id for sent in world.sends(text="We are moving"))
    assert set(got) == {chat.chat_id for chat in chats}
    assert sum(got.values()) - len(got) <= world.rows(repeats)[0]["n"]  # each repeat is marked
