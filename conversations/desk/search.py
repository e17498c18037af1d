"""One search box: words, with `chat:` and `state:` to narrow it down."""

import re
import shlex
from dataclasses import dataclass, field

from django.db.models import Max, Q, QuerySet

from conversations.models import Chat, Message

# Newest messages whose text is searched: bounded, so that a rare word cannot hold up the page.
SEARCHED = 50_000
_ID = re.compile(r"-?[0-9]{1,18}")
HELP = (
    f"Names and the newest {SEARCHED:,} messages. chat:@name or chat:<id>, "
    "state:failed, state:unknown, state:blocked …"
)


@dataclass
class Search:
    """A search box's content, taken apart."""

    words: list[str] = field(default_factory=list)
    chat: str = ""
    state: str = ""


def read(typed: str) -> Search:
    """Return what was typed: quoted words stay together, unknown qualifiers are words."""
    try:
        parts = shlex.split(typed[:200])
    except ValueError:  # a quote that is not closed
        parts = typed[:200].split()
    found = Search()
    for part in parts:
        name, colon, value = part.partition(":")
        if colon and value and name.lower() == "chat":
            found.chat = value.lstrip("@")
        elif colon and value and name.lower() == "state":
            found.state = value.lower()
        else:
            found.words.append(part)
    return found


def chats(rows: QuerySet[Chat], search: Search, *, readable: bool) -> QuerySet[Chat]:
    """Narrow chats down to those whose name, state or messages match."""
    if search.chat:
        rows = rows.filter(_chat(search.chat, ""))
    if search.state in Chat.State.values:
        rows = rows.filter(state=search.state)
    elif search.state == "barred":
        rows = rows.filter(barred=True)
    elif search.state:
        rows = rows.filter(pk__in=Message.objects.filter(state=search.state).values("chat"))
    for word in search.words:
        rows = rows.filter(_named(word, readable=readable))
    return rows


def _named(word: str, *, readable: bool) -> Q:
    found = Q(title__icontains=word) | Q(username__icontains=word.lstrip("@"))
    if _ID.fullmatch(word):
        found |= Q(chat_id=int(word))
    if readable:
        found |= Q(pk__in=newest().filter(_contains(word)).values("chat"))
    return found


def messages(rows: QuerySet[Message], search: Search, *, readable: bool) -> QuerySet[Message]:
    """Narrow messages down; without the right to read, only to a chat and a state."""
    if search.chat:
        rows = rows.filter(_chat(search.chat, "chat__"))
    if search.state:
        rows = rows.filter(state=search.state)
    if search.words and not readable:
        return rows.none()
    if search.words and not search.chat:
        rows = rows.filter(pk__gt=_floor())
    for word in search.words:
        rows = rows.filter(_contains(word))
    return rows


def newest() -> QuerySet[Message]:
    """Return the messages that a search without a chat looks through."""
    return Message.objects.filter(pk__gt=_floor())


def _floor() -> int:
    highest = Message.objects.aggregate(highest=Max("pk"))["highest"]
    return (highest or 0) - SEARCHED


def _contains(word: str) -> Q:
    """Match any case. SQLite folds ASCII only, so the usual spellings are tried one by one."""
    found = Q(text__icontains=word)
    if not word.isascii():
        for spelling in {word.lower(), word.upper(), word.capitalize()}:
            found |= Q(text__contains=spelling)
    return found


def _chat(name: str, path: str) -> Q:
    if _ID.fullmatch(name):
        return Q(**{f"{path}chat_id": int(name)})
    return Q(**{f"{path}username__iexact": name}) | Q(**{f"{path}title__iexact": name})
