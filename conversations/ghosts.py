"""Look once more, minutes after a message was sent again, for a first copy that came after all.

The rows drive it: an attempt with a `recheck_at` is looked at once that time has come, by whichever
worker takes it first, and again if that worker dies. Of two copies the later one, whose id is
recorded, is taken away. An id that is only guessed is never deleted: in a private chat a bot can
delete the person's own messages.
"""

import asyncio
import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from bots.database import in_database
from bots.errors import CallError, Verdict
from bots.probing import Sight, trust
from bots.telegram import lines
from conversations import ledger, logchat
from conversations.models import Attempt, Message
from conversations.replies import render
from conversations.search import Finding, Search, identify

logger = logging.getLogger(__name__)

SWEEP_INTERVAL = 20.0  # seconds
AT_ONCE = 10  # attempts of one sweep
LEASE = timedelta(minutes=10)  # a look that has not ended by then is made again
MOST_PROBES = 15


class Ghosts:
    """Sweeps the attempts that are to be looked at once more."""

    async def run(self) -> None:
        """Sweep until cancelled."""
        while True:
            try:
                await self.sweep()
            except Exception:  # the rows keep what is to be done
                logger.exception("looking for late copies failed")
            await asyncio.sleep(SWEEP_INTERVAL)

    async def sweep(self) -> int:
        """Look at every attempt whose time has come; return how many."""
        due = await in_database(_take_due)
        for attempt in due:
            try:
                await recheck(attempt)
            except logchat.SilentError:
                continue  # taken again when its lease ends
            except KeyError:
                await in_database(_end, attempt, "no token is configured for this bot")
        return len(due)


def _take_due() -> list[Attempt]:
    now = timezone.now()
    rows = Attempt.objects.filter(recheck_at__lte=now).select_related("message__chat__bot")
    return [
        row
        for row in rows.order_by("recheck_at")[:AT_ONCE]
        if Attempt.objects.filter(pk=row.pk, recheck_at=row.recheck_at).update(
            recheck_at=now + LEASE
        )
    ]


async def recheck(attempt: Attempt) -> None:
    """Look for the attempt's own copy; if it is there, take the repeat away."""
    message = attempt.message
    if message.state in {Message.State.QUEUED, Message.State.SENDING}:
        return  # not sent again yet: looked at when the lease ends
    if message.state != Message.State.SENT or trust.is_withdrawn(message.chat.bot_id):
        await in_database(_end, attempt, "not looked for")
        return
    search = Search(attempt, lines.of(message.chat.bot_id))
    top = await in_database(ledger.likely_top, attempt)
    for number in (await in_database(ledger.untaken, attempt, top))[:MOST_PROBES]:
        seen = await search.probe("late copy", number)
        if seen.sight is Sight.OWN:
            search.own.append(number)
        elif seen.sight is Sight.NO_ANSWER:
            raise logchat.SilentError(seen.retry_after)
        elif seen.sight not in {Sight.FOREIGN, Sight.ABSENT}:
            break
    found = await identify(search) if search.own else None
    if found is None or found.finding is not Finding.DELIVERED:
        await in_database(_end, attempt, "no late copy" if found is None else "cannot be told")
        return
    await _take_repeat_away(search, found.message_id)


async def _take_repeat_away(search: Search, first_id: int) -> None:
    """The first copy is there: delete the second, or say on it that it is a repeat."""
    message, attempt = search.attempt.message, search.attempt
    if await in_database(_is_in_use, message):
        outcome = "both copies stay: the second one was answered"
    elif await _call(search, "deleteMessage", {}):
        outcome = f"the second copy, {message.message_id}, was deleted"
        await in_database(_point_to, attempt, first_id)
    else:
        await _call(search, "editMessageText", {"text": _said_twice(message)})
        outcome = f"the second copy, {message.message_id}, says that it is a repeat"
    await in_database(_end, attempt, outcome, first_id)


async def _call(search: Search, method: str, params: dict[str, str]) -> bool:
    chat, number = search.attempt.message.chat, search.attempt.message.message_id
    try:
        await search.line.call(method, {"chat_id": chat.chat_id, "message_id": number, **params})
    except CallError as error:
        if error.failure.verdict in {Verdict.NOT_SENT, Verdict.UNKNOWN}:
            raise logchat.SilentError(error.failure.retry_after) from None
        return False
    return True


def _said_twice(message: Message) -> str:
    with translation.override(message.chat.language or "en"):
        mark = render("repeated", {}).text
    return f"{message.text[: 4000 - len(mark)]}\n{mark}"


def _is_in_use(message: Message) -> bool:
    """Whether somebody pressed a button of the second copy, replied to it, or we changed it."""
    used = Q(target=message) | Q(
        chat=message.chat_id, direction="in", reply_to_message_id=message.message_id
    )
    return Message.objects.filter(used).exists()


@transaction.atomic
def _point_to(attempt: Attempt, first_id: int) -> None:
    """Let the row name the copy that stays."""
    Message.objects.filter(pk=attempt.message_id).update(message_id=first_id, possible_repeat=False)


@transaction.atomic
def _end(attempt: Attempt, outcome: str, first_id: int = 0) -> None:
    attempt.note_step("recheck", outcome)
    attempt.recheck_at = None
    if first_id:
        attempt.outcome, attempt.telegram_id = "ghost", first_id
    attempt.save(update_fields=["recheck_at", "outcome", "telegram_id"])
