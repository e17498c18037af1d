"""What is kept for how long: each app names its rules here, and one durable schedule applies them daily.

An app adds rules in its own `retention.py`, which is found as Django finds `admin.py`.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bots.models import Update
from conversations.models import Attempt, Message, Upkeep

logger = logging.getLogger(__name__)

BATCH = 500  # rows of one transaction: writers beside it wait for milliseconds
KEPT_RUNS = 90

Rows = Callable[[datetime], "QuerySet[Any]"]
Change = Callable[["QuerySet[Any]"], object]


@dataclass(frozen=True)
class Rule:
    """Rows that are `setting` days old (0: kept for ever) are deleted, or changed where `change` says how."""

    name: str
    setting: str
    rows: Rows
    change: Change | None = None

    @property
    def days(self) -> int:
        """How many days are kept; 0 is for ever."""
        return int(getattr(settings, self.setting))


rules: list[Rule] = []


def apply_all(beat: Callable[[], object] = lambda: None) -> dict[str, int]:
    """Apply every rule, batch by batch, calling `beat` between them; return the counts by rule."""
    began, counts = time.monotonic(), {}
    for rule in rules:
        counts[rule.name] = _apply(rule, beat) if rule.days else 0
    Upkeep.objects.create(seconds=round(time.monotonic() - began, 3), counts=counts)
    old = Upkeep.objects.order_by("-at").values_list("pk", flat=True)[KEPT_RUNS:]
    Upkeep.objects.filter(pk__in=list(old)).delete()
    logger.info("retention", extra={"counts": counts})
    return counts


def _apply(rule: Rule, beat: Callable[[], object]) -> int:
    before, count = timezone.now() - timedelta(days=rule.days), 0
    while True:
        beat()
        with transaction.atomic():
            rows = rule.rows(before)
            ids = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
            batch = rows.model._default_manager.filter(pk__in=ids)  # noqa: SLF001
            _ = rule.change(batch) if rule.change else batch.delete()
        count += len(ids)
        if len(ids) < BATCH:
            return count


def _settled_updates(before: datetime) -> "QuerySet[Update]":
    done = [Update.State.ANSWERED, Update.State.IGNORED, Update.State.POISON]
    return Update.objects.filter(received_at__lt=before, state__in=done)


def _old_messages(before: datetime) -> "QuerySet[Message]":
    waiting = [Message.State.QUEUED, Message.State.SENDING]
    return Message.objects.filter(created_at__lt=before).exclude(state__in=waiting)


def _old_attempts(before: datetime) -> "QuerySet[Attempt]":
    return (
        Attempt.objects.filter(began_at__lt=before, recheck_at=None)
        .exclude(message__state__in=[Message.State.SENDING, Message.State.UNKNOWN])
    )  # fmt: skip


rules += [
    Rule(
        "contents of updates",
        "RETENTION_PAYLOAD_DAYS",
        lambda before: _settled_updates(before).exclude(payload={}),
        lambda batch: batch.update(payload={}),
    ),
    Rule("updates", "RETENTION_UPDATE_DAYS", _settled_updates),
    Rule("attempts to send", "RETENTION_ATTEMPT_DAYS", _old_attempts),
    Rule("messages", "RETENTION_MESSAGE_DAYS", _old_messages),
]
