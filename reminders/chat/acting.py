"""Answer the buttons that belong to a reminder as a whole: its card, pause, skip, delete, urgency."""

from collections.abc import Callable
from datetime import datetime

from conversations.models import Chat
from conversations.replies import Button, Change, Reply, Toast, toast
from conversations.router import Incoming
from reminders import changing, completing
from reminders.chat import cards, changes, edit, finding, history, labels, undoing
from reminders.chat.exchange import Card, actor, show
from reminders.chat.models import NAGGING, Preferences, preferences_of
from reminders.chat.rights import refusal
from reminders.models import Reminder
from reminders.when.meaning import Kind, Meaning, Span

USELESS_AFTER = (900, 1800, 3600, None)  # seconds, in the order a press goes round
ALIVE = changing.ALIVE


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer a press of a button on a reminder; what has ended says so."""
    _, verb, pk, *rest = f"{incoming.said.callback_data}:::".split(":")
    reminder, handler = finding.by_pk(chat, pk), _VERBS.get(verb)
    if reminder is None or handler is None:
        return Reply([Toast("reminders/toast_gone"), Change(incoming.said.message_id)])
    if template := refusal(chat, reminder, incoming.said.sender.id):
        return toast(template, reminder=reminder)
    if reminder.state == Reminder.State.CANCELLED and verb not in {"why", "card"}:
        return Reply(
            [Toast("reminders/toast_deleted"), *undoing.without_old_buttons(chat, incoming)]
        )
    return handler(chat, incoming, reminder, rest)


Act = Callable[[Chat, Incoming, Reminder, list[str]], Reply]


def card_of(chat: Chat, reminder: Reminder) -> Card:
    """Return the reminder's card with everything that can be done with it."""
    return Card(
        "reminders/card",
        cards.basics(chat, reminder, **cards.outlook(reminder)),
        _buttons(reminder)
        if reminder.state in ALIVE
        else [[_button("why", labels.why(), reminder), _to_list()]],
        tag=f"reminder:{reminder.pk}",
    )


def _to_list() -> Button:
    return Button(labels.back_to_list(), "l1:0:")


def _button(verb: str, label: str, reminder: Reminder) -> Button:
    return Button(label, f"r1:{verb}:{reminder.pk}")


def _buttons(reminder: Reminder) -> list[list[Button]]:
    paused = reminder.state == Reminder.State.PAUSED
    toggle = (
        _button("resume", labels.resume(), reminder)
        if paused
        else _button("pause", labels.pause(), reminder)
    )
    nag = labels.nag_off() if reminder.nag_every else labels.nag_on()
    rows = [
        [_button("time", labels.time(), reminder), _button("text", labels.text(), reminder)],
        [toggle, _button("del", labels.delete(), reminder)],
        [
            _button("nag", nag, reminder),
            _button("late", labels.useless(reminder.useless_after), reminder),
        ],
        [_button("why", labels.why(), reminder), _to_list()],
    ]
    if reminder.rules and not paused and (due := reminder.local_due):
        rows.insert(1, [_button("skip", labels.skip_next(due, reminder.chat.clock), reminder)])
    return rows


