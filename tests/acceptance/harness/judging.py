"""The judge: joins what the Bot API server accepted with the rows, and says what was broken."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tests.acceptance.harness.botapi import Sent
from tests.acceptance.harness.database import seconds
from tests.acceptance.harness.world import World

EARLIEST = -0.05  # seconds: two clocks are read, in two processes of one machine


@dataclass
class Judgement:
    """What was promised and not kept; empty lists are the aim. Texts name the rows."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    marked_repeats: list[str] = field(default_factory=list)
    early: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    contradictory: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    lateness: dict[str, float] = field(default_factory=dict)

    @property
    def worst(self) -> float:
        """The largest lateness in seconds."""
        return max(self.lateness.values(), default=0.0)

    def late(self, limit: float) -> list[str]:
        """Return what came later than so many seconds after its time."""
        return [name for name, value in self.lateness.items() if value > limit]

    def broken(self) -> dict[str, list[str]]:
        """Return every broken promise; a repeat that was marked as one is none."""
        kinds = ("lost", "twice", "early", "out_of_order", "contradictory")
        return {kind: found for kind in kinds if (found := getattr(self, kind))}


def judge(world: World) -> Judgement:
    """Judge everything the bot of this world has done so far."""
    judgement = Judgement()
    sends, rows = world.sends(), world.outgoing()
    _judge_rows(judgement, rows, sends)
    _judge_answers(judgement, world, rows)
    _judge_order(judgement, world, rows)
    _judge_reminders(judgement, world, sends, rows)
    return judgement


def _judge_rows(judgement: Judgement, rows: list[dict[str, Any]], sends: list[Sent]) -> None:
    """A row that says `sent` names an accepted message, and every accepted message has a row."""
    accepted = {(sent.chat_id, sent.message_id): sent for sent in sends}
    said = {}
    for row in (row for row in rows if row["method"] == "sendMessage"):
        if row["state"] == "sent":
            said[row["message_id"]] = row
        if row["state"] == "unknown":
            judgement.unknown.append(row["key"])
    known_ids = {message_id for _, message_id in accepted}
    for message_id, row in said.items():
        if message_id not in known_ids:
            judgement.contradictory.append(
                f"{row['key']} says sent as {message_id}, never accepted"
            )
    doubtful = Counter(
        row["text"].strip()  # as Telegram does
        for row in rows
        if row["possible_repeat"] or row["state"] == "unknown"
    )
    for (_, message_id), sent in accepted.items():
        if message_id not in said and not doubtful[sent.text.rpartition("\n(")[0] or sent.text]:
            judgement.contradictory.append(f"message {message_id} was accepted and no row says so")


def _judge_answers(judgement: Judgement, world: World, rows: list[dict[str, Any]]) -> None:
    """Every update has one row in the transcript, and every outbox row is the only one of its key."""
    incoming = world.rows(
        "SELECT bot_id, update_id, state FROM bots_update WHERE state NOT IN ('ignored', 'poison')"
    )
    stored = Counter(
        row["key"]
        for row in world.rows("SELECT key FROM conversations_message WHERE direction = 'in'")
    )
    for update in incoming:
        key = f"{update['bot_id']}:{update['update_id']}"
        if not stored[key]:
            judgement.lost.append(f"update {key} ({update['state']})")
    for key, count in Counter(row["key"] for row in rows).items():
        if count > 1:
            judgement.twice.append(f"row {key}")


def _judge_order(judgement: Judgement, world: World, rows: list[dict[str, Any]]) -> None:
    """Answers go out in the order in which they were written, chat by chat."""
    chats: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        is_answer = not row["key"].startswith("delivery:")
        if row["state"] == "sent" and row["method"] == "sendMessage" and is_answer:
            chats[row["chat_id"]].append(row)
    for found in chats.values():
        for before, after in pairwise(found):
            if after["message_id"] < before["message_id"]:
                judgement.out_of_order.append(f"{after['key']} before {before['key']}")


def _judge_reminders(
    judgement: Judgement, world: World, sends: list[Sent], rows: list[dict[str, Any]]
) -> None:
    """Each delivery was accepted once, not early; what was cancelled was not sent."""
    messages = {row["id"]: row for row in rows}
    deliveries = world.rows(
        "SELECT d.*, r.text AS words, r.state AS reminder_state FROM reminders_delivery d"
        " JOIN reminders_reminder r ON r.id = d.reminder_id"
    )
    for delivery in deliveries:
        row = messages.get(delivery["message_id"])
        if row is None or delivery["state"] == "skipped":
            continue
        _judge_delivery(judgement, delivery, row, copies(sends, row["text"]))
    delivered = {delivery["reminder_id"] for delivery in deliveries}
    for reminder in world.rows("SELECT id, text, state FROM reminders_reminder"):
        if reminder["state"] == "finished" and reminder["id"] not in delivered:
            judgement.lost.append(f"reminder {reminder['text']}: finished and never delivered")


def copies(sends: list[Sent], text: str) -> list[Sent]:
    """Return the accepted copies of a text; one that may be a repeat says so on a line below it."""
    return [one for one in sends if one.text == text or one.text.startswith(f"{text}\n(")]


def _judge_delivery(
    judgement: Judgement, delivery: dict[str, Any], row: dict[str, Any], accepted: list[Sent]
) -> None:
    name = f"reminder {delivery['words']}"
    if delivery["reminder_state"] == "cancelled" and accepted:
        judgement.contradictory.append(f"{name}: cancelled and sent")
    if not accepted:
        if delivery["state"] in {"sent", "claimed"}:
            judgement.lost.append(name)
        return
    late = accepted[0].at - seconds(delivery["planned_at"])
    judgement.lateness[name] = late
    if late < EARLIEST:
        judgement.early.append(f"{name}: {late:.3f} s")
    if len(accepted) > 1:
        (judgement.marked_repeats if row["possible_repeat"] else judgement.twice).append(name)
