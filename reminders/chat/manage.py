"""List reminders, look for some, see what is over, and delete several at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from conversations.models import Chat
from conversations.replies import Button, Reply, say
from conversations.router import Incoming
from reminders import changing
from reminders.chat import answers, finding, undoing
from reminders.chat.exchange import Card, actor, show
from reminders.chat.rights import may_change
from reminders.models import Delivery, Reminder

PAGE = 8
MOST_IN_A_ROW = 5  # buttons with numbers
FILTER_LENGTH = 30  # bytes: a filter travels in the page buttons' data
# What asks /list for what has come.
LOOK_BACK = frozenset((
    "done", "finished", "completed", "past", "erledigt", "erledigte", "fertig", "hecho", "hechos", "hechas",
    "terminado", "terminados", "fait", "faits", "faites", "terminé", "terminés", "fatto", "fatti", "fatte",
    "completati", "feito", "feitos", "feitas", "concluído", "concluídos", "сделано", "сделанные", "готово",
    "выполнено", "выполненные",
))  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Some reminders of the list under one heading: "today", "tomorrow", "week" or "later"."""

    name: str
    reminders: list[Reminder]


def show_list(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /list, /list dentist and /list done."""
    words = incoming.arguments.strip()
    if words.casefold().rstrip(".!") in LOOK_BACK:
        return _history(chat, incoming)
    return Reply([*show(incoming, list_card(chat, incoming.now, words))])


def turn_page(chat: Chat, incoming: Incoming) -> Reply:
    """Answer the page buttons of the list."""
    _, page, words = f"{incoming.said.callback_data}::".split(":", 2)
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 0
    return Reply([*show(incoming, list_card(chat, incoming.now, words.rstrip(":"), number))])


def list_card(chat: Chat, now: datetime, words: str = "", page: int = 0) -> Card:
    """Return one page of what is still to come."""
    rows = waiting(chat, words)
    count = rows.count()
    page = min(page, max(0, (count - 1) // PAGE))
    shown = list(rows[page * PAGE : (page + 1) * PAGE])
    context = {
        "chat": chat,
        "groups": _groups(shown, now, chat.timezone or "UTC"),
        "words": words,
        "count": count,
        "zone_known": bool(chat.timezone),
        "rest": max(0, count - (page + 1) * PAGE),
    }
    numbers = [Button(str(one.number), f"r1:card:{one.pk}") for one in shown]
    key = words.encode()[:FILTER_LENGTH].decode(errors="ignore")
    turns = [Button("◀", f"l1:{page - 1}:{key}")] if page else []
    if context["rest"]:
        turns.append(Button("▶", f"l1:{page + 1}:{key}"))
    # Up to five fit beside each other on a phone; more stand in two rows of about the same length.
    first = len(numbers) if len(numbers) <= MOST_IN_A_ROW else -(-len(numbers) // 2)
    rows_of_buttons = [numbers[:first], numbers[first:], turns]
    return Card("reminders/list", context, [row for row in rows_of_buttons if row])


def waiting(chat: Chat, words: str = "") -> QuerySet[Reminder]:
    """Return what is still to come, the next first, what is paused last."""
    rows = Reminder.objects.filter(chat=chat, state__in=changing.ALIVE)
    if words:
        rows = rows.filter(text__icontains=words)
    return rows.order_by("state", F("due_at").asc(nulls_last=True), "number")


def _groups(reminders: list[Reminder], now: datetime, zone: str) -> list[Group]:
    """Put reminders under headings by the day in the chat's zone."""
    today = now.astimezone(ZoneInfo(zone)).date()
    groups: dict[str, list[Reminder]] = {}
    for reminder in reminders:
        groups.setdefault(_heading(reminder, today, ZoneInfo(zone)), []).append(reminder)
    return [Group(name, found) for name, found in groups.items()]


def _heading(reminder: Reminder, today: Any, zone: ZoneInfo) -> str:
    if reminder.state == Reminder.State.PAUSED:
        return "paused"
    if reminder.due_at is None:
        return "later"
    day = reminder.due_at.astimezone(zone).date()
    if day <= today:
        return "today"
    if day == today + timedelta(days=1):
        return "tomorrow"
    return "week" if day < today + timedelta(days=7) else "later"


def _history(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /list done with the last deliveries."""
    found = Delivery.objects.filter(reminder__chat=chat).exclude(kind=Reminder.Fire.ALERT)
    rows = list(found.select_related("reminder").order_by("-claimed_at")[: PAGE * 2])
    for row in rows:
        row.local = row.claimed_at.astimezone(row.reminder.zone)  # type: ignore[attr-defined]
    return say("reminders/list_done", chat=chat, deliveries=rows)


def cancel(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /cancel: the open question, or reminders by number."""
    if not incoming.arguments and not incoming.said.reply_to_message_id:
        return answers.cancel_open(chat, incoming) or say("reminders/cancel_how")
    return delete(chat, incoming)


def delete(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /delete 2 5 99."""
    numbers = finding.meant(chat, incoming)
    if not numbers:
        return say("reminders/delete_how")
    found = {r.number: r for r in Reminder.objects.filter(chat=chat, number__in=numbers)}
    rights = {n: may_change(chat, r, incoming.said.sender.id) for n, r in found.items()}
    if None in rights.values():
        return say("checking_admins")
    done, steps = [], []
    for number in numbers:
        reminder = found.get(number)
        if reminder is None or not rights[number]:
            continue
        before = undoing.snapshot(reminder)
        if changing.cancel(reminder, actor=actor(incoming)):
            done.append(reminder)
            steps.append(undoing.restoring(reminder, before))
    gone = {reminder.number for reminder in done}
    context = {"chat": chat, "done": done, "refused": [n for n in numbers if n not in gone]}
    undo = [[undoing.offer(chat, incoming.said.sender.id, steps)]] if steps else []
    return Reply([*show(incoming, Card("reminders/deleted", context, undo))])
