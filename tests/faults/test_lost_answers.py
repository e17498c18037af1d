"""The answer to a send is lost: it is found out whether the message arrived, and nothing is repeated."""

import pytest

from tests.acceptance.harness.faults import Fault, Kind
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until

pytestmark = pytest.mark.acceptance


def probes(world):
    """Return the steps of every search, one list per attempt that was searched for."""
    import json

    found = world.rows("SELECT steps FROM conversations_attempt")
    steps = [
        json.loads(row["steps"]) if isinstance(row["steps"], str) else row["steps"] for row in found
    ]
    return [one for one in steps if one]


@pytest.mark.fault_row("30/P4", "answer lost in a private chat, resolved by looking")
def test_a_message_whose_answer_was_lost_is_found_and_not_repeated(world, row):
    chat = world.chat()
    world.start()
    chat.say("/ping before")
    world.wait_for_send("pong: before")
    lost = 5
    fault = world.proxy.add(Fault(Kind.LOSE, times=lost))
    for number in range(lost):
        chat.say(f"/ping lost {number}")
        world.wait_for_send(f"pong: lost {number}", 30)
        until(lambda: not world.unfinished(), 60, "the search")
    row.injected = fault.fired
    rows = [one for one in world.outgoing() if one["text"].startswith("pong: lost")]
    assert [one["state"] for one in rows] == ["sent"] * lost
    assert not any(one["possible_repeat"] for one in rows)
    sent = {one.text: one.message_id for one in world.sends(chat, "pong: lost")}
    assert len(world.sends(chat, "pong: lost")) == lost, "one copy each"
    assert {one["text"]: one["message_id"] for one in rows} == sent
    searches = probes(world)
    row.figure = f"found with {max(map(len, searches))} probes at most"
    assert len(searches) == lost
    assert max(map(len, searches)) <= 30
    assert not judge(world).broken()
