"""Fetch a calendar file from Telegram: outside of handlers, again until it is there, answered once.

The handler only stores a row and nudges; the row is the truth. Whoever comes first, the nudge or a
sweep, claims the row for half a minute, fetches, reads in a thread, and writes the preview in one
transaction with the row's new state.
"""

import asyncio
import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from bots.database import in_database
from bots.errors import CallError, Verdict
from bots.link import link
from bots.telegram import FileTooLargeError, lines
from conversations import outbox
from conversations.replies import Button, Rows, Say
from reminders.calendars import reading
from reminders.calendars.models import CalendarFile
from reminders.calendars.preview import preview
from reminders.chat import labels

logger = logging.getLogger(__name__)

CLAIM = timedelta(seconds=30)
MOST_TRIES = 10


def ask(file: CalendarFile) -> None:
    """Have the file fetched once the transaction has committed."""
    pk = file.pk
    transaction.on_commit(lambda: link.nudge(lambda _client: fetch(pk)))


async def sweep() -> None:
    """Fetch what no nudge has fetched."""
    for pk in await in_database(_waiting):
        await fetch(pk)


def _waiting() -> list[int]:
    rows = CalendarFile.objects.filter(
        state=CalendarFile.State.WAITING, next_try_at__lt=timezone.now() - timedelta(seconds=5)
    )
    return list(rows.order_by("next_try_at").values_list("pk", flat=True)[:10])


async def fetch(pk: int) -> None:
    """Fetch, read and show one file; trouble with Telegram leaves it for the next sweep."""
    file = await in_database(claim, pk)
    if file is None:
        return
    if file.tries > MOST_TRIES:  # whatever happened each time: nobody waits for ever
        await in_database(refuse, file, "unreadable")
        return
    try:
        content = await lines.of(file.chat.bot_id).download(file.file_id, reading.LARGEST)
        async with asyncio.timeout(reading.SECONDS):
            zone = file.chat.timezone or "UTC"
            found = await asyncio.to_thread(reading.read, content, zone, timezone.now())
    except reading.BadCalendarError as error:
        await in_database(refuse, file, error.reason)
    except (FileTooLargeError, TimeoutError) as error:
        await in_database(refuse, file, "large" if isinstance(error, FileTooLargeError) else "slow")
    except (CallError, KeyError) as error:
        logger.info("calendar not fetched", extra={"file": pk, "error": type(error).__name__})
        if _is_final(error) or file.tries >= MOST_TRIES:
            await in_database(refuse, file, "away")
    else:
        await in_database(show, file, found)


def _is_final(error: Exception) -> bool:
    return isinstance(error, CallError) and error.failure.verdict is Verdict.REFUSED


def claim(pk: int) -> CalendarFile | None:
    """Take the file for half a minute; None if somebody else has."""
    now = timezone.now()
    rows = CalendarFile.objects.filter(
        pk=pk, state=CalendarFile.State.WAITING, next_try_at__lte=now
    )
    if not rows.update(tries=F("tries") + 1, next_try_at=now + CLAIM):
        return None
    return CalendarFile.objects.select_related("chat").get(pk=pk)


@transaction.atomic
def refuse(file: CalendarFile, reason: str) -> None:
    """Say why the file cannot be taken in."""
    state = CalendarFile.State
    if file.move(state.WAITING, state.FAILED):
        _say(file, Say("calendar/refused", {"reason": reason}, reply_to=file.message_id))


@transaction.atomic
def show(file: CalendarFile, found: reading.Found) -> None:
    """Show what would be taken in, and ask."""
    state = CalendarFile.State
    after = state.READ if found.events else state.FAILED
    if file.move(state.WAITING, after, events=found.events):
        with translation.override(file.chat.language or "en"):
            context = preview(file.chat, found)
            rows = _buttons(file) if found.events else []
        _say(file, Say("calendar/preview", context, rows, reply_to=file.message_id))


def _buttons(file: CalendarFile) -> Rows:
    take = Button(labels.take_in(), f"i1:take:{file.pk}")
    return [[take, Button(labels.cancel(), f"i1:drop:{file.pk}")]]


def _say(file: CalendarFile, card: Say) -> None:
    with translation.override(file.chat.language or "en"):
        outbox.post(file.chat, [card], f"calendar:{file.pk}", thread_id=file.thread_id)
