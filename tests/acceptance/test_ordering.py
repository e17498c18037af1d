"""Replayed, repeated and reordered updates: one effect each, in the order of their arrival."""

import time

import pytest

from conversations.contracts import Answer, Stats
from tests.acceptance.harness.waiting import until

pytestmark = pytest.mark.acceptance


def message(chat, number: int, update_id: int) -> dict[str, object]:
    """Return a raw update: a person's `/ping <number>`."""
    person = {"id": chat.person, "is_bot": False, "first_name": "Ann"}
    return {
        "update_id": update_id,
        "message": {
            "message_id": 10_000 + number,
            "date": int(time.time()),
            "chat": {"id": chat.chat_id, "type": "private", "first_name": "Ann"},
            "from": person,
            "text": f"/ping {number}",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }


def replay(first_update_id: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Return 35 (number, update id): 30 in order but for 3 moved ones, and 5 repeats; and the order."""
    order = list(range(1, 31))
    for number, behind in ((5, 8), (14, 17), (22, 25)):
        order.remove(number)
        order.insert(order.index(behind) + 1, number)
    arrivals = list(order)
    for number in (3, 9, 14, 20, 30):
        arrivals.insert(arrivals.index(number) + 1 + number % 3, number)
    return [(number, first_update_id + number) for number in arrivals], order


def test_35_replayed_updates_are_30_signals_and_30_answers(each_world):
    world = each_world
    chat = world.chat()
    arrivals, order = replay(first_update_id := 5_000_000)
    assert len(arrivals) == 35
    bot = world.start()
    world.api.inject(world.bot_id, [message(chat, *arrival) for arrival in arrivals])

    until(lambda: len(world.sends(chat)) >= 30 and not world.unfinished(), 90, "30 answers")

    assert [sent.text for sent in world.sends(chat)] == [f"pong: {number}" for number in order]
    workflows = world.workflows(bot)
    workflow_id = f"chat-{world.bot_id}-{chat.chat_id}"
    assert workflows.signals(workflow_id, "receive") == 30
    stats = workflows.query(workflow_id, "stats", result_type=Stats)
    assert stats == Stats(
        received=30, repeats=0, out_of_order=3, answered=30,
        highest_sequence=first_update_id + 30, waiting=0,
    )  # fmt: skip
    for number in order:
        request_id = f"{world.bot_id}:{first_update_id + number}"
        answer = workflows.query(workflow_id, "response", request_id, Answer)
        assert (answer.request_id, answer.text) == (request_id, f"pong: {number}")
    assert world.database.value("SELECT sum(repeats) FROM bots_update") == 5


def test_every_kind_of_update_has_its_place_in_the_order(world):
    chat = world.chat()
    bot = world.start()
    first = chat.say("/ping first")
    world.wait_for_send("pong: first")
    chat.edit(first["message_id"], "/ping edited")
    known = world.database.value("SELECT max(update_id) FROM bots_update")
    base = known + 100
    kinds = [
        {"message": photo(chat, 1, "album")},
        {"message": photo(chat, 2, "album")},
        {"callback_query": press(chat)},
        {"my_chat_member": membership(chat)},
        {"poll_answer": {"poll_id": "1", "option_ids": []}},
    ]
    world.api.inject(
        world.bot_id, [{"update_id": base + n, **kind} for n, kind in enumerate(kinds)]
    )

    def settled():
        return not world.unfinished() and len(world.rows("SELECT id FROM bots_update")) == 7

    until(settled, 40, "7 updates answered")
    rows = world.rows("SELECT kind, state, sequence FROM bots_update ORDER BY id")
    assert [row["kind"] for row in rows] == [
        "message", "edited_message", "message", "message", "callback_query", "my_chat_member", "poll_answer",
    ]  # fmt: skip
    sequences = [row["sequence"] for row in rows]
    assert sequences == sorted(set(sequences)), "each has one, and they grow"
    assert [row["state"] for row in rows] == ["answered"] * 6 + ["ignored"], (
        "a poll's answer has no chat"
    )
    stats = world.workflows(bot).query(
        f"chat-{world.bot_id}-{chat.chat_id}", "stats", result_type=Stats
    )
    assert (stats.received, stats.out_of_order) == (6, 0)


def photo(chat, number: int, album: str) -> dict[str, object]:
    """Return one picture of a media group."""
    size = {"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 9, "height": 9}
    shown = message(chat, number, 0)["message"]
    del shown["text"], shown["entities"]
    return {**shown, "photo": [size], "media_group_id": album}


def press(chat) -> dict[str, object]:
    """Return a press of a button that belongs to no handler."""
    shown = message(chat, 3, 0)["message"]
    return {
        "id": "77",
        "from": shown["from"],
        "message": shown,
        "chat_instance": "1",
        "data": "x:1",
    }


def membership(chat) -> dict[str, object]:
    """Return the bot's own membership, unchanged."""
    shown = message(chat, 4, 0)["message"]
    status = {"user": {"id": 1, "is_bot": True, "first_name": "B"}, "status": "member"}
    return {key: shown[key] for key in ("chat", "from", "date")} | {
        "old_chat_member": status, "new_chat_member": status,
    }  # fmt: skip
