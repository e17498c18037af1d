"""Texts longer than Telegram takes: several messages, in order, and a doubt about one of them."""

import pytest

from tests.acceptance.harness.faults import Fault, Kind
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until
from tests.acceptance.test_ordering import message
from tests.faults.test_lost_answers import open_chat

pytestmark = pytest.mark.acceptance
LONGEST = 4096  # UTF-16 units


def say(world, chat, words: str) -> None:
    """Say something longer than the server would take from a person, who has a newer client."""
    update = message(chat, 1, 3_000_000)
    update["message"]["text"] = f"/ping {words}"
    world.api.inject(world.bot_id, [update])


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.fault_row(27, "an answer of 8,198 UTF-16 units, all surrogate pairs")
def test_a_long_answer_comes_in_parts_and_no_character_is_cut(world, row):
    chat = world.chat()
    world.start()
    words = "😀" * 4096
    say(world, chat, words)
    until(lambda: len(world.sends(chat)) == 3 and not world.unfinished(), 30, "three parts")
    parts = [sent.text for sent in world.sends(chat)]
    row.injected = units(f"pong: {words}") // LONGEST
    row.figure = f"{[units(part) for part in parts]} units"
    assert "".join(parts) == f"pong: {words}"
    assert max(map(units, parts)) <= LONGEST
    assert not judge(world).broken()


@pytest.mark.fault_row(28, "the answer to the second of three parts is lost")
def test_only_the_part_in_doubt_is_looked_for(world, row):
    world.start()
    chat = open_chat(world, "private")
    words = " ".join(f"word-{number:04}" for number in range(1000))
    lost = world.proxy.add(Fault(Kind.LOSE, chat_id=chat.chat_id, skip=1))
    say(world, chat, words)
    until(lambda: len(world.outgoing()) == 4 and not world.unfinished(), 100, "three parts")
    sends = [sent.text for sent in world.sends(chat)[1:]]
    first, second, third = (one["text"].strip() for one in world.outgoing()[1:])
    row.injected, row.figure = lost.fired, f"{sends.count(second)} unmarked, {len(sends)} messages"
    assert sends in (
        [first, second, third],
        [first, second, f"{second}\n(may be a repeat)", third],
    )
    assert f"{first} {second} {third}" == f"pong: {words}"
    assert not judge(world).broken()
