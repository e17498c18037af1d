"""What crosses the line to Temporal for a broadcast: ids and counts, nothing else."""

from dataclasses import dataclass, field

NEXT_CHUNK = "next_chunk"


@dataclass(frozen=True)
class BroadcastInput:
    """Which broadcast a workflow looks after."""

    broadcast_id: int


@dataclass(frozen=True)
class ChunkOrder:
    """Ask for at most so many messages to send next."""

    broadcast_id: int
    size: int


@dataclass(frozen=True)
class Chunk:
    """Outbox rows to send now. Nothing, not going on and not waiting: the broadcast is over."""

    message_ids: list[int] = field(default_factory=list)
    waits: bool = False  # paused: a nudge will come
    goes_on: bool = False  # ask again, even if this chunk held only chats that were skipped
