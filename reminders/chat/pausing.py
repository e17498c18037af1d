"""Pause and resume: one reminder by its number, or the whole chat until a day."""

import re
from datetime import datetime
from typing import Any

from conversations.models import Chat
from conversations.replies import Reply, say
from conversations.router import Incoming
from reminders import changing
from reminders.chat import create, undoing
from reminders.chat.exchange import Card, actor, numbers_in, show
from reminders.chat.rights import may_change
from reminders.models import Reminder
from reminders.when.meaning import Kind

_UNTIL = re.compile(
    r"(?:^|\s)(?:until|till|til|for|bis|hasta|jusqu'[aà]u?|fino a|até|до)\s+", re.IGNORECASE
)
_NUMBERS = re.compile(r"[#0-9 ,]+")
MOST = 500


def pause(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /pause, /pause 5, /pause until friday and /pause 5 until friday."""
    numbers, words = _parts(incoming.arguments.strip())
    until = _moment(chat, incoming, words) if words else None
    if words and until is None:
        return say("reminders/no_time", words=words[:60])
    chosen = _chosen(chat, incoming, numbers_in(numbers), Reminder.State.ACTIVE)
    steps = []
    for reminder in chosen:
        before = undoing.snapshot(reminder)
        if changing.pause(reminder, until, actor=actor(incoming)):
            steps.append(undoing.restoring(reminder, before))
    return _told(
        chat, incoming, "reminders/paused_all", steps, until=until, numbers=numbers_in(numbers)
    )


def _parts(arguments: str) -> tuple[str, str]:
    """Return the numbers of reminders and the words of a time: "5 until friday", "2 hours", "5"."""
    head, *rest = _UNTIL.split(arguments, maxsplit=1)
    if rest:
        return head, rest[0]
    return (head, "") if _NUMBERS.fullmatch(head) else ("", head)


def _moment(chat: Chat, incoming: Incoming, words: str) -> datetime | None:
    meaning = create.read(chat, words, incoming.now, only_when=True)
    if meaning.kind is Kind.NONE:
        meaning = create.read(chat, f"in {words}", incoming.now, only_when=True)
    due = meaning.due if meaning.kind is Kind.INSTANT else None
    if due is not None and not meaning.time_given:
        due = due.replace(hour=0, minute=0, second=0)
    return due if due and due > incoming.now else None


def _chosen(chat: Chat, incoming: Incoming, numbers: list[int], state: str) -> list[Reminder]:
    rows = Reminder.objects.filter(chat=chat, state=state)
    if numbers:
        rows = rows.filter(number__in=numbers)
    sender = incoming.said.sender.id
    return [row for row in rows.order_by("number")[:MOST] if may_change(chat, row, sender)]


def resume(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /resume and /resume 5."""
    numbers = numbers_in(incoming.arguments)
    steps = []
    for reminder in _chosen(chat, incoming, numbers, Reminder.State.PAUSED):
        before = undoing.snapshot(reminder)
        if changing.resume(reminder, actor=actor(incoming)):
            steps.append(undoing.restoring(reminder, before))
    return _told(chat, incoming, "reminders/resumed_all", steps, numbers=numbers)


def _told(
    chat: Chat, incoming: Incoming, template: str, steps: list[dict[str, Any]], **context: Any
) -> Reply:
    undo = [[undoing.offer(chat, incoming.said.sender.id, steps)]] if steps else []
    return Reply(
        [*show(incoming, Card(template, {"chat": chat, "count": len(steps), **context}, undo))]
    )
