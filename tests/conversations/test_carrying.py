"""What a conversation carries into its next run fits into a payload, whatever was said."""

import json
from dataclasses import asdict

from bots.envelope import STORED
from conversations.carrying import (
    KEPT_ANSWERS,
    ROOM_FOR_ANSWERS,
    ROOM_FOR_PENDING,
    latest_within,
    pending_within,
)
from conversations.contracts import Answer

LONG = "я" * 4_096  # six characters of JSON each


def waiting(text: str, count: int) -> list[dict[str, object]]:
    return [
        {
            "request_id": f"7:{number}",
            "sequence": number,
            "message": {"event": "text", "text": text},
        }
        for number in range(count)
    ]


def test_what_there_is_room_for_is_carried_as_it_is() -> None:
    few = waiting("hello", 500)
    assert pending_within(few) == few
    answers = [Answer(f"7:{number}", "hello") for number in range(KEPT_ANSWERS)]
    assert latest_within(answers) == answers


def test_of_too_much_every_request_is_carried_and_the_later_words_are_left() -> None:
    many = waiting(LONG, 500)
    carried = pending_within(many)
    assert [one["request_id"] for one in carried] == [one["request_id"] for one in many]
    whole = [one for one in carried if one["message"] != {"event": STORED}]
    assert whole == many[: len(whole)]
    assert 0 < len(json.dumps(whole)) < ROOM_FOR_PENDING
    assert len(json.dumps(carried)) < 1.2 * ROOM_FOR_PENDING


def test_the_latest_answers_are_kept_as_far_as_there_is_room() -> None:
    answers = [Answer(f"7:{number}", LONG) for number in range(300)]
    kept = latest_within(answers)
    assert kept == answers[-len(kept) :]
    assert 0 < len(json.dumps([asdict(one) for one in kept])) < 1.1 * ROOM_FOR_ANSWERS
