"""What crosses the line to Temporal for a reminder: plain dataclasses and names, nothing else."""

from dataclasses import dataclass
from datetime import datetime

PLAN = "plan"
CLAIM = "claim"
RECORD = "record"


@dataclass(frozen=True)
class ReminderInput:
    """Which reminder a workflow looks after."""

    reminder_id: int


@dataclass(frozen=True)
class Plan:
    """When the reminder fires next (UTC) and the revision of its row; no time: nothing is left to do."""

    fire_at: datetime | None = None
    revision: int = 0
    waits: bool = False  # nothing to do now, but a nudge may come (paused, waiting for Done)


@dataclass(frozen=True)
class Claim:
    """The firing to claim: it counts only while the row still has this revision."""

    reminder_id: int
    revision: int


@dataclass(frozen=True)
class Claimed:
    """A claimed firing: its delivery and the outbox row that says it. Both 0: not to be sent.

    `following` is what comes next, where the firing was sent and recorded at once.
    """

    delivery_id: int = 0
    message_id: int = 0
    following: Plan | None = None


@dataclass(frozen=True)
class Recorded:
    """How a claimed firing ended, to be written down."""

    delivery_id: int
    state: str
    error: str = ""
