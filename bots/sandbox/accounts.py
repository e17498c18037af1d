"""Bots and people: an account comes into being the first time somebody uses it."""

import re

from bots.sandbox.errors import unauthorized, unknown_method
from bots.sandbox.models import Chat, Person, SandboxBot
from bots.sandbox.rows import fetch
from bots.sandbox.updates import note_change

_TOKEN = re.compile(r"(\d{1,15}):(\S{1,180})")
FIRST_PERSON = 700_000_001
# Where the numbers of groups begin, in the ranges Telegram uses for each kind.
FIRST_GROUP = 5_000_000
FIRST_SUPERGROUP = 1_002_000_000_000


def find_bot(token: str) -> SandboxBot:
    """Return the bot of a token, made on first use; a revoked token is refused."""
    bot = fetch(SandboxBot, token=token) or make_bot(token)
    if bot.revoked:
        raise unauthorized()
    return bot


def make_bot(token: str, *, username: str = "", first_name: str = "") -> SandboxBot:
    """Create a bot and, so that nobody starts with an empty page, a chat with it."""
    parts = _TOKEN.fullmatch(token)
    if parts is None:
        raise unknown_method()
    number = int(parts[1])
    if SandboxBot.objects.filter(pk=number).exists():
        raise unauthorized()
    bot = SandboxBot.objects.create(
        id=number,
        token=token,
        username=username or f"sandbox_{number}_bot",
        first_name=first_name or "Reminder Bot",
    )
    private_chat(bot, first_person())
    return bot


def first_person() -> Person:
    """Return the person a newcomer acts as."""
    return Person.objects.order_by("id").first() or make_person("You", username="you")


def make_person(
    first_name: str,
    *,
    last_name: str = "",
    username: str = "",
    language_code: str = "en",
    number: int | None = None,
) -> Person:
    """Create a person."""
    if number is None:
        newest = Person.objects.order_by("-id").first()
        number = max(newest.id + 1 if newest else 0, FIRST_PERSON)
    return Person.objects.create(
        id=number,
        first_name=first_name,
        last_name=last_name,
        username=username,
        language_code=language_code,
    )


def private_chat(bot: SandboxBot, person: Person) -> Chat:
    """Return the person's chat with the bot; the bot may write only after the person did."""
    chat, made = Chat.objects.get_or_create(
        bot=bot, person=person, defaults={"kind": Chat.Kind.PRIVATE, "number": person.id}
    )
    if made:
        note_change("chat", chat)
    return chat


def next_chat_number(kind: str) -> int:
    """Return a number for a new group or channel."""
    wide = kind != Chat.Kind.GROUP
    taken = Chat.objects.exclude(kind=Chat.Kind.PRIVATE)
    taken = taken.filter(kind=Chat.Kind.GROUP) if not wide else taken.exclude(kind=Chat.Kind.GROUP)
    lowest = taken.order_by("number").values_list("number", flat=True).first() or 0
    return min(lowest - 1, -(FIRST_SUPERGROUP if wide else FIRST_GROUP) - 1)
