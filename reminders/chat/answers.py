"""Take the answers to open questions: a button, a time, a city, a place or new words."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from conversations.models import Chat
from conversations.replies import Button, Reply, Toast, say, toast
from conversations.router import Incoming
from reminders.chat import (
    changes,
    closing,
    create,
    drafts,
    edit,
    labels,
    places,
    presets,
    putting_off,
    questions,
    zone,
)
from reminders.chat.exchange import Card, Exchange, key_of, show
from reminders.chat.habits import learn_from_choice
from reminders.chat.models import Draft
from reminders.chat.subjects import shortened
from reminders.localise import localise
from reminders.retiming import is_time_only
from reminders.when.meaning import Kind, Meaning


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer a press of a button below a question."""
    _, pk, verb, *_rest = f"{incoming.said.callback_data}::".split(":")
    draft = Draft.objects.filter(chat=chat, pk=key_of(pk)).first()
    if draft is None or draft.user_id != incoming.said.sender.id:
        return toast("reminders/toast_not_yours")
    if draft.state != Draft.State.OPEN or draft.expires_at <= incoming.now:
        return closing.stale(chat, incoming, draft)
    if verb == "x":
        return _drop(chat, incoming, draft)
    if verb == "t":
        return _type(chat, incoming, draft)
    if verb.isascii() and verb.isdigit() and int(verb) < len(draft.options):
        return _choose(_exchange(chat, incoming, draft), draft, draft.options[int(verb)])
    return Reply([Toast()])


def _exchange(chat: Chat, incoming: Incoming, draft: Draft, words: str | None = None) -> Exchange:
    reminder = draft.reminder if draft.changes else None
    if reminder is not None:
        reminder.chat = chat
    words, now = (draft.words, draft.asked_at) if words is None else (words, incoming.now)
    return Exchange(chat, incoming, drafts.wish_of(draft), words, now, draft, reminder)


def _drop(chat: Chat, incoming: Incoming, draft: Draft) -> Reply:
    if not draft.end(Draft.State.DROPPED):
        return closing.stale(chat, incoming, draft)
    template = "reminders/question_left" if draft.changes else "reminders/question_dropped"
    return Reply([*show(incoming, Card(template, {"chat": chat}))])


def cancel_open(chat: Chat, incoming: Incoming) -> Reply | None:
    """Drop the person's open questions; None if there are none."""
    found = list(drafts.open_drafts(chat, incoming.said.sender.id))
    if not found:
        return None
    effects = [effect for draft in found for effect in questions.leave(draft)]
    return Reply([*effects, Card("reminders/question_dropped", {"chat": chat}).say()])


def _type(chat: Chat, incoming: Incoming, draft: Draft) -> Reply:
    drafts.ask_on(draft, awaiting=Draft.Awaiting.TIME, message_id=incoming.said.message_id)
    subject = draft.meaning.get("subject", "")
    context = {"chat": chat, "wish": drafts.wish_of(draft), "subject": subject}
    cancel = [[Button(labels.cancel(), f"q1:{draft.pk}:x")]]
    card = questions.for_group(Card("reminders/type_a_time", context, cancel))
    return Reply([*show(incoming, card)])


def _choose(exchange: Exchange, draft: Draft, option: dict[str, Any]) -> Reply:
    if "zone" in option:
        return _with_zone(exchange, draft, option["zone"])
    if "preset" in option:
        return _with_preset(exchange, draft, option["preset"])
    meaning = drafts.read_option(draft.meaning, option)
    if meaning.due and sum("due" in one for one in draft.options) > 1:
        learn_from_choice(exchange.chat, draft.words, meaning.due)
    if meaning.due and (put_off := draft.meaning.get("put_off")):
        return putting_off.as_chosen(exchange, draft, put_off, meaning.due)
    return create.conclude(exchange, meaning)


def _with_preset(exchange: Exchange, draft: Draft, code: str, *, zone_set: bool = False) -> Reply:
    chat = exchange.chat
    if presets.seconds_of(code) is None and not chat.timezone:
        draft.meaning = {**draft.meaning, "then": code}
        card = Card("reminders/zone_needed", {"subject": draft.meaning.get("subject", "")})
        return questions.question(exchange, card, [], awaiting=Draft.Awaiting.ZONE)
    due = presets.resolve(code, exchange.incoming.now, chat.timezone)
    return create.conclude(exchange, drafts.meaning_at(draft.meaning, due, []), zone_set=zone_set)


def _with_zone(exchange: Exchange, draft: Draft, name: str) -> Reply:
    """Set the zone, then go on with what waited for it."""
    chat = exchange.chat
    zone.set_zone(chat, name)
    if put_off := draft.meaning.get("put_off"):
        return putting_off.with_zone(exchange, draft, put_off)
    waited = replace(exchange, words=draft.words, now=draft.asked_at)
    if then := draft.meaning.get("then"):
        return _with_preset(waited, draft, then, zone_set=True)
    meaning = create.read(chat, draft.words, draft.asked_at, only_when=bool(waited.reminder))
    return create.conclude(waited, meaning, zone_set=True)


