"""What an answer of Telegram, or the lack of one, means for a message: sorted once, here."""

from dataclasses import dataclass
from enum import StrEnum

import httpx
from telegram import error as ptb

# Refusals that will not change by trying again (texts of the Bot API server, lower case).
_CHAT_IS_GONE = (
    "chat not found", "bot was blocked by the user", "user is deactivated", "bot was kicked",
    "bot is not a member", "bot can't initiate conversation", "peer_id_invalid", "user_is_blocked",
    "chat_write_forbidden", "have no rights to send", "not enough rights to send", "group chat was deactivated",
    "the group has been deleted", "need administrator rights in the channel",
)  # fmt: skip
_BAD_TEXT = (
    "can't parse entities",
    "can't parse message text",
    "entity_bounds_invalid",
    "entities_too_long",
)
_ALREADY_SO = ("message is not modified",)
_NOTHING_LEFT = (
    "message to edit not found", "message can't be edited", "message to delete not found",
    "query is too old", "query_id_invalid", "message_id_invalid", "message can't be deleted",
)  # fmt: skip
_NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted")

# A 429 this many seconds after the request may hide an accepted send: the Bot API server had been
# retrying inside (tdlib, NetQueryDelayer).
LATE_429_SECONDS = 7.0


class Verdict(StrEnum):
    """What became of a call, as far as its failure tells."""

    NOT_SENT = "not_sent"  # surely not: try again later
    CHAT_GONE = "chat_gone"  # permanent: blocked, deactivated, kicked
    REFUSED = "refused"  # permanent, but only this message
    MIGRATED = "migrated"  # follow the chat's new id
    BAD_TEXT = "bad_text"  # send it plain
    NO_THREAD = "no_thread"  # the topic is closed or gone
    HARMLESS = "harmless"  # an edit that was already so, or whose target is gone
    UNKNOWN = "unknown"  # the request left and no answer tells what happened


@dataclass(frozen=True)
class Failure:
    """A failed call to Telegram, sorted. `retry_after` is in seconds.

    `away`: nothing of Telegram itself answered; `is_5xx`: but a server before it did, with an error.
    """

    verdict: Verdict
    text: str
    retry_after: float = 0.0
    new_chat_id: int = 0
    away: bool = False
    is_5xx: bool = False


class CallError(Exception):
    """A call to Telegram failed; `failure` says what that means."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.verdict}: {failure.text}")
        self.failure = failure


def sort_error(error: ptb.TelegramError, elapsed: float) -> Failure:
    """Return what an error means; `elapsed` is the time since the request began, in seconds."""
    text = str(error)[:300]
    match error:
        case ptb.RetryAfter():
            wait = error.retry_after
            seconds = float(wait if isinstance(wait, int | float) else wait.total_seconds())
            late = elapsed >= LATE_429_SECONDS
            return Failure(Verdict.UNKNOWN if late else Verdict.NOT_SENT, text, retry_after=seconds)
        case ptb.ChatMigrated():
            return Failure(Verdict.MIGRATED, text, new_chat_id=error.new_chat_id)
        case ptb.InvalidToken():
            return Failure(
                Verdict.NOT_SENT, "Telegram does not accept the bot's token", retry_after=60
            )
        case ptb.BadRequest() | ptb.Forbidden():
            return Failure(
                _sort_refusal(text.lower(), forbidden=isinstance(error, ptb.Forbidden)), text
            )
        case ptb.NetworkError():  # TimedOut is one of them
            return _sort_network(error, text)
    return Failure(Verdict.UNKNOWN, text)


def _sort_refusal(text: str, *, forbidden: bool) -> Verdict:
    for phrases, verdict in (
        (_CHAT_IS_GONE, Verdict.CHAT_GONE),
        (_BAD_TEXT, Verdict.BAD_TEXT),
        (_NO_THREAD, Verdict.NO_THREAD),
        (_ALREADY_SO + _NOTHING_LEFT, Verdict.HARMLESS),
    ):
        if any(phrase in text for phrase in phrases):
            return verdict
    return Verdict.CHAT_GONE if forbidden else Verdict.REFUSED


def _sort_network(error: ptb.NetworkError, text: str) -> Failure:
    """Only a connection that was never made proves that nothing was sent; a 5xx does not."""
    cause = error.__cause__
    unsent = httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
    if isinstance(cause, unsent):
        return Failure(Verdict.NOT_SENT, text, retry_after=1.0, away=True)
    # PTB names no cause, or the page that is no JSON, where it made the error out of a status.
    is_5xx = cause is None or isinstance(cause, ptb.TelegramError)
    is_5xx = is_5xx and not isinstance(error, ptb.TimedOut)
    return Failure(Verdict.UNKNOWN, text, away=True, is_5xx=is_5xx)
