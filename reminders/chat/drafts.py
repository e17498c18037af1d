"""Open questions: kept as rows, so that they survive a restart, are answered once, and expire."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from conversations import outbox
from conversations.models import Chat, Message
from conversations.replies import Change, Effect
from reminders.chat.models import QUESTION_LIFE, Draft
from reminders.creating import Wish
from reminders.when.meaning import Kind, Meaning, Nag, Reading

EXPIRED_AT_ONCE = 100


def open_drafts(chat: Chat, user_id: int) -> QuerySet[Draft]:
    """Return the person's open questions, the newest first."""
    return Draft.objects.filter(
        chat=chat, user_id=user_id, state=Draft.State.OPEN, expires_at__gt=timezone.now()
    ).order_by("-id")


def ask(chat: Chat, user_id: int, request_id: str, **fields: Any) -> Draft:
    """Open a question; it waits for a quarter of an hour."""
    now = timezone.now()
    draft, _ = Draft.objects.get_or_create(
        chat=chat,
        request_id=request_id,
        defaults={"user_id": user_id, "asked_at": now, "expires_at": now + QUESTION_LIFE, **fields},
    )
    return draft


def ask_on(draft: Draft, **fields: Any) -> Draft:
    """Ask the next thing in the same question, with a new quarter of an hour."""
    for name, value in {**fields, "expires_at": timezone.now() + QUESTION_LIFE}.items():
        setattr(draft, name, value)
    draft.save()
    return draft


def question_of(draft: Draft) -> Message | None:
    """Return the outbox row that asks the question."""
    keys = [f"{draft.request_id}/{number}" for number in range(4)]
    rows = Message.objects.filter(chat=draft.chat_id, key__in=keys, method="sendMessage")
    return next((row for row in rows if row.params.get("tag") == f"draft:{draft.pk}"), None)


def without_question(draft: Draft) -> list[Effect]:
    """Return the change that takes the buttons off the question."""
    message_id = draft.message_id or getattr(question_of(draft), "message_id", None)
    return [Change(message_id)] if message_id else []


def expire() -> int:
    """Close the questions nobody answered and say so in them; return how many."""
    late = Draft.objects.filter(state=Draft.State.OPEN, expires_at__lte=timezone.now())
    drafts = list(late.select_related("chat").order_by("expires_at")[:EXPIRED_AT_ONCE])
    return sum(map(_expire, drafts))


@transaction.atomic
def _expire(draft: Draft) -> bool:
    if not draft.end(Draft.State.EXPIRED):
        return False
    message_id = draft.message_id or getattr(question_of(draft), "message_id", None)
    if message_id:
        template = ended_template(draft)
        with translation.override(draft.chat.language or "en"):
            outbox.post(draft.chat, [Change(message_id, template)], f"expired:{draft.pk}")
    return True


def ended_template(draft: Draft) -> str:
    """Return what a question says once nobody answered it in time."""
    if draft.changes:
        return "reminders/question_left"
    is_about_words = draft.awaiting == Draft.Awaiting.TEXT
    return "reminders/question_without_words" if is_about_words else "reminders/question_expired"


def wish_of(draft: Draft) -> Wish:
    """Return who wanted to be reminded of what."""
    return Wish(**draft.wish)


def wish_json(wish: Wish) -> dict[str, Any]:
    """Return the wish as JSON."""
    return asdict(wish)


def meaning_json(meaning: Meaning) -> dict[str, Any]:
    """Return what a question has to keep of what was understood."""
    return {
        "subject": meaning.subject,
        "after_done": list(meaning.after_done) if meaning.after_done else None,
        "nag": [meaning.nag.every, meaning.nag.times] if meaning.nag else None,
        "alerts": list(meaning.alerts),
        "urgent": meaning.urgent,
        "rules": list(meaning.rules),
        "at": _at(meaning),
    }


def _at(meaning: Meaning) -> dict[str, Any] | None:
    """Return the moment that was read, so that only the words have to be asked for."""
    if meaning.due is None:
        return None
    return {
        **reading_json(Reading(meaning.due, meaning.rules)),
        "bare_hour": meaning.bare_hour,
    }


def meaning_at(kept: dict[str, Any], due: datetime, rules: list[str] | None = None) -> Meaning:
    """Return what was understood, with the moment that was chosen."""
    rules = kept.get("rules", []) if rules is None else rules
    after, nag = kept.get("after_done"), kept.get("nag")
    return Meaning(
        Kind.RECURRENCE if rules else Kind.INSTANT,
        kept.get("subject", ""),
        due,
        tuple(rules),
        after_done=(int(after[0]), str(after[1])) if after else None,
        nag=Nag(*nag) if nag else None,
        alerts=tuple(kept.get("alerts", ())),
        urgent=bool(kept.get("urgent")),
    )


def reading_json(reading: Reading) -> dict[str, Any]:
    """Return a reading as what a button stands for."""
    zone = str(reading.due.tzinfo)
    return {"due": reading.due.isoformat(), "tz": zone, "rules": list(reading.rules)}


def read_option(kept: dict[str, Any], option: dict[str, Any]) -> Meaning:
    """Return the meaning that a button with a reading stands for."""
    due = datetime.fromisoformat(option["due"]).astimezone(ZoneInfo(option["tz"]))
    return replace(meaning_at(kept, due, option["rules"]), bare_hour=option.get("bare_hour", False))
