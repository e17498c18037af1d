"""Take commands said in plain words: "delete 3", "snooze 1h", "done", "move the exam to friday 10", "help"."""

import re
from collections.abc import Callable
from dataclasses import replace

from conversations.models import Chat
from conversations.replies import Reply, say
from conversations.router import Handler, Incoming, router
from reminders.chat import (
    acting,
    create,
    delivered,
    edit,
    finding,
    manage,
    spoken_words,
    takingback,
)
from reminders.chat.exchange import show
from reminders.models import Reminder
from reminders.when.meaning import Kind

LONGEST = 200  # characters of a command; more is something to be reminded of

_NUMBER = r"[#№]?\d{1,8}"
_NUMBERS = re.compile(rf"{_NUMBER}(?:[\s,;&]+(?:(?:{spoken_words.AND})\s+)?{_NUMBER})*[\s,;]*")
_PLEASE = re.compile(rf"(?:{spoken_words.PLEASE})[\s,]+", re.IGNORECASE)


def take_text(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take a command said in plain words in a private chat; None for any other words."""
    words = _PLEASE.sub("", " ".join(incoming.arguments.split()), count=1).strip(" .!?¿¡")
    if incoming.command or not chat.is_private or not words or len(words) > LONGEST:
        return None
    if words.casefold() in spoken_words.DONE:
        return _done(chat, incoming)
    for name, pattern in spoken_words.WHOLE.items():
        if _matches(pattern, words):
            return _WHOLE.get(name, _command(name))(chat, _with(incoming, ""))
    for name, verbs in spoken_words.VERBS.items():
        if match := re.fullmatch(rf"(?:{verbs})(?:\s+(.*))?", words, re.IGNORECASE):
            return _WITH_WORDS[name](chat, incoming, match[1] or "")
    return None


def _command(name: str) -> Handler:
    """Return what answers a slash command, whichever app it is of."""
    return lambda chat, incoming: router.commands[name].handler(chat, incoming)


def _matches(pattern: str, words: str) -> bool:
    return re.fullmatch(pattern, words, re.IGNORECASE) is not None


def _with(incoming: Incoming, arguments: str) -> Incoming:
    return replace(incoming, arguments=arguments)


def _done(chat: Chat, incoming: Incoming) -> Reply | None:
    """Mark done what came last and is still open."""
    delivery = finding.last_open(chat, incoming.now)
    if delivery is None:
        return say("reminders/done_nothing")
    return delivered.done(chat, incoming, delivery)


def _stop(chat: Chat, incoming: Incoming) -> Reply:
    """Ask no more about what came last; with nothing being asked, say what there is to say."""
    delivery = finding.last_open(chat, incoming.now)
    if delivery is None or not delivery.reminder.nag_every:
        return router.commands["help"].handler(chat, incoming)
    return delivered.stop(chat, incoming, delivery)


def _delete(chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    """Delete by numbers, or what the words name; several that fit are listed."""
    named = _name(words)
    if _NUMBERS.fullmatch(named):
        return manage.delete(chat, _with(incoming, re.sub(r"\D+", " ", named)))
    if not named or _matches(spoken_words.ALL, words):
        return say("reminders/delete_how") if words else None
    found = finding.by_words(chat, named)
    meaning = create.read(chat, named, incoming.now)
    if meaning.kind is not Kind.NONE:
        if not re.search(rf"\b(?:{spoken_words.NOUN})\b", words, re.IGNORECASE):
            return None  # "cancel the gym tomorrow 9" is something to be reminded of
        named = _name(meaning.subject)  # "delete my 10am reminder"
        due = meaning.due if meaning.kind is Kind.INSTANT else None
        found = finding.by_words(chat, named) if named else finding.due_at(chat, due)
    if len(found) == 1 and found[0].text.casefold() == named.casefold():
        return manage.delete(chat, _with(incoming, str(found[0].number)))
    return _choose(chat, incoming, found, named)


def _choose(chat: Chat, incoming: Incoming, found: list[Reminder], words: str) -> Reply | None:
    """Show what can be done with the one that fits, or all that fit."""
    if not found:
        return None
    card = acting.card_of(chat, found[0])
    if len(found) > 1:
        card = manage.list_card(chat, incoming.now, words)
    return Reply([*show(incoming, card)])


def _name(words: str) -> str:
    """Return the words without articles, and without the noun reminder around them."""
    rest = re.sub(
        rf"^(?:(?:{spoken_words.ARTICLE})\s+|l['’])+", "", f"{words} ", flags=re.IGNORECASE
    ).strip()
    bare = re.sub(
        rf"^(?:{spoken_words.NOUN})\b\s*|\s*\b(?:{spoken_words.NOUN})$",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    if bare != rest:
        bare = re.sub(rf"^(?:{spoken_words.ABOUT})\s+", "", bare)
    return bare.strip()


def _pause(chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    return _all_or_numbers("pause", chat, incoming, words)


def _resume(chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    return _all_or_numbers("resume", chat, incoming, words)


def _all_or_numbers(command: str, chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    """Pause or resume everything, or by numbers; "pause the film at 9" is something else."""
    rest = re.sub(rf"^(?:{spoken_words.ALL})\b\s*", "", _name(words), flags=re.IGNORECASE)
    head = re.split(rf"\b(?:{spoken_words.UNTIL})", rest, maxsplit=1)[0].strip()
    if head and not _NUMBERS.fullmatch(head):
        return None
    return router.commands[command].handler(chat, _with(incoming, rest))


def _snooze(chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    """Put off what came last, where only a time follows."""
    rest = re.sub(rf"^{spoken_words.IT}", "", words, flags=re.IGNORECASE)
    meaning = create.read(chat, rest, incoming.now) if rest else None
    if meaning and (meaning.subject or meaning.kind is Kind.NONE):
        return None
    return router.commands["snooze"].handler(chat, _with(incoming, rest))


def _move(chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    """Give the one that the words name another time."""
    for match in re.finditer(rf"\s(?:{spoken_words.TO})\s", words, re.IGNORECASE):
        named, when = _name(words[: match.start()]), words[match.end() :]
        if number := re.fullmatch(r"#?(\d{1,8})", named):
            reminder = finding.by_number(chat, int(number[1]))
            return edit.change(chat, incoming, reminder, when) if reminder else None
        found = finding.by_words(chat, named)
        if not found:
            continue
        meaning = create.read(chat, when, incoming.now, only_when=True)
        if meaning.kind is Kind.NONE or create.read(chat, when, incoming.now).subject:
            continue
        if len(found) > 1:
            return _choose(chat, incoming, found, named)
        return edit.change(chat, incoming, found[0], when)
    return None


_WHOLE: dict[str, Handler] = {"undo": takingback.last, "stop": _stop}
_WITH_WORDS: dict[str, Callable[[Chat, Incoming, str], Reply | None]] = {
    "delete": _delete,
    "pause": _pause,
    "resume": _resume,
    "snooze": _snooze,
    "move": _move,
}
