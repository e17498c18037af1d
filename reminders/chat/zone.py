"""The chat's time zone: asked only when an hour needs it, shown and set at any time."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from conversations.models import Chat
from conversations.replies import Button, Reply, Toast, say
from conversations.router import Incoming
from conversations.templatetags.chat import clock_text
from reminders.chat import labels, places, questions
from reminders.chat.exchange import Card, Exchange, key_of
from reminders.chat.models import Draft
from reminders.chat.moving import keep_instants, move_wall, move_walls, on_old_time
from reminders.models import Reminder
from reminders.when.meaning import Kind, Meaning

find_zones = places.find_zones
MOST_OFFERED = 8  # repeating reminders to choose from at a time


def ask(exchange: Exchange, meaning: Meaning) -> Reply:
    """Ask what time it is for the person, because an hour of the day needs it."""
    words = " ".join(exchange.words[span.start : span.end].strip() for span in meaning.spans)
    due = meaning.due if meaning.kind is Kind.INSTANT else None
    context = {
        "subject": questions.subject_of(exchange, meaning),
        "words": words,
        "due": due,
        "near": _near(exchange, meaning),
    }
    card = Card("reminders/zone_needed", context)
    return questions.question(exchange, card, [], awaiting=Draft.Awaiting.ZONE, meaning=meaning)


def _near(exchange: Exchange, meaning: Meaning) -> str:
    """Return "today" or "tomorrow" if that is the day that was read."""
    if meaning.due is None:
        return ""
    days = (meaning.due.date() - exchange.now.astimezone(meaning.due.tzinfo).date()).days
    return {0: "today", 1: "tomorrow"}.get(days, "")


def ask_which(exchange: Exchange, zones: list[list[str]]) -> Reply:
    """Offer the time zones an answer may mean."""
    options: questions.Options = [
        (", ".join(map(places.city_of, group[:3])), {"zone": group[0]}) for group in zones[:4]
    ]
    card = Card("reminders/zone_which")
    return questions.question(exchange, card, options, awaiting=Draft.Awaiting.ZONE)


def ask_again(exchange: Exchange, words: str) -> Reply:
    """Say that no zone is known for these words."""
    card = Card("reminders/zone_unknown", {"words": words[:60]})
    return questions.question(exchange, card, [], awaiting=Draft.Awaiting.ZONE)


def zones_meant(chat: Chat, words: str) -> list[list[str]]:
    """Return the zones that typed words may mean, in groups that keep the same time."""
    found = places.find_zones(words)
    if found:
        return [[zone] for zone in found]
    return places.zones_by_clock(words, timezone.now(), chat.language)


def set_zone(chat: Chat, zone: str) -> str:
    """Set the chat's zone and return the one before; without one, what was set stays at its instant."""
    before, chat.timezone = chat.timezone, zone
    chat.save(update_fields=["timezone"])
    if not before:
        keep_instants(chat, zone)
    return before


def moves(chat: Chat, incoming: Incoming) -> bool:
    """Whether /timezone would change a zone that is known."""
    return bool(chat.timezone and incoming.arguments)


def show_or_set(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /timezone: show it without words, set it with a city, a zone's name or the time it is."""
    words = incoming.arguments
    if not words:
        return say("reminders/zone", chat=chat, now=timezone.now(), is_shown=True)
    found = zones_meant(chat, words[:80])
    if not found:
        return say("reminders/zone_unknown", words=words[:60])
    if len(found) > 1:
        buttons = [[Button(_named(chat, group), f"t1:set:{group[0]}")] for group in found[:4]]
        return say("reminders/zone_which", buttons=buttons, chat=chat)
    return change(chat, found[0][0]).as_reply(incoming)


def _named(chat: Chat, group: list[str]) -> str:
    here = timezone.now().astimezone(ZoneInfo(group[0]))
    return f"{', '.join(map(places.city_of, group[:3]))} ({clock_text(here, chat.clock)})"


class ZoneCard(Card):
    """The answer to a new time zone."""

    def as_reply(self, incoming: Incoming) -> Reply:
        """Return it as the answer to a message or a press."""
        if incoming.said.event == "callback":
            return Reply([Toast(), self.change(incoming.said.message_id)])
        return Reply([self.say()])


def change(chat: Chat, zone: str) -> ZoneCard:
    """Set the zone; if repeating reminders keep the old one's time, ask whether they move along."""
    before = set_zone(chat, zone)
    context = {"chat": chat, "now": timezone.now(), "is_set": True, "before": before}
    staying = list(on_old_time(chat, before)) if before and before != zone else []
    if not staying:
        return ZoneCard("reminders/zone", context)
    buttons = [
        [
            Button(labels.move_all(), f"t1:move:{before}"),
            Button(labels.keep(), "t1:keep"),
            Button(labels.choose(), f"t1:choose:{before}"),
        ]
    ]
    context |= {"staying": len(staying), "city": places.city_of(before)}
    return ZoneCard("reminders/zone", context, buttons)


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer the buttons of a zone: one of several, or what happens to repeating reminders."""
    _, verb, *rest = incoming.said.callback_data.split(":", 2)
    zone = rest[0] if rest else ""
    context = {"chat": chat, "now": timezone.now()}
    if verb == "set" and places.find_zones(zone) == [zone]:
        return change(chat, zone).as_reply(incoming)
    if verb == "move":
        moved = move_walls(chat, zone, f"person:{incoming.said.sender.id}")
        return ZoneCard("reminders/zone", {**context, "moved": moved}).as_reply(incoming)
    if verb in {"choose", "one"}:
        return choose(chat, incoming, zone).as_reply(incoming)
    return ZoneCard("reminders/zone", {**context, "kept": True}).as_reply(incoming)


def choose(chat: Chat, incoming: Incoming, data: str) -> ZoneCard:
    """Move the one that was pressed, then offer those that still keep the time of the zone before."""
    before, _, pk = data.partition(":")
    staying = on_old_time(chat, before) if before != chat.timezone else Reminder.objects.none()
    moved = sum(
        move_wall(one, chat, f"person:{incoming.said.sender.id}")
        for one in staying.filter(pk=key_of(pk))
    )
    context = {"chat": chat, "now": timezone.now(), "moved": moved}
    offered = list(staying.order_by("number")[:MOST_OFFERED])
    if not offered:
        return ZoneCard("reminders/zone", context)
    buttons = [
        [Button(f"#{one.number} {one.text[:30]}".strip(), f"t1:one:{before}:{one.pk}")]
        for one in offered
    ]
    buttons.append([Button(labels.keep(), "t1:keep")])
    return ZoneCard(
        "reminders/zone", {**context, "choosing": places.city_of(chat.timezone)}, buttons
    )


def take_location(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take a location that answers no question as where the person is."""
    said = incoming.said
    if not chat.is_private or said.latitude is None or said.longitude is None:
        return None
    zone = places.zone_at(said.latitude, said.longitude)
    if not zone:
        return say("reminders/zone_at_sea")
    return change(chat, zone).as_reply(incoming)
