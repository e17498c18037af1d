"""Telegram says no: each refusal is read once and means what it means."""

import pytest

from tests.acceptance.harness.faults import refusal, too_many, web_page
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until

pytestmark = pytest.mark.acceptance


@pytest.mark.fault_row(20, "429 with retry_after 2 on the first send of each chat")
def test_429_is_waited_for_to_the_second(world, row, full):
    chats = [world.chat(f"P{number}") for number in range(30 if full else 8)]
    world.start()
    faults = [world.proxy.add(too_many(2, chat_id=chat.chat_id)) for chat in chats]
    world.api.enqueue([(chat, f"/ping {number}") for number, chat in enumerate(chats)])
    until(lambda: len(world.sends()) == len(chats) and not world.unfinished(), 40, "every answer")
    row.injected = sum(fault.fired for fault in faults)
    assert row.injected == len(chats)
    waits = []
    for chat in chats:
        refused, sent = (
            call for call in world.proxy.named("sendMessage") if call.chat_id == chat.chat_id
        )
        waits.append(sent.began - refused.answered)
    row.figure = f"waited {min(waits):.2f} to {max(waits):.2f} s"
    assert min(waits) >= 2.0
    assert not judge(world).broken()


@pytest.mark.fault_row(21, "429 with retry_after 300 for one chat")
def test_a_long_429_of_one_chat_holds_up_no_other(world, row):
    stopped, others = world.chat("Stopped"), [world.chat(f"P{number}") for number in range(12)]
    world.start()
    fault = world.proxy.add(too_many(300, chat_id=stopped.chat_id, times=99))
    stopped.say("/ping held")
    until(lambda: fault.fired, 20, "the refusal")
    world.api.enqueue([(chat, "/ping on") for chat in others])
    until(lambda: len(world.sends(text="pong: on")) == len(others), 15, "the others' answers")
    calls = world.proxy.named("sendMessage")
    longest = max(call.answered - call.began for call in calls)
    row.injected, row.figure = fault.fired, f"others' longest call {longest:.2f} s"
    assert fault.fired == 1, "it is left alone for its 300 s"
    assert [one["state"] for one in world.outgoing() if one["text"] == "pong: held"] == ["queued"]


@pytest.mark.fault_row(22, "403 bot was blocked by the user")
def test_a_block_is_one_attempt_and_closes_only_that_chat(world, row):
    blocker, other = world.chat("Blocker"), world.chat("Other")
    world.start()
    world.set_reminder(blocker, "never arrives", 4)
    world.set_reminder(blocker, "nor this", 6)
    world.set_reminder(other, "arrives", 6)
    refused = refusal(
        403, "Forbidden: bot was blocked by the user", chat_id=blocker.chat_id, times=99
    )
    fault = world.proxy.add(refused)
    world.wait_for_send("⏰ arrives", 20)
    until(lambda: fault.fired, 20, "the refusal")
    until(lambda: not world.unfinished(), 20, "all settled")
    row.injected, row.figure = fault.fired, f"{fault.fired} attempt"
    states = {
        one["chat_id"]: one["state"] for one in world.rows("SELECT * FROM conversations_chat")
    }
    assert states == {blocker.chat_id: "blocked", other.chat_id: "active"}
    assert fault.fired == 1
    text = "SELECT state FROM reminders_reminder WHERE text = 'nor this'"
    until(
        lambda: world.database.value(text) != "active", 10, "its other reminder waits for a return"
    )


@pytest.mark.fault_row(23, "the person blocks the bot and comes back")
def test_after_an_unblock_reminders_arrive_again(world, row):
    chat = world.chat()
    world.start()
    chat.say("/ping")
    world.wait_for_send("pong")
    world.set_reminder(chat, "kept meanwhile", 6)
    chat.act("block")
    state = "SELECT state FROM conversations_chat"
    until(lambda: world.database.value(state) == "blocked", 10, "the block")
    row.injected = 1
    held = "SELECT state FROM reminders_reminder WHERE text = 'kept meanwhile'"
    until(lambda: world.database.value(held) == "paused", 20, "the reminder is held back")
    chat.act("unblock")
    until(lambda: world.database.value(state) == "active", 10, "the return")
    offers = until(
        lambda: [one for one in world.sends(chat) if "b1:show" in str(one.payload)], 20, "the offer"
    )
    chat.press(offers[-1].message_id, "b1:show")
    world.wait_for_send("⏰ kept meanwhile", 20)
    due = world.set_reminder(chat, "welcome back", 3)
    late = world.wait_for_send("⏰ welcome back", 20).at - due
    until(lambda: not world.unfinished(), 20, "all settled")
    row.figure = f"{late:+.2f} s"
    assert not judge(world).broken()


