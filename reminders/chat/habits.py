"""Learn how a person writes: somebody who writes 18:30 counts to twenty-four."""

import re
from datetime import datetime

from conversations.models import Chat

_HALF_OPEN = re.compile(
    r"(?<![0-9:.])0?([1-9]|1[01])[:h][0-5][0-9](?![0-9])(?!\s*[ap]\.?m)", re.IGNORECASE
)
_AFTERNOON = re.compile(r"(?<![0-9:.])(?:1[3-9]|2[0-3])[:h][0-5][0-9](?![0-9])")


def learn_clock(chat: Chat, words: str) -> None:
    """Note a 24-hour clock once the person has written an hour after twelve."""
    if chat.clock is None and _AFTERNOON.search(words):
        _count_to_24(chat)


def learn_from_choice(chat: Chat, words: str, chosen: datetime) -> None:
    """Note a 24-hour clock once 9:00, asked about, turned out to be 9 in the morning."""
    hours = {int(hour) for hour in _HALF_OPEN.findall(words)}
    if chat.clock is None and hours == {chosen.hour}:
        _count_to_24(chat)


def _count_to_24(chat: Chat) -> None:
    chat.clock = 24
    Chat.objects.filter(pk=chat.pk, clock=None).update(clock=24)
