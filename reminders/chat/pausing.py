"""Pause and resume: one reminder by its number, or the whole chat until a day."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from conversations.models import Chat
from conversations.replies import Reply, say
from conversations.router import Incoming
from reminders import changing
from reminders.chat import create, finding, undoing
from reminders.chat.exchange import Card, actor, show
from reminders.chat.rights import may_change
from reminders.models import Reminder
from reminders.when.meaning import Kind, Meaning

_UNTIL = re.compile(
    r"(?:^|\s)(?:until|till|til|for|bis|hasta|jusqu'[aà]u?|fino a|até|до)\s+", re.IGNORECASE
)
_NUMBERS = re.compile(r"[#0-9 ,]+")
MOST = 500


def pause(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /pause, /pause 5, /pause until friday, /pause 5 until friday, or one in answer to a message."""
    numbers, words = _parts(incoming.arguments.strip())
    meaning = _read(chat, incoming, words) if words else None
    until = _moment(meaning) if meaning else None
    if meaning and until is None:
        return say("reminders/no_time", words=words[:60])
    if until and until <= incoming.now:
        return say(
            "reminders/past", chat=chat, due=until, now=incoming.now, zone=chat.timezone or "UTC"
        )
    chosen = Chosen(chat, incoming, Reminder.State.ACTIVE, numbers)
    if chosen.unknown:
        return say("checking_admins")
    steps = []
    for reminder in chosen.reminders:
        before = undoing.snapshot(reminder)
        if changing.pause(reminder, until, actor=actor(incoming)):
            steps.append(undoing.restoring(reminder, before))
    return _told(chosen, "reminders/paused_all", steps, until=until)


def _parts(arguments: str) -> tuple[str, str]:
    """Return the numbers of reminders and the words of a time: "5 until friday", "2 hours", "5"."""
    head, *rest = _UNTIL.split(arguments, maxsplit=1)
    if rest:
        return head, rest[0]
    return (head, "") if _NUMBERS.fullmatch(head) else ("", head)


def _read(chat: Chat, incoming: Incoming, words: str) -> Meaning:
    meaning = create.read(chat, words, incoming.now, only_when=True)
    if meaning.kind is Kind.NONE:
        return create.read(chat, f"in {words}", incoming.now, only_when=True)
    return meaning


def _moment(meaning: Meaning) -> datetime | None:
    due = meaning.due if meaning.kind in {Kind.INSTANT, Kind.PAST} else None
    if due is not None and not meaning.time_given:
        due = due.replace(hour=0, minute=0, second=0)
    return due


class Chosen:
    """The reminders a command means: those with its numbers, the one it answers, or all."""

    def __init__(self, chat: Chat, incoming: Incoming, state: str, words: str) -> None:
        self.chat, self.incoming = chat, incoming
        named = replace(incoming, arguments=words)
        self.numbers = finding.meant(chat, named)
        rows = Reminder.objects.filter(chat=chat)
        rows = rows.filter(number__in=self.numbers) if self.numbers else rows.filter(state=state)
        found = list(rows.order_by("number")[:MOST])
        rights = {row.number: may_change(chat, row, incoming.said.sender.id) for row in found}
        self.unknown = bool(self.numbers) and None in rights.values()
        self.refused = [number for number in self.numbers if not rights.get(number)]
        self.reminders = [row for row in found if rights[row.number] and row.state == state]


def resume(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /resume and /resume 5."""
    chosen = Chosen(chat, incoming, Reminder.State.PAUSED, incoming.arguments)
    if chosen.unknown:
        return say("checking_admins")
    steps = []
    for reminder in chosen.reminders:
        before = undoing.snapshot(reminder)
        if changing.resume(reminder, actor=actor(incoming)):
            steps.append(undoing.restoring(reminder, before))
    return _told(chosen, "reminders/resumed_all", steps)


def _told(chosen: Chosen, template: str, steps: list[dict[str, Any]], **context: Any) -> Reply:
    chat, incoming = chosen.chat, chosen.incoming
    undo = [[undoing.offer(chat, incoming.said.sender.id, steps)]] if steps else []
    context |= {
        "chat": chat,
        "count": len(steps),
        "refused": chosen.refused,
        "all_refused": bool(chosen.refused) and len(chosen.refused) == len(chosen.numbers),
    }
    return Reply([*show(incoming, Card(template, context, undo))])
