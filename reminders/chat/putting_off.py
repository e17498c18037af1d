"""Put a reminder that has come off: by a button, by words, or once the time zone they need is known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from conversations.models import Chat
from conversations.replies import Change, Reply, Toast, say
from conversations.router import Incoming
from reminders import completing
from reminders.chat import (
    answered,
    beside,
    closing,
    create,
    drafts,
    edit,
    finding,
    presets,
    questions,
    suggesting,
    undoing,
)
from reminders.chat.cards import basics
from reminders.chat.exchange import Card, Exchange, actor
from reminders.chat.models import Draft
from reminders.chat.rights import refusal
from reminders.chat.subjects import joined
from reminders.models import Delivery
from reminders.together import sharing
from reminders.when.meaning import Kind, Meaning


def by_preset(chat: Chat, incoming: Incoming, delivery: Delivery, code: str) -> Reply:
    """Put it off as a button says."""
    if presets.seconds_of(code) is None and not chat.timezone:
        return _ask_zone(chat, incoming, delivery, code=code)
    until = presets.resolve(code, incoming.now, delivery.reminder.timezone)
    return snooze(chat, incoming, delivery, until)


def snooze(
    chat: Chat, incoming: Incoming, delivery: Delivery, until: datetime, *, added: str = ""
) -> Reply:
    """Put one occurrence off, perhaps with some words more; a series stays where it is."""
    reminder = delivery.reminder
    text = joined(reminder.text, added) if added else ""
    before = undoing.snapshot(reminder)
    who = incoming.said.sender.first_name
    child = completing.snooze(delivery, until, by=who, actor=actor(incoming), text=text)
    if child is None:
        return answered.answered_before(chat, incoming, delivery)
    sharing.tell_creator(reminder, "snoozed", who)
    step = undoing.restoring(reminder, before, delivery=delivery.pk)
    steps = [step] if child.pk == reminder.pk else [undoing.cancelling(child), step]
    undo = undoing.offer(chat, incoming.said.sender.id, steps)
    offered = suggesting.offer(chat, reminder)
    if incoming.said.event == "callback":
        return Reply([Toast(), answered.shown(chat, incoming, delivery, "snoozed", undo), *offered])
    local, now = until.astimezone(reminder.zone), incoming.now.astimezone(reminder.zone)
    same_day = local.date() == now.date()
    context = basics(chat, reminder, until=local, same_day=same_day, added=added)
    effects = [Card("reminders/snoozed", context, [[undo]], tag=f"reminder:{child.pk}").say()]
    if delivery.message and delivery.message.message_id:
        return Reply([Change(delivery.message.message_id), *effects, *offered])
    return Reply([*effects, *offered])


def command(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /snooze 39m: for the reminder answered to, or the last one that came."""
    delivery = finding.delivery_answered(chat, incoming) or last_delivered(
        chat, incoming.said.sender.id
    )
    if delivery is None:
        return say("reminders/snooze_nothing")
    if not incoming.arguments:
        return say("reminders/snooze_how")
    return by_words(chat, incoming, delivery, incoming.arguments)


def last_delivered(chat: Chat, user_id: int) -> Delivery | None:
    """Return the last delivery that this person may answer."""
    mine = {} if chat.is_private else {"reminder__creator_id": user_id}
    return finding.last_that_came(chat, **mine)


def by_words(chat: Chat, incoming: Incoming, delivery: Delivery, words: str) -> Reply:
    """Put it off until the time in the words; a series in them is when it comes from now on."""
    if template := refusal(chat, delivery.reminder, incoming.said.sender.id):
        return say(template, reminder=delivery.reminder)
    meaning = create.read(chat, words, incoming.now, only_when=True)
    if meaning.kind is Kind.RECURRENCE or any(reading.rules for reading in meaning.readings):
        return edit.change(chat, incoming, delivery.reminder, words, named=False)
    due = meaning.due if meaning.kind is Kind.INSTANT else None
    if meaning.needs_zone and not chat.timezone:
        return _ask_zone(chat, incoming, delivery, words=words)
    if meaning.kind is Kind.PAST or (due and due <= incoming.now):
        return _say_past(chat, incoming, meaning.due)
    if due is None and meaning.kind is not Kind.AMBIGUOUS:
        return say("reminders/no_time", words=words[:60])
    added = beside.words_beside(chat, incoming, words, meaning)
    if due is None:
        return _ask_which(chat, incoming, delivery, words, meaning, added)
    return snooze(chat, incoming, delivery, due, added=added)


