"""Me too: others in a group hear of a reminder as well, in private if they have started the bot."""

from typing import Any

from django.utils.translation import gettext as _

from conversations.admins import ANONYMOUS_ADMIN
from conversations.admission import deep_link
from conversations.models import Chat
from conversations.replies import Button, Change, Reply, Rows, Toast, say, toast
from conversations.router import Incoming
from reminders.chat import labels
from reminders.chat.exchange import key_of
from reminders.models import Delivery, Reminder
from reminders.together.models import Joiner

MOST = 30  # people on one reminder


def buttons(reminder: Reminder) -> Rows:
    """Return the buttons below a reminder that was set in a group."""
    count = reminder.joiners.count()
    label = _("➕ Me too (%(n)d)") % {"n": count} if count else _("➕ Me too")
    return [
        [
            Button(label, f"j1:in:{reminder.pk}"),
            Button(labels.edit(), f"r1:edit:{reminder.pk}"),
            Button(labels.delete(), f"r1:del:{reminder.pk}"),
        ]
    ]


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer a press on "Me too" in the group."""
    _prefix, verb, pk, *_rest = f"{incoming.said.callback_data}::".split(":")
    reminder = Reminder.objects.select_related("chat__bot").filter(pk=key_of(pk)).first()
    if reminder is None or reminder.state not in {Reminder.State.ACTIVE, Reminder.State.PAUSED}:
        return Reply([Toast("reminders/toast_gone")])
    if verb != "in" or reminder.chat_id != chat.pk or chat.is_private:
        return Reply([Toast("reminders/toast_gone")])
    return _toggle(chat, incoming, reminder)


def _toggle(chat: Chat, incoming: Incoming, reminder: Reminder) -> Reply:
    user_id = incoming.said.sender.id
    if user_id == reminder.creator_id:
        return toast("together/yours_already")
    if Joiner.objects.filter(reminder=reminder, user_id=user_id).delete()[0]:
        effect = Toast("together/out_again")
    elif reminder.joiners.count() >= MOST:
        return toast("together/full", alert=True, n=MOST)
    else:
        name = incoming.said.sender.first_name[:255]
        Joiner.objects.get_or_create(reminder=reminder, user_id=user_id, defaults={"name": name})
        effect = _welcome(chat, reminder, user_id)
    change = Change(incoming.said.message_id, buttons=buttons(reminder))
    return Reply([effect, change])


def _welcome(chat: Chat, reminder: Reminder, user_id: int) -> Toast:
    if private_chat(reminder, user_id) is not None:
        return Toast("together/in_private")
    link = deep_link(chat, f"join_{reminder.pk}").removeprefix("https://")
    return Toast("together/in_group", {"link": link}, alert=True)


def follow_link(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /start join_7: only somebody who said "me too" in the group is told more."""
    pk = key_of(incoming.arguments.partition("_")[2])
    joiner = Joiner.objects.filter(reminder=pk, user_id=incoming.said.sender.id)
    found = joiner.select_related("reminder__chat").first()
    if found is None or not chat.is_private:
        return say("together/join_first")
    reminder = found.reminder
    return say("together/joined", chat=chat, reminder=reminder, due=reminder.local_due)


def private_chat(reminder: Reminder, user_id: int) -> Chat | None:
    """Return the person's own chat with this bot, if the bot can write there."""
    return Chat.objects.filter(
        bot=reminder.chat.bot_id, chat_id=user_id, type="private", state=Chat.State.ACTIVE
    ).first()


def mentions(reminder: Reminder) -> list[dict[str, Any]]:
    """Return whom a message in a group calls by name: its creator, and who cannot be told in private."""
    if reminder.chat.is_private:
        return []
    found: list[dict[str, Any]] = [{"id": reminder.creator_id, "name": reminder.creator_name}]
    found += [
        {"id": joiner.user_id, "name": joiner.name}
        for joiner in reminder.joiners.order_by("pk")
        if private_chat(reminder, joiner.user_id) is None
    ]
    return [one for one in found if one["id"] > 0 and one["id"] != ANONYMOUS_ADMIN and one["name"]]


def joined_of(reminder: Reminder) -> Reminder | None:
    """Return the group's reminder that this one is a copy of, made for somebody who joined."""
    if reminder.origin != Reminder.Origin.JOINED or reminder.parent is None:
        return None
    return None if reminder.parent.chat.is_private or _shared(reminder) else reminder.parent


def _shared(reminder: Reminder) -> bool:
    return reminder.request_id.startswith("share:")


def leave_row(reminder: Reminder, delivery: Delivery) -> Rows:
    """Return the button below a copy of a series, as long as its person still wants to hear of it."""
    series = joined_of(reminder)
    if series is None or not series.is_series:
        return []
    if not series.joiners.filter(user_id=reminder.creator_id).exists():
        return []
    return [[Button(_("➖ Not me any more"), f"k1:{delivery.pk}")]]
