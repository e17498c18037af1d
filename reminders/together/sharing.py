"""Remind somebody else, with their consent: a link for one person and one day, which they accept."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from conversations import outbox
from conversations.admission import deep_link, digest_of, new_token
from conversations.models import Chat
from conversations.replies import Button, Change, Reply, Say, Toast, say
from conversations.router import Incoming
from reminders.arming import arm
from reminders.chat import finding
from reminders.chat.cards import basics
from reminders.chat.exchange import key_of
from reminders.chat.rights import refusal
from reminders.models import Reminder, next_number
from reminders.schedule import first_fields
from reminders.together.models import SHARE_LIFE, Share

MOST = 5  # people one reminder is shared with
ALIVE = (Reminder.State.ACTIVE, Reminder.State.PAUSED)


def command(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /share 3: a link that offers the reminder to whoever opens it first."""
    numbers = finding.meant(chat, incoming)
    if len(numbers) != 1:
        return say("together/share_how")
    reminder = finding.by_number(chat, numbers[0])
    if reminder is None or reminder.state not in ALIVE or not reminder.text:
        return say("reminders/not_found")
    if template := refusal(chat, reminder, incoming.said.sender.id):
        return say(template, reminder=reminder)
    open_ones = reminder.shares.filter(answered_at=None, expires_at__gt=incoming.now)
    if (open_ones | reminder.shares.filter(accepted=True)).count() >= MOST:
        return say("together/share_full", n=MOST)
    token = new_token()
    Share.objects.create(
        reminder=reminder, digest=digest_of(token), expires_at=incoming.now + SHARE_LIFE
    )
    link = deep_link(chat, f"share_{token}")
    return say("together/share", **basics(chat, reminder), link=link)


def follow_link(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /start share_token: show what somebody wants to remind them of, and ask."""
    digest = digest_of(incoming.arguments.partition("_")[2])
    share = Share.objects.select_related("reminder__chat").filter(digest=digest).first()
    if share is None or share.reminder.state not in ALIVE or not chat.is_private:
        return say("together/share_gone")
    if share.reminder.chat_id == chat.pk:
        return say("together/share_own")
    if not share.open(incoming.said.sender.id):
        return say("together/share_gone")
    rows = [
        [
            Button(_("✅ Remind me"), f"h1:yes:{share.pk}"),
            Button(_("No, thanks"), f"h1:no:{share.pk}"),
        ]
    ]
    return say("together/offer", buttons=rows, **_shown(chat, share.reminder))


def _shown(chat: Chat, reminder: Reminder) -> dict[str, Any]:
    return basics(chat, reminder) | {"zone_known": True, "name": reminder.creator_name}


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer the buttons of an offer."""
    _prefix, verb, pk, *_rest = f"{incoming.said.callback_data}::".split(":")
    shares = Share.objects.select_related("reminder__chat__bot")
    share = shares.filter(pk=key_of(pk), opened_by=incoming.said.sender.id).first()
    message_id = incoming.said.message_id
    if share is None or share.reminder.state not in ALIVE or not chat.is_private:
        return Reply([Toast("reminders/toast_gone"), Change(message_id)])
    if not share.answer(incoming.said.sender.id, accepted=verb == "yes"):
        return Reply([Toast("reminders/toast_expired"), Change(message_id)])
    copy = None
    if verb == "yes":
        copy = accept(chat, share, incoming)
        tell_creator(copy, "accepted", incoming.said.sender.first_name)
    context = _shown(chat, copy or share.reminder)
    template = "together/accepted" if copy else "together/declined"
    return Reply([Toast(), Change(message_id, template, context)])


@transaction.atomic
def accept(chat: Chat, share: Share, incoming: Incoming) -> Reminder:
    """Make the person's own copy of a shared reminder; it is theirs to change from now on."""
    original, sender = share.reminder, incoming.said.sender
    copy = Reminder.objects.get(pk=original.pk)
    copy.pk, copy.parent, copy.origin = None, original, Reminder.Origin.JOINED
    copy.chat, copy.number, copy.request_id = chat, next_number(chat), f"share:{share.pk}"
    copy.creator_id, copy.creator_name = sender.id, sender.first_name[:255]
    copy.thread_id, copy.source_message_id, copy.answers_source = 0, 0, False
    copy.state, copy.revision, copy.armed_revision = Reminder.State.ACTIVE, 1, 0
    copy.paused_until, copy.unanswered, copy.held_since = None, 0, None
    copy.created_at = timezone.now()
    due = original.due_at or copy.created_at
    for name, value in first_fields(copy, due, copy.created_at).items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    copy.note("created", actor=f"person:{sender.id}", due=due.isoformat(), shared_from=original.pk)
    arm(copy)
    return copy


def tell_creator(reminder: Reminder, what: str, name: str) -> None:
    """Tell whoever shared a reminder what became of it: accepted, done, snoozed."""
    original = reminder.parent
    if original is None or not reminder.request_id.startswith("share:"):
        return
    chat = original.chat
    if chat.state != Chat.State.ACTIVE:
        return
    with translation.override(chat.language or "en"):
        context = {"chat": chat, "reminder": original, "what": what, "name": name}
        key = f"shared:{reminder.pk}:{reminder.revision}:{what}"
        thread = {"thread_id": original.thread_id}
        outbox.post(chat, [Say("together/told", context, silent=True)], key, **thread)
