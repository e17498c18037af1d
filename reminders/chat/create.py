"""Create a reminder from a message in plain words, or ask what is missing; never guess."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from bots.text import is_visible, without_turns
from conversations.models import Chat, Message
from conversations.replies import Reply, say
from conversations.router import Incoming
from reminders import limits
from reminders.chat import changes, closing, nagging, questions, unclear, zone
from reminders.chat.cards import set_card
from reminders.chat.exchange import Card, Exchange
from reminders.chat.habits import learn_clock
from reminders.chat.models import Draft
from reminders.chat.notations import read_notation
from reminders.chat.subjects import shortened, without_me
from reminders.creating import Wish, create
from reminders.when.meaning import Kind, Meaning
from reminders.when.parse import parse, parse_when

NOT_KEPT = frozenset({"dice", "game", "invoice"})  # nobody wants these brought back


def read(chat: Chat, text: str, now: datetime, *, only_when: bool = False) -> Meaning:
    """Return what the text means for this chat now."""
    if (meaning := read_notation(chat, text, now)) is not None:
        return meaning
    understand = _parse_when if only_when else _parse
    return understand(
        text,
        now=now,
        tz=chat.timezone or settings.TIME_ZONE,
        locale=chat.language or "en",
        clock=chat.clock,
        day_first=chat.day_first,
    )


# A message may be read by several takers in turn.
_parse, _parse_when = lru_cache(maxsize=16)(parse), lru_cache(maxsize=16)(parse_when)


def take_text(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take any text of a private chat as a reminder; in groups only commands are for the bot."""
    if incoming.command or not chat.is_private:
        return None
    return make(chat, incoming, incoming.arguments)


