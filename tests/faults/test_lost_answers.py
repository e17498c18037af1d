"""The answer to a send is lost: it is found out whether the message arrived, and nothing is repeated."""

import json
import time

import pytest

from tests.acceptance.harness.faults import Fault, Kind
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until

pytestmark = pytest.mark.acceptance
MOST_PROBES = 30


def searches(world) -> list[list[dict]]:
    """Return the steps of every search, one list per attempt that was searched for."""
    found = world.rows("SELECT steps FROM conversations_attempt ORDER BY id")
    steps = [
        json.loads(row["steps"]) if isinstance(row["steps"], str) else row["steps"] for row in found
    ]
    return [one for one in steps if one]


def most_probes(world) -> int:
    """Return how many ids the longest search asked about."""
    counted = [
        sum(step["step"] in {"control", "candidate"} for step in one) for one in searches(world)
    ]
    return max(counted)


def results(world) -> list[str]:
    """Return how each search ended."""
    return [one[-1]["answer"] for one in searches(world)]


def open_chat(world, kind):
    """Return a chat that has been talked in, so that there is something to compare with."""
    chat = world.chat() if kind == "private" else world.api.group(world.bot_id, kind)
    chat.say("/ping before")
    world.wait_for_send("pong: before", 60, chat)
    until(lambda: not world.unfinished(), 20, "the receipt")
    return chat


def assert_once_each(world, chat, texts):
    """Every text was accepted once in the chat, and its row says so, unmarked, with the right id."""
    sent = {one.text: one.message_id for one in world.sends(chat)}
    assert len([one for one in world.sends(chat) if one.text in texts]) == len(texts), (
        "one copy each"
    )
    rows = {row["text"]: row for row in world.outgoing() if row["text"] in texts}
    for text in texts:
        assert (rows[text]["state"], rows[text]["message_id"]) == ("sent", sent[text])
        assert not rows[text]["possible_repeat"]


@pytest.mark.parametrize("kind", ["private", "group"])
@pytest.mark.fault_row("30/P4", "answer lost, resolved by looking")
def test_a_message_whose_answer_was_lost_is_found_and_not_repeated(world, row, kind, full):
    world.start()
    # Ten a chat: Telegram takes twenty a minute for a group, and each takes less than a second.
    chats = [open_chat(world, kind) for _ in range(10 if full else 1)]
    lost = 100 if full else 5
    fault = world.proxy.add(Fault(Kind.LOSE, times=lost))
    for number in range(lost):
        chat = chats[number % len(chats)]
        chat.say(f"/ping lost {number}")
        world.wait_for_send(f"pong: lost {number}", 30, chat)
        until(lambda: not world.unfinished(), 60, "the search")
    row.injected = fault.fired
    for first, chat in enumerate(chats):
        texts = [f"pong: lost {number}" for number in range(first, lost, len(chats))]
        assert_once_each(world, chat, texts)
    row.figure = f"{lost} found, {most_probes(world)} probes at most"
    assert results(world) == ["delivered"] * lost
    assert most_probes(world) <= MOST_PROBES
    assert not judge(world).broken()


@pytest.mark.parametrize("kind", ["private", "group"])
@pytest.mark.fault_row("4/30", "SIGKILL between acceptance and answer")
def test_a_message_that_a_killed_process_had_sent_is_found(world, row, kind, full):
    bot = world.start()
    chat = open_chat(world, kind)
    kills = 25 if full else 1
    for number in range(kills):
        hung = world.proxy.add(Fault(Kind.HANG, text=f"pong: killed {number}"))
        chat.say(f"/ping killed {number}")
        world.wait_for_send(f"pong: killed {number}", 30, chat)
        bot.kill()
        row.injected += hung.fired
        world.start(bot)
        until(lambda: not world.unfinished(), 60, "the search")
    assert_once_each(world, chat, [f"pong: killed {number}" for number in range(kills)])
    row.figure = f"{kills} found, {most_probes(world)} probes at most"
    assert results(world) == ["delivered"] * kills
    assert most_probes(world) <= MOST_PROBES
    assert not judge(world).broken()


@pytest.mark.fault_row(
    "30/32", "never sent, sent late, 429 that hides a send, forgotten: with a log chat"
)
def test_with_a_log_chat_every_doubt_is_decided_within_the_settle_time(world, row):
    log_chat = world.chat("Operator")
    world.start(TELEGRAM_LOG_CHAT=str(log_chat.chat_id))
    chats = {name: open_chat(world, "private") for name in ("never", "late", "hidden", "cached")}
    chats["group"] = open_chat(world, "group")
    faults = [
        world.proxy.add(Fault(Kind.RESET, chat_id=chats[name].chat_id))
        for name in ("never", "group")
    ]
    faults.append(world.proxy.add(Fault(Kind.LOSE, chat_id=chats["cached"].chat_id)))
    to = {"method": "sendMessage", "chat_id": chats["late"].chat_id}
    world.api.post("faults", **to, drop=True, seconds=20)
    world.api.post(
        "faults", method="sendMessage", chat_id=chats["hidden"].chat_id, seconds=7.5, error_code=429,
        description="Too Many Requests: retry after 3", parameters={"retry_after": 3},
    )  # fmt: skip
    began = time.time()
    for name, chat in chats.items():
        chat.say(f"/ping {name}")
    sent = world.wait_for_send("pong: cached", 30, chats["cached"])
    chats["cached"].act("delete", message_id=sent.message_id, cached=True)
    chats["never"].say("/ping behind it")
    until(
        lambda: (
            world.sends(chats["group"], "pong: group")
            and world.sends(chats["never"], "pong: never")
        ),
        120,
    )
    took = time.time() - began
    until(lambda: not world.unfinished(), 60, "all settled")
    row.injected = sum(fault.fired for fault in faults) + 2
    row.figure = f"proof of absence after {took:.0f} s, {most_probes(world)} probes at most"
    for name, chat in chats.items():
        assert_once_each(world, chat, [f"pong: {name}"])
    said = [one.text for one in world.sends(chats["never"], "pong")]
    assert said == ["pong: before", "pong: never", "pong: behind it"], "nothing overtakes a doubt"
    assert sorted(results(world)) == ["delivered"] * 3 + ["not delivered"] * 2
    assert took >= 60
    assert most_probes(world) <= MOST_PROBES
    kept = world.api.get(f"chats/{log_chat.id}/messages", person=log_chat.person)["messages"]
    assert not [one for one in kept if not one.get("deleted")], "the log chat is left clean"
    broken = judge(world).broken()
    notes = {
        f"message {one.message_id} was accepted and no row says so" for one in world.sends(log_chat)
    }
    assert set(broken.pop("contradictory", [])) <= notes, "the notes in the log chat have no row"
    assert not broken


@pytest.mark.fault_row("30/S", "answer lost while Telegram's texts are new")
def test_texts_that_are_not_understood_lead_to_a_marked_repeat(world, row):
    world.start()
    chat = open_chat(world, "private")
    world.api.post("texts", **{"message to edit not found": "no such message"})
    try:
        fault = world.proxy.add(Fault(Kind.LOSE))
        chat.say("/ping doubt")
        until(lambda: len(world.sends(chat, "pong: doubt")) == 2, 30, "the repeat")
        until(lambda: not world.unfinished(), 20, "all settled")
    finally:
        world.api.post("faults/clear")
    row.injected = fault.fired
    row.figure = "sent again, marked"
    first, second = world.sends(chat, "pong: doubt")
    assert first.text == "pong: doubt"
    assert second.text == "pong: doubt\n(may be a repeat)"
    assert "no searches for an hour" in str(searches(world))
