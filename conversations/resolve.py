"""Find out what became of a send whose answer was lost: the id it must have, if it arrived, is looked at.

The procedure, its proofs and its limits are in docs/lost-answers.md. Every step is written into the
attempt. Nothing here writes to the chat: the one call that is used there only reads (bots/probing.py).
"""

import logging
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from bots.database import in_database
from bots.errors import CallError
from bots.probing import ABSURD_ID, Look, Sight, trust
from bots.telegram import lines
from conversations import ledger, logchat
from conversations.models import Attempt
from conversations.parcels import UNORDERED_KINDS
from conversations.search import UNKNOWN, Finding, Found, Search, identify, later, texts_of

logger = logging.getLogger(__name__)

MOST_PROBES = 30
KEPT_FOR_THE_END = 12  # probes that early looks leave for the one that may deny
AT_ONCE = 4  # probes of one early look
LOOKS = (1.0, 3.0, 8.0, 20.0)  # ages of the send, in seconds, at which an early look is worth it
BACKLOG_PATIENCE = 10.0  # seconds for the updates that waited at Telegram to come in


def applies(attempt: Attempt) -> bool:
    """Whether the lost answer of this attempt can be resolved."""
    return (
        settings.TELEGRAM_RESOLVE
        and attempt.message.kind not in UNORDERED_KINDS
        and attempt.chat_type in ledger.SHARED_COUNTER
        and str(attempt.chat_id) != settings.TELEGRAM_LOG_CHAT  # its ids are used up by the search
        and attempt.account_message_id > 0
    )


async def find(attempt: Attempt) -> Found:
    """Return what became of the attempt."""
    bot_id = attempt.message.chat.bot_id
    search = Search(attempt, lines.of(bot_id))
    if trust.is_withdrawn(bot_id):
        await search.note(
            "search", "not made: Telegram's texts were not understood within the hour"
        )
        return UNKNOWN
    try:
        for stage in (_wait_for_backlog, _look_for_signs, _control, _look_at_candidates):
            if found := await stage(search):
                return found
    except logchat.SilentError as silent:
        return later(silent.seconds)
    return UNKNOWN


async def _wait_for_backlog(search: Search) -> Found | None:
    """Let the updates in that waited at Telegram: they take ids, and may name the message."""
    if search.has_noted("backlog"):
        return None
    try:
        waiting = (await search.line.call("getWebhookInfo", {}))["pending_update_count"]
    except CallError as error:
        return later(max(1.0, error.failure.retry_after))
    doubted = search.attempt.ended_at or search.attempt.began_at
    patient = (timezone.now() - doubted).total_seconds() < BACKLOG_PATIENCE
    if waiting and patient:
        return later(0.5)
    await search.note("backlog", f"{waiting} waiting" if waiting else "none waiting")
    return None


async def _look_for_signs(search: Search) -> Found | None:
    """A pressed button of the message, or a reply to it, shows its id without a probe."""
    number = await in_database(ledger.named, search.attempt, texts_of(search.attempt))
    if not number:
        return None
    await search.note("named by an update", "own", number)
    return Found(Finding.DELIVERED, number)


async def _control(search: Search) -> Found | None:
    """Look at what is known: a wrong answer means that Telegram's texts or the chat have changed."""
    if search.has_noted("control"):
        return None
    bot_id = search.attempt.message.chat.bot_id
    if not trust.is_tested(bot_id):
        seen = await search.probe("control", ABSURD_ID)
        if seen.sight is not Sight.ABSENT:
            return await _surprise(search, seen)
    for wanted, ids in (
        (Sight.OWN, await in_database(ledger.own_ids, search.attempt)),
        (Sight.FOREIGN, await in_database(ledger.their_ids, search.attempt)),
    ):
        for number in ids:
            seen = await search.probe("control", number)
            if seen.sight is wanted:
                trust.passed(bot_id)
                return None
            if seen.sight is not Sight.ABSENT:  # an absent one was deleted: try an older one
                return await _surprise(search, seen)
    await search.note("result", "no known message of this chat is there to compare with")
    return UNKNOWN


async def _surprise(search: Search, seen: Look) -> Found:
    """Return what an answer means that is none of the three."""
    if seen.sight is Sight.NO_ANSWER:
        return later(max(1.0, seen.retry_after))
    if seen.sight is Sight.CHAT_GONE:
        return UNKNOWN
    bot_id = search.attempt.message.chat.bot_id
    trust.withdraw(bot_id)
    await search.note("result", "Telegram's texts are not the known ones: no searches for an hour")
    logger.warning("lost answers are not looked for within the hour", extra={"bot": bot_id})
    return UNKNOWN


async def _look_at_candidates(search: Search) -> Found | None:
    """Look at the ids the message can have; deny it only after the settle time and below a bound."""
    top = await _top(search) if search.is_settled else 0
    denies = top > 0
    if not denies:
        top = await in_database(ledger.likely_top, search.attempt)
    ids = _unseen(search, await in_database(ledger.untaken, search.attempt, top))
    left = MOST_PROBES - search.probes
    limit = left if search.is_settled else min(AT_ONCE, left - KEPT_FOR_THE_END)
    for place, number in enumerate(ids):
        if place >= (left if search.own else limit):
            break
        seen = await search.probe("candidate", number)
        if seen.sight is Sight.OWN:
            search.own.append(number)
        elif seen.sight not in {Sight.FOREIGN, Sight.ABSENT}:
            return await _surprise(search, seen)
    if search.own and (found := await identify(search)):
        return found
    return await _nothing_found(search, denies=denies, complete=len(ids) <= max(0, limit))


async def _top(search: Search) -> int:
    """Return an id that was handed out after the settle time; 0 where there is none."""
    if known := await in_database(ledger.bound, search.attempt):
        return known
    if not logchat.shares_the_counter():
        return 0
    number = await logchat.newest_id(search.line, search.age - ledger.SETTLE.total_seconds())
    await search.note("bound", "from the log chat" if number else "refused", number)
    return number


def _unseen(search: Search, ids: list[int]) -> list[int]:
    """Return the ids still worth a look: those looked at longest ago first, then the likeliest."""
    known = search.attempt.account_message_id
    settled = search.attempt.began_at + ledger.SETTLE
    last: dict[int, str] = {}
    done: set[int] = set()
    for step in search.attempt.steps:
        if step["step"] == "candidate" and step["answer"] != Sight.NO_ANSWER:
            last[step["id"]] = step["at"]
            is_late = datetime.fromisoformat(step["at"]) >= settled
            if step["answer"] == Sight.FOREIGN or (step["answer"] == Sight.ABSENT and is_late):
                done.add(step["id"])
        elif step["step"] not in {"candidate", "control"} and "id" in step:  # the log chat's
            done.add(step["id"])
    wanted = [number for number in ids if number not in done]
    return sorted(wanted, key=lambda number: (last.get(number, ""), number <= known, number))


async def _nothing_found(search: Search, *, denies: bool, complete: bool) -> Found:
    if not search.is_settled:
        coming = (age for age in LOOKS if age > search.age)
        return later(next(coming, ledger.SETTLE.total_seconds() + 0.5) - search.age)
    if denies and complete:
        return Found(Finding.NOT_DELIVERED)
    reason = "too many ids could be it" if denies else "no later id is known"
    await search.note("result", reason)
    return UNKNOWN