def take_text(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take words that answer the person's newest open question; other words are a new matter."""
    if incoming.command or not (chat.is_private or incoming.said.reply_to_own):
        return None
    draft = drafts.open_drafts(chat, incoming.said.sender.id).select_related("reminder").first()
    if draft is None:
        return None
    words = incoming.arguments
    if draft.awaiting == Draft.Awaiting.TEXT:
        take = _new_text if draft.changes else _about
        return take(_exchange(chat, incoming, draft, words), draft)
    if draft.awaiting == Draft.Awaiting.ZONE:
        return _typed_zone(_exchange(chat, incoming, draft), draft, words)
    return _typed_time(_exchange(chat, incoming, draft, words), draft, words)


def _new_text(exchange: Exchange, draft: Draft) -> Reply:
    if exchange.reminder is None or not draft.end(Draft.State.USED):
        return closing.stale(exchange.chat, exchange.incoming, draft)
    text = shortened(exchange.words)
    card = changes.changed(exchange.chat, exchange.incoming, exchange.reminder, text=text)
    return closing.close(exchange, card)


def _about(exchange: Exchange, draft: Draft) -> Reply:
    """Take the words as what the time is about; a time alone is meant instead of the one before."""
    words = exchange.words
    meaning = create.read(exchange.chat, words, exchange.incoming.now)
    if meaning.kind is not Kind.NONE and not meaning.subject:
        return create.conclude(exchange, _completed(exchange, draft, meaning))
    subject = meaning.subject if meaning.kind is Kind.NONE else words
    known = drafts.read_option(draft.meaning, draft.meaning["at"])
    return create.conclude(exchange, replace(known, subject=subject or words))


def take_media(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take a photo, a file or a voice as what the time is about that was said before."""
    said = incoming.said
    if not (chat.is_private or said.reply_to_own) or said.attachment in create.NOT_KEPT:
        return None
    draft = drafts.open_drafts(chat, said.sender.id).first()
    if draft is None or draft.awaiting != Draft.Awaiting.TEXT or draft.changes:
        return None
    if create.read(chat, said.text, incoming.now).kind is not Kind.NONE:
        return None  # its caption says when it is to come itself
    exchange = _exchange(chat, incoming, draft, said.text)
    known = drafts.read_option(draft.meaning, draft.meaning["at"])
    return create.conclude(replace(exchange, wish=create.media_wish(incoming)), known)


def _typed_zone(exchange: Exchange, draft: Draft, words: str) -> Reply | None:
    found = zone.zones_meant(exchange.chat, words[:80])
    if len(found) == 1:
        return _with_zone(exchange, draft, found[0][0])
    if found:
        return zone.ask_which(exchange, found)
    meaning = create.read(exchange.chat, words, exchange.incoming.now)
    if meaning.kind is not Kind.NONE and meaning.subject:
        return None
    return zone.ask_again(exchange, words)


def timezone(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /timezone; where a reminder waits for the zone, it is set at once."""
    drafts_open = drafts.open_drafts(chat, incoming.said.sender.id)
    draft = drafts_open.filter(awaiting=Draft.Awaiting.ZONE).first()
    if draft is not None and incoming.arguments:
        reply = _typed_zone(_exchange(chat, incoming, draft), draft, incoming.arguments)
        if reply is not None:
            return reply
    return zone.show_or_set(chat, incoming)


def _typed_time(exchange: Exchange, draft: Draft, words: str) -> Reply | None:
    whole = create.read(exchange.chat, words, exchange.incoming.now)
    if whole.kind is not Kind.NONE and whole.subject:
        return None
    meaning = create.read(exchange.chat, words, exchange.incoming.now, only_when=True)
    if meaning.kind is Kind.NONE:
        if draft.awaiting == Draft.Awaiting.CHOICE:
            return None
        return say("reminders/no_time", words=words[:60])
    if exchange.reminder is not None:
        return edit.retimed(exchange, exchange.reminder, meaning)
    if put_off := draft.meaning.get("put_off"):
        return putting_off.with_words(exchange, draft, put_off, words)
    return create.conclude(exchange, _completed(exchange, draft, meaning))


def _completed(exchange: Exchange, draft: Draft, meaning: Meaning) -> Meaning:
    """Add what the question knows already: the words, asking again, the day of an hour."""
    kept = drafts.meaning_at(draft.meaning, exchange.incoming.now)
    made = replace(
        meaning,
        subject=kept.subject,
        nag=meaning.nag or kept.nag,
        alerts=meaning.alerts or kept.alerts,
        urgent=meaning.urgent or kept.urgent,
        after_done=meaning.after_done or kept.after_done,
    )
    offered = [option["due"][:10] for option in draft.options if "due" in option]
    days = set(offered if len(offered) > 1 else ())
    if draft.awaiting == Draft.Awaiting.TEXT:
        days = {draft.meaning["at"]["due"][:10]}
    if not (len(days) == 1 and is_time_only(meaning) and meaning.due):
        return made
    place = ZoneInfo(exchange.chat.timezone or "UTC")
    day = datetime.fromisoformat(f"{days.pop()}T00:00").date()
    moved = localise(datetime.combine(day, meaning.due.time()), place)[0].astimezone(place)
    return replace(made, due=moved, kind=Kind.INSTANT) if moved > exchange.incoming.now else made


def take_location(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take a location that answers the question for the time zone."""
    said = incoming.said
    draft = drafts.open_drafts(chat, said.sender.id).filter(awaiting=Draft.Awaiting.ZONE).first()
    if draft is None or said.latitude is None or said.longitude is None:
        return None
    found = places.zone_at(said.latitude, said.longitude)
    if not found:
        return say("reminders/zone_at_sea")
    return _with_zone(_exchange(chat, incoming, draft), draft, found)
