"""Answer the buttons and words below a reminder that has come: done, later, more, asked no more."""

from conversations.models import Chat
from conversations.replies import Button, Change, Effect, Reply, Toast, toast
from conversations.router import Incoming
from reminders import completing
from reminders.chat import answered, finding, presets, putting_off, undoing
from reminders.chat.due import delivery_buttons
from reminders.chat.exchange import Card, actor
from reminders.chat.rights import refusal
from reminders.models import Delivery, Reminder
from reminders.together import sharing

# What people write below a reminder instead of pressing the button.
DONE_WORDS = frozenset((
    "done", "finished", "ok", "okay", "✅", "👍", "erledigt", "fertig", "gemacht", "hecho", "listo", "fait",
    "terminé", "fatto", "feito", "pronto", "сделано", "готово",
))  # fmt: skip
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
        return Reply(
            [Toast("reminders/toast_deleted"), *undoing.without_old_buttons(chat, incoming)]
        )
    if verb == "done":
        return done(chat, incoming, delivery)
    if verb == "stop":
        return stop(chat, incoming, delivery)
    if verb == "z" and presets.is_preset(rest[0]):
        return putting_off.by_preset(chat, incoming, delivery, rest[0])
    return Reply([Toast()])


def _expand(incoming: Incoming, delivery: Delivery, *, more: bool) -> Reply:
    if delivery.done_at or delivery.snoozed_until:
        return answered.answered_before(delivery.reminder.chat, incoming, delivery)
    buttons = delivery_buttons(delivery.reminder, delivery, more=more)
    return Reply([Toast(), Change(incoming.said.message_id, buttons=buttons)])


def done(chat: Chat, incoming: Incoming, delivery: Delivery) -> Reply:
    """Mark what came as done, by its button or by words."""
    reminder, sender = delivery.reminder, incoming.said.sender
    before = undoing.snapshot(reminder)
    if not completing.done(delivery, by=sender.first_name, actor=actor(incoming)):
        return answered.answered_before(chat, incoming, delivery)
    sharing.tell_creator(reminder, "done", sender.first_name)
    undo = answered.undo_button(chat, incoming, delivery, before)
    if incoming.said.event != "callback":
        return _done_by_words(incoming, delivery, undo)
    card = answered.shown(chat, incoming, delivery, "done", undo)
    others = _others(delivery, incoming.said.message_id)
    return Reply([Toast("reminders/toast_done"), card, *others])


def _done_by_words(incoming: Incoming, delivery: Delivery, undo: Button) -> Reply:
    context = {"chat": delivery.reminder.chat, "reminder": delivery.reminder}
    template = "toast_done" if incoming.said.reply_to_message_id else "done_said"
    return _said(incoming, delivery, Card(f"reminders/{template}", context, [[undo]]))


def _said(incoming: Incoming, delivery: Delivery, card: Card) -> Reply:
    """Say what became of it, and take the buttons off the reminder as it came."""
    sent = delivery.message.message_id if delivery.message else None
    answered_to = incoming.said.reply_to_message_id or sent or 0
    changes = [Change(answered_to)] if answered_to else []
    return Reply([*changes, card.say(), *_others(delivery, answered_to)])


def _others(delivery: Delivery, message_id: int) -> list[Effect]:
    """Return the changes that take the buttons off the other message that asks the same."""
    if not delivery.reminder.nag_every:
        return []
    asked = Delivery.objects.filter(reminder=delivery.reminder, due_at=delivery.due_at)
    last = asked.select_related("message").order_by("-pk").first()
    other = last.message.message_id if last and last.message else None
    return [Change(other)] if other and other != message_id else []


def stop(chat: Chat, incoming: Incoming, delivery: Delivery) -> Reply:
    """Ask no more about what came, by its button or by words."""
    before = undoing.snapshot(delivery.reminder)
    if not completing.stop_asking(delivery, actor=actor(incoming)):
        return answered.answered_before(chat, incoming, delivery)
    undo = answered.undo_button(chat, incoming, delivery, before)
    if incoming.said.event != "callback":
        return _said(incoming, delivery, Card("reminders/toast_stopped", {"chat": chat}, [[undo]]))
    return Reply(
        [
            Toast("reminders/toast_stopped"),
            answered.shown(chat, incoming, delivery, "stopped", undo),
        ]
    )


def take_reply(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take "done" or a time written in answer to a delivered reminder, as the buttons below it."""
    delivery = None if incoming.command else finding.delivery_answered(chat, incoming)
    if delivery is None:
        return None
    words = incoming.arguments
    if words.casefold().strip(" .!") in DONE_WORDS:
        return done(chat, incoming, delivery)
    return putting_off.by_words(chat, incoming, delivery, words)
