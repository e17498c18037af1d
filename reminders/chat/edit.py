"""Edit a reminder: by editing the message it came from, by /edit, by its number, or by buttons."""

import re
from dataclasses import replace

from bots.text import without_turns
from conversations.models import Chat
from conversations.replies import Button, Reply, say, toast
from conversations.router import Incoming, split_command
from reminders.chat import beside, changes, create, drafts, finding, labels, questions
from reminders.chat.cards import basics
from reminders.chat.exchange import Card, Exchange, numbers_in
from reminders.chat.models import Draft
from reminders.chat.rights import may_change, refusal
from reminders.chat.subjects import joined, original_words, shortened, without_me
from reminders.creating import Wish
from reminders.models import Reminder
from reminders.retiming import at_time_of, is_time_only
from reminders.when.meaning import Kind, Meaning

MOST_OFFERED = 9  # buttons, where several are named at once

_CHANGE = re.compile(
    r"(?:change|move|reschedule|edit) +#?([0-9]{1,8}) +(?:to +)?(.+)", re.IGNORECASE | re.DOTALL
)
_NUMBERED = re.compile(r"#?([0-9]{1,8}) +(?:to +)?(.+)", re.DOTALL)


def take_edit(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take an edited message: the reminder made from it changes, an open question starts again."""
    said = incoming.said
    command, words = split_command(without_turns(said.text), chat.bot.username)
    is_for_another = not command and words.startswith("/")
    if command not in {"", "remind"} or is_for_another or not (chat.is_private or command):
        return Reply()
    words = without_me(words) if command else words
    reminder = finding.about(chat, said.message_id)
    if reminder is not None:
        return _edited(chat, incoming, reminder, words)
    for draft in drafts.open_drafts(chat, said.sender.id):
        if draft.wish.get("source_message_id") == said.message_id:
            effects = questions.leave(draft)
            return Reply([*effects, *create.make(chat, incoming, words).effects])
    return Reply()


def _edited(chat: Chat, incoming: Incoming, reminder: Reminder, words: str) -> Reply:
    if not words.strip() or not may_change(chat, reminder, incoming.said.sender.id):
        return Reply()
    meaning = create.read(chat, words, incoming.now)
    if meaning.kind is Kind.NONE:
        card = changes.changed(chat, incoming, reminder, text=shortened(words))
        return changes.answer(incoming, card)
    return create.conclude(_exchange(chat, incoming, reminder, words), meaning)


def _exchange(chat: Chat, incoming: Incoming, reminder: Reminder, words: str) -> Exchange:
    wish = Wish(text="", creator_id=reminder.creator_id, request_id=incoming.request_id)
    return Exchange(chat, incoming, wish, words, incoming.now, reminder=reminder)


def command(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /edit: with a number, or as an answer to a message, and perhaps the new time or words."""
    match = _NUMBERED.fullmatch(incoming.arguments) or re.fullmatch(
        r"#?([0-9]{1,8})()", incoming.arguments
    )
    replied = incoming.said.reply_to_message_id
    if not replied and len(numbers := _only_numbers(incoming.arguments)) > 1:
        return _which_first(chat, incoming, numbers)
    if replied:
        reminder, words = finding.about(chat, replied), incoming.arguments
    elif match:
        reminder, words = finding.by_number(chat, int(match[1])), match[2]
    else:
        return say("reminders/edit_how")
    return change(chat, incoming, reminder, words)


def _only_numbers(words: str) -> list[int]:
    """Return the reminders in "1 2 3", "#1 #2" or "1, 2"; none in "1 10", which is a new hour."""
    numbers = numbers_in(words)
    named = len(numbers) > 2 or words.count("#") > 1 or "," in words
    return numbers if named and len(numbers) == len(words.replace(",", " ").split()) else []


def _which_first(chat: Chat, incoming: Incoming, numbers: list[int]) -> Reply:
    """Say that they are changed one by one, and offer each of them."""
    found = {number: finding.by_number(chat, number) for number in dict.fromkeys(numbers)}
    buttons = [
        Button(f"#{number}", f"r1:edit:{reminder.pk}")
        for number, reminder in found.items()
        if reminder
    ]
    if not buttons:
        return say("reminders/not_found")
    context = {"number": buttons[0].label.removeprefix("#")}
    return Reply(
        [Card("reminders/edit_one", context, questions.packed(buttons[:MOST_OFFERED])).say()]
    )


def take_change(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take "change 42 to friday 10"."""
    match = _CHANGE.fullmatch(incoming.arguments) if not incoming.command else None
    if match is None or not chat.is_private:
        return None
    reminder = finding.by_number(chat, int(match[1]))
    return change(chat, incoming, reminder, match[2]) if reminder else None


def take_reply(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take a time written in answer to a confirmation as its new time."""
    said = incoming.said
    if incoming.command or not (said.reply_to_own and said.reply_to_message_id):
        return None
    reminder = finding.about(chat, said.reply_to_message_id)
    if reminder is None or not may_change(chat, reminder, said.sender.id):
        return None
    meaning = create.read(chat, incoming.arguments, incoming.now, only_when=True)
    return (
        None
        if meaning.kind is Kind.NONE
        else change(chat, incoming, reminder, incoming.arguments, named=False)
    )


def change(
    chat: Chat, incoming: Incoming, reminder: Reminder | None, words: str, *, named: bool = True
) -> Reply:
    """Give a reminder the time in the words; other words are its text or, if it was not named, added."""
    if reminder is None:
        return say("reminders/not_found")
    if template := refusal(chat, reminder, incoming.said.sender.id):
        return say(template, reminder=reminder)
    if not words:
        return Reply([edit_card(chat, reminder).say()])
    exchange = _exchange(chat, incoming, reminder, words)
    meaning = create.read(chat, words, incoming.now, only_when=True)
    if named:  # "/edit 3 friday 10:00 dentist" says what it is to be called, too
        text = shortened(create.read(chat, words, incoming.now).subject)
    else:
        added = beside.words_beside(chat, incoming, words, meaning)
        text = joined(reminder.text, added) if added else ""
    exchange = replace(exchange, wish=replace(exchange.wish, text=text))
    return retimed(exchange, reminder, meaning)


def retimed(exchange: Exchange, reminder: Reminder, meaning: Meaning) -> Reply:
    """Give the reminder the time that was read; words without a time are its new text."""
    if meaning.kind is Kind.NONE:
        text = shortened(exchange.words)
        return changes.answer(
            exchange.incoming,
            changes.changed(exchange.chat, exchange.incoming, reminder, text=text),
        )
    if is_time_only(meaning) and not reminder.rules and meaning.kind in {Kind.INSTANT, Kind.PAST}:
        moved = at_time_of(reminder, meaning, exchange.incoming.now)
        meaning = (
            replace(meaning, due=moved.astimezone(reminder.zone), kind=Kind.INSTANT)
            if moved
            else meaning
        )
    return create.conclude(exchange, replace(meaning, subject=""))


def edit_card(chat: Chat, reminder: Reminder) -> Card:
    """Return what can be edited by buttons."""
    pk = reminder.pk
    buttons = [
        [Button(labels.time(), f"r1:time:{pk}"), Button(labels.text(), f"r1:text:{pk}")],
        [Button(labels.delete(), f"r1:del:{pk}"), Button(labels.back(), f"r1:card:{pk}")],
    ]
    return Card("reminders/edit", basics(chat, reminder), buttons, tag=f"reminder:{pk}")


def ask_time(chat: Chat, incoming: Incoming, reminder: Reminder) -> Reply:
    """Ask for the new time."""
    card = Card("reminders/new_time", basics(chat, reminder))
    options: questions.Options = []
    exchange = _exchange(chat, incoming, reminder, "")
    return questions.question(exchange, _with_cancel(card), options, awaiting=Draft.Awaiting.TIME)


def ask_text(chat: Chat, incoming: Incoming, reminder: Reminder) -> Reply:
    """Ask for the new words."""
    card = Card("reminders/new_text", basics(chat, reminder))
    exchange = _exchange(chat, incoming, reminder, "")
    return questions.question(exchange, _with_cancel(card), [], awaiting=Draft.Awaiting.TEXT)


def _with_cancel(card: Card) -> Card:
    return replace(card, buttons=[[Button(labels.cancel(), "x")]])


def ignore_span(chat: Chat, incoming: Incoming, reminder: Reminder, rest: list[str]) -> Reply:
    """Read the original words again with one piece protected: it is not the time."""
    words = original_words(chat, reminder)
    start, end = (int(part) if part.isdigit() else 0 for part in (*rest, "", "")[:2])
    piece = words[start:end]
    if not piece.strip():
        return toast("reminders/toast_gone")
    guarded = f'{words[:start]}"{piece}"{words[end:]}'
    meaning = create.read(chat, guarded, incoming.now)
    meaning = replace(meaning, subject=meaning.subject.replace(f'"{piece}"', piece))
    if meaning.kind is Kind.NONE:
        return ask_time(chat, incoming, reminder)
    return create.conclude(_exchange(chat, incoming, reminder, guarded), meaning)
