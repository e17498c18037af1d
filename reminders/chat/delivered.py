"""Answer the buttons and words below a reminder that has come: done, later, more, asked no more."""

from datetime import datetime
from typing import Any

from conversations.models import Chat
from conversations.replies import Button, Change, Effect, Reply, Toast, say, toast
from conversations.router import Incoming
from reminders import completing
from reminders.chat import create, finding, presets, suggesting, undoing
from reminders.chat.cards import basics
from reminders.chat.due import delivery_buttons, delivery_card
from reminders.chat.exchange import Card, actor
from reminders.chat.rights import refusal
from reminders.models import Delivery, Reminder
from reminders.together import sharing
from reminders.when.meaning import Kind

OPEN_TO_ALL = frozenset({"done", "more", "less"})  # in a group anybody may say that it is done


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer a press of a button below a delivered reminder; an old button is harmless and says so."""
    _, verb, pk, *rest = f"{incoming.said.callback_data}:::".split(":")
    delivery = finding.delivery_by_pk(chat, pk)
    if delivery is None:
        return Reply([Toast("reminders/toast_gone"), Change(incoming.said.message_id)])
    template = refusal(chat, delivery.reminder, incoming.said.sender.id)
    if template and verb not in OPEN_TO_ALL:
        return toast(template, reminder=delivery.reminder)
    if verb in {"more", "less"}:
        return _expand(incoming, delivery, more=verb == "more")
    if delivery.reminder.state == Reminder.State.CANCELLED:
        return Reply([Toast("reminders/toast_deleted"), Change(incoming.said.message_id)])
    if verb == "done":
        return _done(chat, incoming, delivery)
    if verb == "stop":
        return _stop(chat, incoming, delivery)
    if verb == "z" and presets.is_preset(rest[0]):
        until = presets.resolve(rest[0], incoming.now, delivery.reminder.timezone)
        return snooze(chat, incoming, delivery, until)
    return Reply([Toast()])


def _expand(incoming: Incoming, delivery: Delivery, *, more: bool) -> Reply:
    if delivery.done_at or delivery.snoozed_until:
        return answered_before(delivery.reminder.chat, incoming, delivery)
    buttons = delivery_buttons(delivery.reminder, delivery, more=more)
    return Reply([Toast(), Change(incoming.said.message_id, buttons=buttons)])


def answered_before(chat: Chat, incoming: Incoming, delivery: Delivery) -> Reply:
    """Say how it was answered before, and take the buttons off that copy."""
    zone = delivery.reminder.zone
    done = delivery.done_at.astimezone(zone) if delivery.done_at else None
    until = delivery.snoozed_until.astimezone(zone) if delivery.snoozed_until else None
    context: dict[str, Any] = {"chat": chat, "done": done, "until": until}
    if incoming.said.event != "callback":
        return say("reminders/toast_answered", **context)
    return Reply([Toast("reminders/toast_answered", context), Change(incoming.said.message_id)])


def _done(chat: Chat, incoming: Incoming, delivery: Delivery) -> Reply:
    reminder, sender = delivery.reminder, incoming.said.sender
    before = undoing.snapshot(reminder)
    if not completing.done(delivery, by=sender.first_name, actor=actor(incoming)):
        return answered_before(chat, incoming, delivery)
    sharing.tell_creator(reminder, "done", sender.first_name)
    undo = _undo(chat, incoming, delivery, before)
    card = _card(chat, incoming, delivery, "done", undo)
    others = _others(delivery, incoming.said.message_id)
    return Reply([Toast("reminders/toast_done"), card, *others])


def _undo(chat: Chat, incoming: Incoming, delivery: Delivery, before: dict[str, object]) -> Button:
    step = undoing.restoring(delivery.reminder, before, delivery=delivery.pk)
    return undoing.offer(chat, incoming.said.sender.id, [step])


def _card(chat: Chat, incoming: Incoming, delivery: Delivery, status: str, undo: Button) -> Change:
    """Return the delivered message with what became of it."""
    card = delivery_card(delivery.reminder, delivery, status=status)
    zone = delivery.reminder.zone
    answered = {
        "done": delivery.done_at.astimezone(zone) if delivery.done_at else None,
        "until": delivery.snoozed_until.astimezone(zone) if delivery.snoozed_until else None,
    }
    return Change(incoming.said.message_id, card.template, {**card.context, **answered}, [[undo]])


def _others(delivery: Delivery, message_id: int) -> list[Effect]:
    """Return the changes that take the buttons off the other message that asks the same."""
    if not delivery.reminder.nag_every:
        return []
    asked = Delivery.objects.filter(reminder=delivery.reminder, due_at=delivery.due_at)
    last = asked.select_related("message").order_by("-pk").first()
    other = last.message.message_id if last and last.message else None
    return [Change(other)] if other and other != message_id else []


def _stop(chat: Chat, incoming: Incoming, delivery: Delivery) -> Reply:
    before = undoing.snapshot(delivery.reminder)
    if not completing.stop_asking(delivery, actor=actor(incoming)):
        return answered_before(chat, incoming, delivery)
    undo = _undo(chat, incoming, delivery, before)
    return Reply(
        [Toast("reminders/toast_stopped"), _card(chat, incoming, delivery, "stopped", undo)]
    )


def snooze(chat: Chat, incoming: Incoming, delivery: Delivery, until: datetime) -> Reply:
    """Put one occurrence off; a series stays where it is."""
    reminder = delivery.reminder
    before = undoing.snapshot(reminder)
    who = incoming.said.sender.first_name
    child = completing.snooze(delivery, until, by=who, actor=actor(incoming))
    if child is None:
        return answered_before(chat, incoming, delivery)
    sharing.tell_creator(reminder, "snoozed", who)
    step = undoing.restoring(reminder, before, delivery=delivery.pk)
    steps = [step] if child.pk == reminder.pk else [undoing.cancelling(child), step]
    undo = undoing.offer(chat, incoming.said.sender.id, steps)
    offered = suggesting.offer(chat, reminder)
    if incoming.said.event == "callback":
        return Reply([Toast(), _card(chat, incoming, delivery, "snoozed", undo), *offered])
    context = basics(chat, reminder, until=until.astimezone(reminder.zone))
    effects = [Card("reminders/snoozed", context, [[undo]], tag=f"reminder:{child.pk}").say()]
    if delivery.message and delivery.message.message_id:
        return Reply([Change(delivery.message.message_id), *effects, *offered])
    return Reply([*effects, *offered])


def take_reply(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take a time written in answer to a delivered reminder as "say it again then"."""
    delivery = None if incoming.command else finding.delivery_answered(chat, incoming)
    if delivery is None:
        return None
    if template := refusal(chat, delivery.reminder, incoming.said.sender.id):
        return say(template, reminder=delivery.reminder)
    return _until_words(chat, incoming, delivery, incoming.arguments)


