"""Give a chat an address at which calendar programs read its reminders: secret, replaceable, revocable."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from conversations.admission import digest_of, new_token
from conversations.models import Chat
from conversations.replies import Button, Change, Reply, Rows, Say, Toast
from conversations.router import Incoming
from reminders.calendars.models import Feed

NONE_YET = "0"


def offer(chat: Chat) -> Say:
    """Return the message below an export that tells of the address."""
    feed = Feed.objects.filter(chat=chat).first()
    context = {"chat": chat, "public": bool(settings.PUBLIC_URL), "feed": feed}
    return Say("calendar/feed", context, _buttons(feed) if settings.PUBLIC_URL else [])


def _buttons(feed: Feed | None) -> Rows:
    """Return the buttons; each knows which address it was offered for, so that a press counts once."""
    if feed is None:
        return [[Button(_("Make an address"), f"f1:new:{NONE_YET}")]]
    mark = feed.digest[:8]
    return [[Button(_("New address"), f"f1:new:{mark}"), Button(_("Turn off"), f"f1:off:{mark}")]]


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer the buttons: an address, a new one in its place, or none."""
    _prefix, verb, mark, *_rest = f"{incoming.said.callback_data}:::".split(":")
    if not settings.PUBLIC_URL or verb not in {"new", "off"}:
        return Reply([Toast()])
    Chat.objects.select_for_update().get(pk=chat.pk)
    feed = Feed.objects.filter(chat=chat).first()
    if mark != (feed.digest[:8] if feed else NONE_YET):
        return Reply([Toast("calendar/feed_used")])
    link = ""
    if verb == "new":
        token = new_token()
        feed, _made = Feed.objects.update_or_create(
            chat=chat, defaults={"digest": digest_of(token)}
        )
        link = f"{settings.PUBLIC_URL}{reverse('feed', args=[token])}"
    else:
        Feed.objects.filter(chat=chat).delete()
        feed = None
    context = {"chat": chat, "link": link}
    return Reply(
        [Toast(), Change(incoming.said.message_id, "calendar/feed_set", context, _buttons(feed))]
    )
