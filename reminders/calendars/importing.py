"""Take in a calendar file: it is fetched and shown first, and becomes reminders when confirmed."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from conversations.models import Chat
from conversations.replies import Change, Reply, Toast, say, toast
from conversations.router import Incoming
from reminders import limits
from reminders.calendars import fetching
from reminders.calendars.models import CalendarFile
from reminders.calendars.reading import LARGEST
from reminders.chat.exchange import key_of
from reminders.creating import Wish, create
from reminders.models import Reminder
from reminders.when.meaning import Kind, Meaning


def take_file(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take a document whose name says calendar; the answer comes when it has been fetched."""
    said = incoming.said
    is_calendar = said.attachment == "document" and said.file_name.lower().endswith(".ics")
    if not is_calendar or (not chat.is_private and not said.reply_to_own):
        return None
    if said.file_size > LARGEST:
        return say("calendar/refused", reply_to=said.message_id, reason="large")
    file, is_new = CalendarFile.objects.get_or_create(
        request_id=incoming.request_id,
        defaults={
            "chat": chat,
            "user_id": said.sender.id,
            "user_name": said.sender.first_name[:255],
            "thread_id": said.thread_id,
            "message_id": said.message_id,
            "file_id": said.file_id[:255],
        },
    )
    if is_new:
        fetching.ask(file)
    return Reply()


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer the buttons below the preview."""
    _prefix, verb, pk, *_rest = f"{incoming.said.callback_data}::".split(":")
    file = CalendarFile.objects.filter(chat=chat, pk=key_of(pk)).first()
    state, message_id = CalendarFile.State, incoming.said.message_id
    if file is None or file.user_id != incoming.said.sender.id:
        return toast("reminders/toast_not_yours")
    if verb == "drop":
        if not file.move(state.READ, state.DROPPED, events=[]):
            return Reply([Toast("reminders/toast_over_before"), Change(message_id)])
        return Reply([Toast(), Change(message_id, "calendar/dropped")])
    if not file.move(state.READ, state.TAKEN, events=[]):
        return Reply([Toast("reminders/toast_over_before"), Change(message_id)])
    context = take(chat, file, incoming.now)
    return Reply([Toast(), Change(message_id, "calendar/taken", context)])


@transaction.atomic
def take(chat: Chat, file: CalendarFile, now: datetime) -> dict[str, int]:
    """Make reminders of the file's events, as many as there is room for; return what became of them."""
    wanted = [event for event in file.events if datetime.fromisoformat(event["due"]) > now]
    room = limits.room(chat, file.user_id)
    for number, event in enumerate(wanted[:room]):
        _create(chat, file, number, event)
    taken = len(wanted[:room])
    return {"taken": taken, "over": len(wanted) - taken, "past": len(file.events) - len(wanted)}


def _create(chat: Chat, file: CalendarFile, number: int, event: dict[str, Any]) -> None:
    wish = Wish(
        text=event["text"],
        creator_id=file.user_id,
        creator_name=file.user_name,
        request_id=f"calendar:{file.pk}:{number}",
        thread_id=file.thread_id,
    )
    due = datetime.fromisoformat(event["due"]).astimezone(ZoneInfo(event["zone"]))
    rules, alerts = tuple(event["rules"]), tuple(event["alerts"])
    kind = Kind.RECURRENCE if rules else Kind.INSTANT
    meaning = Meaning(kind, event["text"], due, rules, alerts=alerts)
    own = {"timezone": event["zone"], "start_local": event["start"]}
    create(chat, wish, meaning, **own, origin=Reminder.Origin.IMPORT)