def command(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /snooze 39m: for the reminder answered to, or the last one that came."""
    delivery = finding.delivery_answered(chat, incoming) or last_delivered(
        chat, incoming.said.sender.id
    )
    if delivery is None:
        return say("reminders/snooze_nothing")
    if not incoming.arguments:
        return say("reminders/snooze_how")
    return _until_words(chat, incoming, delivery, incoming.arguments)


def last_delivered(chat: Chat, user_id: int) -> Delivery | None:
    """Return the last delivery that this person may answer."""
    mine = {} if chat.is_private else {"reminder__creator_id": user_id}
    states = [Delivery.State.SENT, Delivery.State.UNKNOWN, Delivery.State.CLAIMED]
    found = Delivery.objects.filter(reminder__chat=chat, state__in=states, **mine)
    delivery = found.select_related("reminder", "message").order_by("-pk").first()
    if delivery is not None:
        delivery.reminder.chat = chat
    return delivery


def _until_words(chat: Chat, incoming: Incoming, delivery: Delivery, words: str) -> Reply:
    meaning = create.read(chat, words, incoming.now, only_when=True)
    due = meaning.due if meaning.kind in {Kind.INSTANT, Kind.RECURRENCE} else None
    if meaning.readings and due is None and meaning.kind is Kind.AMBIGUOUS:
        due = meaning.readings[0].due
    if due is None or due <= incoming.now:
        return say("reminders/no_time", words=words[:60])
    if meaning.needs_zone and not chat.timezone:
        return say("reminders/zone_first")
    return snooze(chat, incoming, delivery, due)
