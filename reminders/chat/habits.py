"""Learn how a person writes: somebody who writes 18:30 counts to twenty-four."""

import re

from conversations.models import Chat

_AFTERNOON = re.compile(r"(?<![0-9:.])(?:1[3-9]|2[0-3])[:h][0-5][0-9](?![0-9])")


def learn_clock(chat: Chat, words: str) -> None:
    """Note a 24-hour clock once the person has written an hour after twelve."""
    if chat.clock is None and _AFTERNOON.search(words):
        chat.clock = 24
        Chat.objects.filter(pk=chat.pk, clock=None).update(clock=24)
