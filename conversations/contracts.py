"""What crosses the line to Temporal for a conversation: plain dataclasses, names, and how long steps may take."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from temporalio.common import RetryPolicy

from bots.envelope import Envelope

ANSWER = "answer"
DELIVER = "deliver"
PRUNE = "prune"

# Database steps are idempotent and are tried until the database is back. They are no local activities:
# where one of those runs beside something else, a replay may see them end in another order than the
# first run did, and the workflow stands still (seen with 500 messages at once in one chat; the same in
# https://github.com/temporalio/sdk-python/issues/1578 and 1881).
STEP_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=10)
)
STEP_TIMEOUT = timedelta(seconds=30)
# For a try whose process died: soon, since a new one is there within seconds. A try that ended says
# by itself when the next one is due (`next_retry_delay`). How long a send is tried in one activity is
# each workflow's own: its SEND_PATIENCE.
SEND_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=5)
)
SEND_TIMEOUT = timedelta(seconds=75)  # above the timeouts of one call, with its waiting turn
HEARTBEAT = timedelta(seconds=3)  # of steps and sends: a killed process is noticed after this


@dataclass(frozen=True)
class Question:
    """A message to answer, and whether its answer is the next that the chat gets: nothing waits before it."""

    envelope: Envelope
    is_next: bool


@dataclass(frozen=True)
class Answer:
    """What the answer activity did: the reply's text, the outbox rows that carry it, and those left to send."""

    request_id: str
    text: str = ""
    message_ids: list[int] = field(default_factory=list)
    unsent: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Posted:
    """Outbox rows that wait to be sent in this chat."""

    message_ids: list[int]


@dataclass(frozen=True)
class Delivery:
    """One outbox row to send."""

    message_id: int


@dataclass(frozen=True)
class Delivered:
    """How a send ended: a `Message.State`, Telegram's message id, and the error if there was one."""

    state: str
    telegram_message_id: int = 0
    error: str = ""


@dataclass(frozen=True)
class Pruned:
    """How many rows each retention rule removed."""

    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Stats:
    """What a conversation has seen since its chat began."""

    received: int = 0
    repeats: int = 0
    out_of_order: int = 0
    answered: int = 0
    highest_sequence: int = 0
    waiting: int = 0


@dataclass
class ConversationState:
    """Everything a conversation carries into its next run."""

    stats: Stats = field(default_factory=Stats)
    pending: list[dict[str, Any]] = field(default_factory=list)  # envelopes, as their JSON
    outgoing: list[int] = field(default_factory=list)
    recent: list[Answer] = field(default_factory=list)  # oldest first, at most KEPT_ANSWERS
