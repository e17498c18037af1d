"""Bound what a conversation carries into its next run: Temporal refuses a payload above 2 MiB, for ever."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import accumulate
from typing import Any

from bots.envelope import STORED
from conversations.contracts import Answer

# Characters of JSON, in which a letter that is not English takes six; encrypted it is a third more.
ROOM_FOR_PENDING = 512 * 1024
ROOM_FOR_ANSWERS = 256 * 1024
KEPT_ANSWERS = 100


def pending_within(envelopes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the envelopes; those for whose message there is no room leave it to their row."""
    room, carried = ROOM_FOR_PENDING, []
    for envelope in envelopes:
        room -= len(json.dumps(envelope))
        carried.append(envelope if room >= 0 else {**envelope, "message": {"event": STORED}})
    return carried


def latest_within(answers: Iterable[Answer]) -> list[Answer]:
    """Return the latest answers, oldest first, as many as there is room for."""
    latest_first = list(answers)[: -KEPT_ANSWERS - 1 : -1]
    sizes = accumulate(len(json.dumps(asdict(answer))) for answer in latest_first)
    count = sum(size <= ROOM_FOR_ANSWERS for size in sizes)
    return latest_first[:count][::-1]