def _say_past(chat: Chat, incoming: Incoming, due: datetime | None) -> Reply:
    zone = chat.timezone or "UTC"
    return say("reminders/past", chat=chat, due=due, zone=zone, now=incoming.now)


def _ask_which(
    chat: Chat, incoming: Incoming, delivery: Delivery, words: str, meaning: Meaning, added: str
) -> Reply:
    """Ask which of two times is meant; what is put off waits for the answer."""
    if delivery.done_at or delivery.snoozed_until:
        return answered.answered_before(chat, incoming, delivery)
    exchange = Exchange(chat, incoming, create.wish_from(incoming), words, incoming.now)
    waiting = {"put_off": {"delivery": delivery.pk, "words": words, "added": added}}
    about = replace(meaning, subject=delivery.reminder.text)
    return questions.ask_which(exchange, about, waiting=waiting)


def _ask_zone(chat: Chat, incoming: Incoming, delivery: Delivery, **later: str) -> Reply:
    """Ask for the time zone that "tomorrow" needs; what is put off waits for the answer."""
    draft = drafts.ask(
        chat, incoming.said.sender.id, incoming.request_id, awaiting=Draft.Awaiting.ZONE,
        words=later.get("words", ""), wish=drafts.wish_json(create.wish_from(incoming)),
        meaning={"put_off": {"delivery": delivery.pk, **later}},
    )  # fmt: skip
    context = {"chat": chat, "subject": delivery.reminder.text}
    card = questions.for_group(Card("reminders/zone_needed", context, tag=f"draft:{draft.pk}"))
    toasts = [Toast()] if incoming.said.event == "callback" else []
    return Reply([*toasts, card.say()])


def with_zone(exchange: Exchange, draft: Draft, put_off: dict[str, Any]) -> Reply:
    """Put off what waited for the zone that is known now."""
    chat, incoming = exchange.chat, exchange.incoming

    def answer(delivery: Delivery) -> Reply:
        if code := put_off.get("code"):
            until = presets.resolve(code, incoming.now, chat.timezone)
            return snooze(chat, incoming, delivery, until)
        return by_words(chat, incoming, delivery, put_off["words"])

    return _answered(exchange, draft, put_off, answer)


def with_words(exchange: Exchange, draft: Draft, put_off: dict[str, Any], words: str) -> Reply:
    """Put off what waited for an answer, until the time that was written instead."""
    chat, incoming = exchange.chat, exchange.incoming
    return _answered(exchange, draft, put_off, lambda it: by_words(chat, incoming, it, words))


def as_chosen(exchange: Exchange, draft: Draft, put_off: dict[str, Any], due: datetime) -> Reply:
    """Put off what waited for an answer, until the time that was chosen."""
    chat, incoming = exchange.chat, exchange.incoming

    def answer(delivery: Delivery) -> Reply:
        if due <= incoming.now:
            return _say_past(chat, incoming, due)
        return snooze(chat, incoming, delivery, due, added=put_off.get("added", ""))

    return _answered(exchange, draft, put_off, answer)


def _answered(
    exchange: Exchange,
    draft: Draft,
    put_off: dict[str, Any],
    answer: Callable[[Delivery], Reply],
) -> Reply:
    """Close the question, and put off what waited for it."""
    chat, incoming = exchange.chat, exchange.incoming
    delivery = finding.delivery_by_pk(chat, str(put_off["delivery"]))
    if delivery is None or not draft.end(Draft.State.USED):
        return closing.stale(chat, incoming, draft)
    reply = answer(delivery)
    if incoming.said.event != "callback":
        return Reply([*drafts.without_question(draft), *reply.effects])
    sent = delivery.message.message_id if delivery.message else None
    return Reply([*reply.effects, *([Change(sent)] if sent else [])])
