"""How often to ask again where the words leave it open: as the chat prefers."""

from dataclasses import replace

from conversations.models import Chat
from reminders.chat.models import NAGGING, Preferences, preferences_of
from reminders.when.meaning import Meaning, Nag
from reminders.when.parse import NAG_EVERY


def with_profile(chat: Chat, meaning: Meaning, words: str) -> Meaning:
    """Return the meaning with the chat's way of asking again, unless the words say how often."""
    if meaning.nag is None or meaning.nag.times is not None:
        return meaning
    said = "".join(words[span.start : span.end] for span in meaning.spans if span.role == "nag")
    if meaning.nag.every != NAG_EVERY or not said or _names_interval(said):
        return meaning
    return replace(meaning, nag=Nag(*NAGGING[Preferences.Nagging(preferences_of(chat.pk).nagging)]))


def _names_interval(said: str) -> bool:
    """Whether the words of asking again say how often: a number or another word after them."""
    return any(c.isdigit() for c in said) or "every" in said.lower() or len(said.split()) > 4
