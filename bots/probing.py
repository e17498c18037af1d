"""Ask Telegram whether a message id exists and is ours, by a call that only reads.

`stopMessageLiveLocation` on anything that is no live location changes nothing and fails with one of
three texts (tdlib/telegram-bot-api, Client.cpp; tdlib/td, MessagesManager: the content is checked
before any edit is made). The product sends no live locations, so nothing can be stopped by it.
"""

from enum import StrEnum

from bots.errors import CallError, Verdict
from bots.telegram import Line

METHOD = "stopMessageLiveLocation"
PAUSE = 0.2  # seconds between probes: five a second at most
ABSURD_ID = 2**31 - 1  # far above any id that a chat has handed out

_TEXTS = (
    ("there is no live location in the message to edit", "own"),
    ("message can't be edited", "foreign"),
    ("message to edit not found", "absent"),
)


class Sight(StrEnum):
    """What an id turned out to be."""

    OWN = "own"
    FOREIGN = "foreign"
    ABSENT = "absent"
    NO_ANSWER = "no answer"
    UNEXPECTED = "unexpected"  # the texts have changed, or something was stopped: do not go on


async def look(line: Line, chat_id: int, message_id: int) -> Sight:
    """Return what the id is in this chat."""
    try:
        await line.call(METHOD, {"chat_id": chat_id, "message_id": message_id})
    except CallError as error:
        failure = error.failure
        text = failure.text.lower()
        for phrase, sight in _TEXTS:
            if phrase in text:
                return Sight(sight)
        silent = failure.verdict in {Verdict.NOT_SENT, Verdict.UNKNOWN}
        return Sight.NO_ANSWER if silent else Sight.UNEXPECTED
    return Sight.UNEXPECTED