def remind(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /remind; as an answer to a message it is about that message."""
    if incoming.said.reply_to_message_id and not incoming.said.reply_to_own:
        return about_message(chat, incoming, incoming.arguments)
    return make(chat, incoming, without_me(incoming.arguments))


def take_answer_to_message(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take a time written in answer to a message as "bring this back then"."""
    said = incoming.said
    if incoming.command or not said.reply_to_message_id or said.reply_to_own or not chat.is_private:
        return None
    meaning = read(chat, incoming.arguments, incoming.now)
    if meaning.kind is Kind.NONE or meaning.subject:
        return None
    return about_message(chat, incoming, incoming.arguments)


def about_message(chat: Chat, incoming: Incoming, words: str) -> Reply:
    """Bring the message answered to back at a time."""
    source = incoming.said.reply_to_message_id
    row = Message.objects.filter(chat=chat, message_id=source).exclude(kind="edit").first()
    wish = replace(
        wish_from(incoming),
        text=shortened(row.text) if row else "",
        source_message_id=source,
        answers_source=True,
        attachment=row.kind if row and row.kind != "text" else "",
    )
    exchange = Exchange(chat, incoming, wish, words, incoming.now)
    if not words:
        return questions.ask_when(exchange, Meaning(Kind.NONE, wish.text))
    return conclude(exchange, read(chat, words, incoming.now))


def wish_from(incoming: Incoming) -> Wish:
    """Return a wish for what somebody says, without its text."""
    said = incoming.said
    name = f"{said.sender.first_name} {said.sender.last_name}".strip()
    return Wish(
        text="",
        creator_id=said.sender.id,
        creator_name=name[:255],
        request_id=incoming.request_id,
        thread_id=said.thread_id,
        source_message_id=said.message_id,
    )


def make(chat: Chat, incoming: Incoming, text: str) -> Reply:
    """Create the reminder the text asks for, or ask what is missing."""
    text = without_turns(text)
    if not is_visible(text):
        return say("reminders/how")
    wish = wish_from(incoming)
    if incoming.said.forwarded:
        return _keep(chat, incoming, replace(wish, text=text, answers_source=True))
    exchange = Exchange(chat, incoming, wish, text, incoming.now)
    learn_clock(chat, text)
    return conclude(exchange, read(chat, text, incoming.now))


def take_media(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take a photo, a file, a voice: its caption may say when; else ask."""
    said = incoming.said
    if not chat.is_private or said.attachment in NOT_KEPT:
        return None
    if said.media_group_id and not _leads_group(chat, incoming):
        return Reply()
    wish = media_wish(incoming)
    if said.text and not said.forwarded:
        meaning = read(chat, said.text, incoming.now)
        if meaning.kind is not Kind.NONE:
            return conclude(Exchange(chat, incoming, wish, said.text, incoming.now), meaning)
    return _keep(chat, incoming, wish)


def media_wish(incoming: Incoming) -> Wish:
    """Return a wish to have a photo, a file or a voice brought back."""
    said = incoming.said
    return replace(
        wish_from(incoming), text=said.text, answers_source=True, attachment=said.attachment
    )


def _leads_group(chat: Chat, incoming: Incoming) -> bool:
    """Whether this is the first message of an album: the others are answered with it."""
    said = incoming.said
    near = Message.objects.filter(
        chat=chat, direction=Message.Direction.IN,
        message_id__range=(said.message_id - 20, said.message_id + 20),
    ).exclude(pk=incoming.row.pk)  # fmt: skip
    return all(row.params.get("media_group_id") != said.media_group_id for row in near)


def _keep(chat: Chat, incoming: Incoming, wish: Wish) -> Reply:
    exchange = Exchange(chat, incoming, wish, "", incoming.now)
    return questions.ask_when(exchange, Meaning(Kind.NONE, wish.text))


def conclude(exchange: Exchange, meaning: Meaning, *, zone_set: bool = False) -> Reply:
    """Create the reminder, or ask the next question about it."""
    found = unclear.split(exchange.words, meaning.subject)
    if found is not None:
        subject, unknown = found
        return questions.ask_unclear(exchange, Meaning(Kind.NONE, subject), unknown)
    if meaning.needs_zone and not exchange.chat.timezone:
        return zone.ask(exchange, meaning)
    if questions.is_ready(meaning):
        return _finish(exchange, meaning, zone_set=zone_set)
    if meaning.kind is Kind.AMBIGUOUS:
        return questions.ask_which(exchange, meaning)
    if meaning.kind is Kind.PAST:
        return questions.ask_past(exchange, meaning)
    if meaning.kind is Kind.REFUSED:
        return _refuse(exchange, meaning)
    if not (is_visible(meaning.subject) or exchange.wish.answers_source or exchange.draft):
        return say("reminders/how")  # a greeting, or nothing that can be seen
    return questions.ask_when(exchange, meaning)


def _refuse(exchange: Exchange, meaning: Meaning) -> Reply:
    if meaning.problem in {"entries", "calendar"}:  # no time would answer that
        details = dict(meaning.details)
        context = {"chat": exchange.chat, "problem": meaning.problem, "details": details}
        return closing.close(exchange, Card("reminders/refused", context))
    if meaning.problem == "too_frequent":
        seconds = dict(meaning.details).get("seconds", 1)
        return questions.ask_slower(exchange, meaning, int(str(seconds)))
    return questions.refuse(exchange, meaning)


def _finish(exchange: Exchange, meaning: Meaning, *, zone_set: bool) -> Reply:
    if meaning.due and meaning.due <= exchange.incoming.now and not meaning.rules:
        return questions.ask_past(exchange, replace(meaning, kind=Kind.PAST))
    draft, wish = exchange.draft, exchange.wish
    meaning = nagging.with_profile(exchange.chat, meaning, exchange.words)
    text = meaning.subject or wish.text
    if not (is_visible(text) or wish.answers_source or exchange.reminder):
        return questions.ask_what(exchange, meaning, zone_set=zone_set)
    if draft and not draft.end(Draft.State.USED):
        return closing.stale(exchange.chat, exchange.incoming, draft)
    if exchange.reminder:
        return closing.close(exchange, changes.change_card(exchange, exchange.reminder, meaning))
    if broken := limits.problem(
        exchange.chat, wish.creator_id, meaning.rules, exchange.incoming.now
    ):
        return closing.close(exchange, limit_card(broken))
    reminder = create(exchange.chat, replace(wish, text=shortened(text)), meaning)
    if draft:
        Draft.objects.filter(pk=draft.pk).update(reminder=reminder)
    card = set_card(exchange.chat, reminder, meaning, words=exchange.words, zone_set=zone_set)
    return closing.close(exchange, card)


def limit_card(broken: str) -> Card:
    """Say plainly which limit is reached."""
    most = {"active": limits.ACTIVE, "hourly": limits.HOURLY, "frequent": limits.FREQUENT}
    return Card("reminders/limit", {"problem": broken, "most": most[broken]})
