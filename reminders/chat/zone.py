"""The chat's time zone: shown, and set by its IANA name or its city."""

import unicodedata
from functools import cache
from zoneinfo import available_timezones

from django.utils import timezone

from conversations.models import Chat
from conversations.replies import Reply, say
from conversations.router import Incoming


def find_zones(words: str) -> list[str]:
    """Return the IANA zones whose name or city is meant, the likeliest first; empty if none is."""
    wanted = _plain(words)
    if not wanted or len(wanted) > 64:
        return []
    names = _names()
    if wanted in names:
        return [names[wanted]]
    return sorted({zone for name, zone in names.items() if name.rpartition("/")[2] == wanted})


@cache
def _names() -> dict[str, str]:
    return {_plain(zone): zone for zone in available_timezones() if "/" in zone or zone == "UTC"}


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words).casefold()
    return "".join(c for c in letters if not unicodedata.combining(c)).strip().replace(" ", "_")


def show_or_set(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /timezone: show it without words, set it with a city or an IANA name."""
    if not incoming.arguments:
        return say("reminders/zone", chat=chat, now=timezone.now())
    zones = find_zones(incoming.arguments)
    if not zones:
        return say("reminders/zone_unknown", words=incoming.arguments[:60])
    chat.timezone = zones[0]
    chat.save(update_fields=["timezone"])
    return say("reminders/zone", chat=chat, now=timezone.now(), is_set=True)
