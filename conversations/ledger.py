"""What the rows know about message ids: which are taken, which a lost send can have, which bound it.

Private chats and basic groups of one bot take their ids from one counter, so their rows are one ledger.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q

from bots.envelope import UnreadableUpdateError, chat_id_of, read_message
from bots.models import Bot, Update
from conversations.models import Attempt, Message

SHARED_COUNTER = ("private", "group")  # these chats of a bot take their ids from one counter
MARGIN = 5  # ids below the last known one: rising ids are the rule, not a promise
GUESS = 3  # ids above the highest known one: the lost message is most likely the next
SETTLE = timedelta(seconds=60)  # after it a send that was not seen will not land any more
CLOCKS = timedelta(seconds=5)  # Telegram's clock and ours agree within this
TOGETHER = timedelta(minutes=10)  # sends whose answers were lost this close may be mixed up
_NO_MESSAGE = ("callback", "edit", "member")  # rows that carry another message's id, or none


def lowest(attempt: Attempt) -> int:
    """Return the lowest id the attempt's message can have."""
    return max(1, attempt.account_message_id - MARGIN)


def likely_top(attempt: Attempt) -> int:
    """Return the id up to which it is worth looking while no bound is known."""
    known = Bot.objects.values_list("highest_message_id", flat=True).get(
        pk=attempt.message.chat.bot_id
    )
    return max(known, attempt.account_message_id + GUESS)


def untaken(attempt: Attempt, top: int) -> list[int]:
    """Return the ids up to `top` that the lost message can have and nobody else is known to have."""
    bot_id, low = attempt.message.chat.bot_id, lowest(attempt)
    known = taken(bot_id, low, attempt.began_at)
    return [number for number in range(low, top + 1) if number not in known]


def taken(bot_id: int, low: int, since: datetime) -> set[int]:
    """Return the recorded ids of the shared counter from `low`, those of unanswered updates among them."""
    theirs = Message.objects.filter(
        chat__bot=bot_id,
        direction="in",
        params__chat_type__in=SHARED_COUNTER,
        message_id__gte=low,
    ).exclude(kind__in=_NO_MESSAGE)
    ours = Attempt.objects.filter(
        message__chat__bot=bot_id, chat_type__in=SHARED_COUNTER, telegram_id__gte=low
    )
    waiting = Update.objects.filter(bot=bot_id, received_at__gte=since - timedelta(minutes=1))
    return {
        *(number or 0 for number in theirs.values_list("message_id", flat=True)),
        *(number or 0 for number in ours.values_list("telegram_id", flat=True)),
        *_ids_of(waiting.values_list("payload", flat=True), bot_id),
    }


def _ids_of(payloads: Iterable[dict[str, Any]], bot_id: int) -> Iterable[int]:
    for payload in payloads:
        try:
            said = read_message(payload, bot_id)
        except UnreadableUpdateError:
            continue
        if said.event not in _NO_MESSAGE and said.chat_type in SHARED_COUNTER:
            yield said.message_id


def bound(attempt: Attempt) -> int:
    """Return an id of the counter that was handed out after the settle time; 0: none is known.

    A person's message proves it by Telegram's date and by when it came here, ours by when it left.
    """
    settled, bot_id = attempt.began_at + SETTLE, attempt.message.chat.bot_id
    ours = Attempt.objects.filter(
        message__chat__bot=bot_id, chat_type__in=SHARED_COUNTER, began_at__gt=settled
    ).aggregate(top=Max("telegram_id"))["top"]
    dated = (settled + CLOCKS).timestamp()
    later = Update.objects.filter(bot=bot_id, received_at__gt=settled)
    theirs = [
        number
        for payload in later.order_by("-id").values_list("payload", flat=True)[:50]
        if _date(payload) > dated
        for number in _ids_of([payload], bot_id)
    ]
    top = max([ours or 0, *theirs])
    return top if top > attempt.account_message_id else 0


def _date(payload: dict[str, Any]) -> float:
    body = payload.get("message")
    date = body.get("date") if isinstance(body, dict) else None
    return float(date) if isinstance(date, int) else 0.0


def own_ids(attempt: Attempt) -> list[int]:
    """Return known ids of our messages in the chat, the newest first."""
    known = Attempt.objects.filter(message__chat=attempt.message.chat_id, chat_id=attempt.chat_id)
    rows = known.exclude(telegram_id=None).order_by("-telegram_id")
    return [number or 0 for number in rows.values_list("telegram_id", flat=True)[:3]]


def their_ids(attempt: Attempt) -> list[int]:
    """Return known ids of other people's messages in the chat, the newest first."""
    rows = Message.objects.filter(
        chat=attempt.message.chat_id, direction="in", params__chat_type=attempt.chat_type
    ).exclude(kind__in=_NO_MESSAGE)
    rows = rows.exclude(message_id=None).order_by("-message_id")
    return [number or 0 for number in rows.values_list("message_id", flat=True)[:2]]


def named(attempt: Attempt, words: Iterable[str]) -> int:
    """Return the id by which somebody pressed a button of the lost message or replied to it, else 0."""
    low, bot_id = lowest(attempt), attempt.message.chat.bot_id
    since = Update.objects.filter(
        bot=bot_id, chat_id=attempt.chat_id, received_at__gte=attempt.began_at
    )
    wanted = {word.strip() for word in words}
    known: set[int] | None = None
    for payload in since.values_list("payload", flat=True):
        if chat_id_of(payload) != attempt.chat_id:
            continue
        for pointed in _pointed_at(payload, bot_id):
            number = pointed.get("message_id")
            text = str(pointed.get("text") or pointed.get("caption") or "")
            if not isinstance(number, int) or number < low or text.strip() not in wanted:
                continue
            known = taken(bot_id, low, attempt.began_at) if known is None else known
            if number not in known:
                return number
    return 0


def _pointed_at(payload: dict[str, Any], bot_id: int) -> Iterable[dict[str, Any]]:
    """Return the messages of ours an update shows: the one whose button was pressed, the one replied to."""
    for kind, field in (("callback_query", "message"), ("message", "reply_to_message")):
        body = payload.get(kind)
        shown = body.get(field) if isinstance(body, dict) else None
        if isinstance(shown, dict) and (shown.get("from") or {}).get("id") == bot_id:
            yield shown


def rivals(attempt: Attempt) -> int:
    """Return how many other messages of the chat could be mixed up with this one."""
    near = (attempt.began_at - TOGETHER, attempt.began_at + TOGETHER)
    lost = Q(outcome__in=["", "unknown", "server_error"]) | Q(
        outcome="not_sent", recheck_at__isnull=False
    )
    others = Attempt.objects.filter(
        lost, message__chat=attempt.message.chat_id, began_at__range=near
    ).exclude(message=attempt.message_id)
    others = others.exclude(message__kind__in=["toast", "edit"])
    return others.values("message").distinct().count()
