"""What a failed call means is decided once: surely not sent, permanent, moved, or unknown."""

import httpx
import pytest
from telegram import error as ptb

from bots.errors import Verdict, sort_error


def network(cause, kind=ptb.NetworkError):
    try:
        raise kind("x") from cause
    except ptb.NetworkError as error:
        return error


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (network(httpx.ConnectError("refused")), Verdict.NOT_SENT),
        (network(httpx.ConnectTimeout("slow"), ptb.TimedOut), Verdict.NOT_SENT),
        (network(httpx.PoolTimeout("full"), ptb.TimedOut), Verdict.NOT_SENT),
        (network(httpx.ReadTimeout("slow"), ptb.TimedOut), Verdict.UNKNOWN),
        (network(httpx.ReadError("reset")), Verdict.UNKNOWN),
        (network(httpx.RemoteProtocolError("cut")), Verdict.UNKNOWN),
        (ptb.NetworkError("Bad Gateway"), Verdict.UNKNOWN),
        (ptb.TelegramError("Invalid server response"), Verdict.UNKNOWN),
        (ptb.Forbidden("bot was blocked by the user"), Verdict.CHAT_GONE),
        (ptb.Forbidden("user is deactivated"), Verdict.CHAT_GONE),
        (ptb.BadRequest("Chat not found"), Verdict.CHAT_GONE),
        (ptb.BadRequest("Can't parse entities: unsupported start tag"), Verdict.BAD_TEXT),
        (ptb.BadRequest("Message thread not found"), Verdict.NO_THREAD),
        (ptb.BadRequest("Message is not modified"), Verdict.HARMLESS),
        (ptb.BadRequest("Something else"), Verdict.REFUSED),
        (ptb.InvalidToken("Unauthorized"), Verdict.NOT_SENT),
    ],
)
def test_an_error_has_one_meaning(error, verdict):
    assert sort_error(error, elapsed=0.1).verdict is verdict


def test_a_429_says_how_long_to_wait():
    failure = sort_error(ptb.RetryAfter(12), elapsed=0.2)
    assert (failure.verdict, failure.retry_after) == (Verdict.NOT_SENT, 12)


def test_a_late_429_may_hide_an_accepted_send():
    assert sort_error(ptb.RetryAfter(8), elapsed=7.5).verdict is Verdict.UNKNOWN


def test_a_moved_group_names_its_new_id():
    failure = sort_error(ptb.ChatMigrated(-1009), elapsed=0.1)
    assert (failure.verdict, failure.new_chat_id) == (Verdict.MIGRATED, -1009)


@pytest.mark.parametrize(
    ("error", "is_5xx"),
    [
        (ptb.NetworkError("Bad Gateway"), True),
        (network(ptb.TelegramError("Invalid server response")), True),
        (network(httpx.ReadError("reset")), False),
        (network(httpx.ReadTimeout("slow"), ptb.TimedOut), False),
        (ptb.TelegramError("Invalid server response"), False),
    ],
)
def test_an_answer_of_a_server_in_between_is_told_from_silence(error, is_5xx):
    assert sort_error(error, 1.0).is_5xx is is_5xx