GONE = {
    "chat not found": (400, "Bad Request: chat not found"),
    "deactivated": (403, "Forbidden: user is deactivated"),
    "kicked": (403, "Forbidden: bot was kicked from the group chat"),
}


@pytest.mark.fault_row(24, "chat not found, user deactivated, kicked")
def test_permanent_refusals_are_one_attempt_and_keep_their_reason(world, row):
    chats = {name: world.chat(name) for name in GONE}
    world.start()
    faults = [
        world.proxy.add(refusal(*GONE[name], chat_id=chat.chat_id, times=99))
        for name, chat in chats.items()
    ]
    for name, chat in chats.items():
        chat.say(f"/ping {name}")
    until(
        lambda: all(fault.fired for fault in faults) and not world.unfinished(), 20, "the refusals"
    )
    row.injected = sum(fault.fired for fault in faults)
    row.figure = "1 attempt each"
    assert [fault.fired for fault in faults] == [1, 1, 1]
    for one in world.outgoing():
        name = one["text"].removeprefix("pong: ")
        assert one["state"] == "failed"
        assert GONE[name][1].partition(": ")[2] in one["error"].lower()


@pytest.mark.fault_row(25, "400 with migrate_to_chat_id")
def test_a_group_that_became_a_supergroup_is_followed(world, row):
    group = world.api.group(world.bot_id)
    grown = world.api.group(world.bot_id, kind="supergroup", bot_status="administrator")
    world.start()
    world.set_reminder(group, "gather everybody", 4)
    moved = refusal(
        400, "Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": grown.chat_id}, chat_id=group.chat_id, text="⏰",
    )  # fmt: skip
    fault = world.proxy.add(moved)
    sent = world.wait_for_send("⏰ gather everybody", 20)
    until(lambda: not world.unfinished(), 20, "all settled")
    calls = [
        call for call in world.proxy.named("sendMessage") if "⏰" in str(call.parameters["text"])
    ]
    row.injected, row.figure = fault.fired, f"{len(calls)} calls"
    assert sent.chat_id == grown.chat_id
    assert len(calls) == 2
    kept = world.rows(
        "SELECT c.chat_id FROM reminders_reminder r JOIN conversations_chat c ON c.id = r.chat_id"
    )
    assert [one["chat_id"] for one in kept] == [grown.chat_id], "its reminders moved"


@pytest.mark.fault_row(26, "400 can't parse entities")
def test_a_text_telegram_cannot_parse_goes_out_plain_and_once(world, row):
    chat = world.chat()
    world.start()
    fault = world.proxy.add(
        refusal(400, "Bad Request: can't parse entities: unexpected end", text="⏰")
    )
    world.set_reminder(chat, "plain", 3)
    sent = world.wait_for_send("⏰ plain", 20)
    until(lambda: not world.unfinished(), 20, "all settled")
    row.injected, row.figure = fault.fired, "1 message, no entities"
    assert len(world.sends(text="⏰ plain")) == 1
    assert sent.payload.get("entities") in (None, [], "[]")
    assert not judge(world).broken()


@pytest.mark.fault_row(29, "500 and 502 with a web page instead of JSON, three in a row")
def test_three_5xx_pages_in_a_row_cost_no_message(world, row, full):
    chats = {code: world.chat(f"P{code}") for code in (500, 502)}
    # A send that may have arrived is looked for, for a minute each time: the short form does without.
    world.start(TELEGRAM_RESOLVE=str(full).lower())
    faults = [
        world.proxy.add(web_page(code, chat_id=chat.chat_id, times=3))
        for code, chat in chats.items()
    ]
    for chat in chats.values():
        chat.say("/ping over there")
    until(
        lambda: all(fault.fired == 3 for fault in faults) and not world.unfinished(),
        260 if full else 40,
        "an end of both",
    )
    row.injected = sum(fault.fired for fault in faults)
    sends = world.proxy.named("sendMessage")
    attempts = [sum(call.chat_id == chat.chat_id for call in sends) for chat in chats.values()]
    row.figure = f"{max(attempts)} attempts at most"
    assert [len(world.sends(chat, "pong")) for chat in chats.values()] == [1, 1]
    assert max(attempts) <= 4
    assert not judge(world).broken()


@pytest.mark.fault_row(39, "401: the token was revoked")
def test_a_revoked_token_is_said_and_waited_for(world, row):
    chat = world.chat()
    bot = world.start()
    world.api.post("bots", token=world.token, revoked=True)
    chat_message = "SELECT poll_error FROM bots_bot"
    error = until(lambda: world.database.value(chat_message), 30, "an explanation")
    row.injected = sum(call.status == 401 for call in world.proxy.calls)
    assert "BotFather" in error
    assert bot.ready() in {503, 404}
    world.api.post("bots", token=world.token, revoked=False)
    chat.say("/ping after all")
    world.wait_for_send("pong: after all", 40)
    row.figure = "says so, and goes on when it is back"
