"""One search box: words, with `chat:` and `state:` to narrow it down."""

import re
import shlex
from dataclasses import dataclass, field

from django.db.models import Max, Q, QuerySet

from bots.states import state_in
from conversations.desk.filters import TROUBLE
from conversations.desk.folding import says
from conversations.models import Chat, Message

# Newest messages whose text is searched: bounded, so that a rare word cannot hold up the page.
SEARCHED = 50_000
MOST_HEARD = 5_000  # messages with a word: enough to find who is meant
MOST_CHATS = 200  # of the same name, when a message is looked for in them
WAITING = ("queued", "sending")
_ID = re.compile(r"-?[0-9]{1,18}")
NARROW = "Narrow it down with chat:@name, chat:<id>, state:failed"
REACH = f"Words are looked for in the newest {SEARCHED:,} messages."


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
        rows = rows.filter(_chat(search.chat))
    if search.state in Chat.State.values:
        rows = rows.filter(state=search.state)
    elif search.state == "barred":
        rows = rows.filter(barred=True)
    elif search.state:
        rows = rows.filter(pk__in=_in_state(search.state).values("chat"))
    for word in search.words:
        rows = rows.filter(_named(word, readable=readable))
    return rows


def _named(word: str, *, readable: bool) -> Q:
    found = says("title", word) | says("username", word.lstrip("@"))
    if _ID.fullmatch(word):
        found |= Q(chat_id=int(word))
    if readable:
        found |= Q(pk__in=_heard(word))
    return found


def _heard(word: str) -> set[int]:
    """Return the chats of the newest messages with a word; looked up once for count and page."""
    rows = newest().filter(says("text", word)).order_by("-pk")
    return set(rows.values_list("chat_id", flat=True)[:MOST_HEARD])


def _in_state(state: str) -> QuerySet[Message]:
    """Return the messages in a state: all of the few that went wrong or wait, else the newest."""
    for few in (TROUBLE, WAITING):
        if state in few:
            return Message.objects.filter(state_in(*few), state=state)
    return newest().filter(state=state)


def messages(rows: QuerySet[Message], search: Search, *, readable: bool) -> QuerySet[Message]:
    """Narrow messages down; without the right to read, only to a chat and a state."""
    if search.chat:
        rows = rows.filter(chat__in=_found(search.chat))
    if search.state:
        rows = rows.filter(state=search.state)
    if search.words and not readable:
        return rows.none()
    if search.words and not search.chat:
        rows = rows.filter(pk__gt=_floor())
    for word in search.words:
        rows = rows.filter(says("text", word))
    return rows


def newest() -> QuerySet[Message]:
    """Return the messages that a search without a chat looks through."""
    return Message.objects.filter(pk__gt=_floor())


def _floor() -> int:
    highest = Message.objects.aggregate(highest=Max("pk"))["highest"]
    return (highest or 0) - SEARCHED


def _chat(name: str) -> Q:
    if _ID.fullmatch(name):
        return Q(chat_id=int(name))
    return Q(username__iexact=name) | Q(title__iexact=name)


def _found(name: str) -> list[int]:
    """Return the chats of that name, looked up first: their messages are then read by index."""
    return list(Chat.objects.filter(_chat(name)).values_list("pk", flat=True)[:MOST_CHATS])