def _show_card(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    return Reply([*show(incoming, card_of(chat, reminder))])


def _edit(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    return Reply([*show(incoming, edit.edit_card(chat, reminder))])


def _five(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    context = cards.basics(chat, reminder, **cards.outlook(reminder, 5))
    buttons = [
        [_button("edit", labels.edit(), reminder), _button("del", labels.delete(), reminder)]
    ]
    return Reply([*show(incoming, Card("reminders/set", context, buttons))])


def _changed(chat: Chat, incoming: Incoming, reminder: Reminder, before: dict[str, object], template: str,
             **more: object) -> Reply:  # fmt: skip
    """Show what became of the reminder, with a way back."""
    reminder.chat = chat
    undo = undoing.offer(chat, incoming.said.sender.id, [undoing.restoring(reminder, before)])
    context = cards.basics(chat, reminder, **more)
    buttons = [[undo, _button("card", labels.back(), reminder)]]
    return Reply([*show(incoming, Card(template, context, buttons))])


def _over(chat: Chat, incoming: Incoming, reminder: Reminder) -> Reply:
    context = {"chat": chat, "reminder": reminder}
    return Reply(
        [Toast("reminders/toast_over", context), *undoing.without_old_buttons(chat, incoming)]
    )


def _pause(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    before = undoing.snapshot(reminder)
    if reminder.state != Reminder.State.ACTIVE or not changing.pause(
        reminder, actor=actor(incoming)
    ):
        return _over(chat, incoming, reminder)
    return _changed(chat, incoming, reminder, before, "reminders/paused")


def _resume(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    before = undoing.snapshot(reminder)
    if not changing.resume(reminder, actor=actor(incoming)):
        return _over(chat, incoming, reminder)
    return _changed(chat, incoming, reminder, before, "reminders/resumed")


def _skip(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    before = undoing.snapshot(reminder)
    skipped = completing.skip_next(reminder, actor=actor(incoming))
    if skipped is None:
        return _over(chat, incoming, reminder)
    local = skipped.astimezone(reminder.zone)
    return _changed(chat, incoming, reminder, before, "reminders/skip_next", skipped=local)


def _delete(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    before = undoing.snapshot(reminder)
    if not changing.cancel(reminder, actor=actor(incoming)):
        return _over(chat, incoming, reminder)
    undo = undoing.offer(chat, incoming.said.sender.id, [undoing.restoring(reminder, before)])
    context = {"chat": chat, "done": [reminder], "refused": []}
    return Reply([*show(incoming, Card("reminders/deleted", context, [[undo]]))])


def _urgent(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    before = undoing.snapshot(reminder)
    if not completing.set_urgent(reminder, actor=actor(incoming)):
        return _over(chat, incoming, reminder)
    return _changed(chat, incoming, reminder, before, "reminders/urgent", nags=cards.nags(reminder))


def _nag(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    profile = Preferences.Nagging(preferences_of(chat.pk).nagging)
    every, times = (None, None) if reminder.nag_every else NAGGING[profile]
    completing.set_nagging(reminder, every, times, actor=actor(incoming))
    return _show_card(chat, incoming, reminder, rest)


def _late(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    known = reminder.useless_after if reminder.useless_after in USELESS_AFTER else None
    following = USELESS_AFTER[(USELESS_AFTER.index(known) + 1) % len(USELESS_AFTER)]
    completing.set_useless_after(reminder, following, actor=actor(incoming))
    return _show_card(chat, incoming, reminder, rest)


def _keep(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    if not completing.keep(reminder, actor=actor(incoming)):
        return _over(chat, incoming, reminder)
    return Reply([Toast("reminders/toast_kept"), Change(incoming.said.message_id)])


def _evening(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    return _move(chat, incoming, reminder, cards.shifted(reminder))


def _to(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    clock, due = rest[0], reminder.local_due
    if due is None or not (
        len(clock) == 4 and clock.isascii() and clock.isdigit() and clock < "2400"
    ):
        return _over(chat, incoming, reminder)
    return _move(chat, incoming, reminder, due.replace(hour=int(clock[:2]), minute=int(clock[2:])))


def _move(chat: Chat, incoming: Incoming, reminder: Reminder, due: datetime) -> Reply:
    """Move to another time of day; a series moves as a whole."""
    if reminder.state not in ALIVE or (due <= incoming.now and not reminder.rules):
        return _over(chat, incoming, reminder)
    meaning = Meaning(Kind.INSTANT, "", due, spans=(Span(0, 0, "time"),))
    return changes.answer(incoming, changes.changed(chat, incoming, reminder, meaning=meaning))


_VERBS: dict[str, Act] = {
    "card": _show_card,
    "edit": _edit,
    "five": _five,
    "pause": _pause,
    "resume": _resume,
    "skip": _skip,
    "del": _delete,
    "end": _delete,
    "urgent": _urgent,
    "nag": _nag,
    "late": _late,
    "keep": _keep,
    "pm": _evening,
    "to": _to,
    "time": lambda chat, incoming, reminder, rest: edit.ask_time(chat, incoming, reminder),
    "text": lambda chat, incoming, reminder, rest: edit.ask_text(chat, incoming, reminder),
    "not": edit.ignore_span,
    "why": lambda chat, incoming, reminder, rest: history.shown(chat, incoming, reminder),
}
