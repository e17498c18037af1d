"""The questions the bot asks instead of guessing: which time, when at all, in which time zone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from conversations.replies import Button, Effect, Reply, Rows
from conversations.templatetags.chat import span
from reminders.chat import drafts, labels, presets
from reminders.chat.exchange import Card, Exchange, show
from reminders.chat.models import Draft
from reminders.describe import describe
from reminders.localise import localise
from reminders.when.meaning import Kind, Meaning, Reading

Options = list[tuple[str, dict[str, Any]]]  # what a button says, and what it stands for
WHEN = ("1h", "evening", "tomorrow", "monday")
PER_ROW = 3


def question(
    exchange: Exchange,
    card: Card,
    options: Options,
    *,
    awaiting: str = Draft.Awaiting.CHOICE,
    meaning: Meaning | None = None,
    waiting: dict[str, Any] | None = None,
    reply_to: int = 0,
    **fields: Any,
) -> Reply:
    """Ask, with one button an option; nothing is created, and what is waiting is left, until it is answered."""
    fields |= {"awaiting": awaiting, "options": [option for _, option in options]}
    if meaning is not None:
        fields["meaning"] = {**drafts.meaning_json(meaning), **(waiting or {})}
    effects: list[Effect] = []
    said = exchange.incoming.said
    if exchange.draft and said.event == "callback":
        draft = drafts.ask_on(exchange.draft, message_id=said.message_id, **fields)
    else:
        effects = leave(exchange.draft)
        fields |= {"words": exchange.words, "wish": drafts.wish_json(exchange.wish)}
        if exchange.draft and meaning is None:  # what was known already is still to be used
            fields["meaning"] = exchange.draft.meaning
        if exchange.reminder:
            fields |= {"reminder": exchange.reminder, "changes": True}
        if said.event == "callback":
            fields["message_id"] = said.message_id
        draft = drafts.ask(exchange.chat, exchange.user_id, exchange.incoming.request_id, **fields)
    buttons = [Button(label, f"q1:{draft.pk}:{n}") for n, (label, _) in enumerate(options)]
    context = {"chat": exchange.chat, "wish": exchange.wish, **card.context}
    rows = [*packed(buttons), *_own(card.buttons, draft)]
    shown = for_group(Card(card.template, context, rows, tag=f"draft:{draft.pk}"))
    return Reply([*effects, *show(exchange.incoming, shown, reply_to=reply_to)])


def for_group(card: Card) -> Card:
    """Return the card of a question, in groups with how to answer: other words do not reach the bot."""
    if card.context["chat"].is_private:
        return card
    return replace(
        card, template="reminders/in_group", context={**card.context, "asked": card.template}
    )


def leave(draft: Draft | None) -> list[Effect]:
    """Close a question that was answered with words which lead to another one."""
    if draft is None or not draft.end(Draft.State.DROPPED):
        return []
    return drafts.without_question(draft)


def packed(buttons: list[Button], width: int = PER_ROW) -> Rows:
    """Return the buttons in rows."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def _own(rows: Rows, draft: Draft) -> Rows:
    """Complete the buttons that belong to every question of a kind: their data is only the verb."""
    return [[Button(b.label, f"q1:{draft.pk}:{b.data}") for b in row] for row in rows]


def _type() -> Button:
    return Button(labels.type_a_time(), "t")


def _cancel() -> Button:
    return Button(labels.cancel(), "x")


def ask_which(
    exchange: Exchange, meaning: Meaning, *, waiting: dict[str, Any] | None = None
) -> Reply:
    """Ask which of two or three readings is meant."""
    clock = exchange.chat.clock
    options: Options = [
        (labels.choice(reading.due, clock), drafts.reading_json(reading))
        for reading in meaning.readings[:4]
    ]
    card = Card(
        "reminders/which",
        {"subject": subject_of(exchange, meaning)},
        [[Button(labels.other(), "t")]],
    )
    return question(exchange, card, options, meaning=meaning, waiting=waiting)


def ask_past(exchange: Exchange, meaning: Meaning) -> Reply:
    """Say that the time has passed, as it was read, and offer the next sensible ones."""
    now, options = exchange.incoming.now, []
    zone = exchange.chat.timezone or "UTC"
    if meaning.due is not None:
        here = now.astimezone(meaning.due.tzinfo)
        wall = meaning.due.replace(tzinfo=None, year=here.year, month=here.month, day=here.day)
        again = localise(wall, ZoneInfo(zone))[0]
        again += timedelta(days=1) if again <= now else timedelta()
        local = again.astimezone(meaning.due.tzinfo)
        code = "today" if local.date() == here.date() else "tomorrow"
        options.append(
            (labels.day_at(code, local, exchange.chat.clock), drafts.reading_json(Reading(local)))
        )
    options.append((_("In 1 h"), {"preset": "1h"}))
    card = Card("reminders/past", {"due": meaning.due, "now": now, "zone": zone}, [[_cancel()]])
    return question(exchange, card, options, meaning=meaning)


def ask_when(exchange: Exchange, meaning: Meaning, template: str = "reminders/when") -> Reply:
    """Ask when to bring something back that came without a time."""
    chat, now = exchange.chat, exchange.incoming.now
    options: Options = [
        (presets.long_label(code, now, chat.timezone, chat.clock), {"preset": code})
        for code in _suitable(exchange)
    ]
    card = Card(template, {"meaning": meaning}, [[_type(), _cancel()]])
    return question(
        exchange, card, options, meaning=meaning, reply_to=exchange.incoming.said.message_id
    )


def _suitable(exchange: Exchange) -> list[str]:
    """Return the offered times without those that are the same moment."""
    seen: dict[Any, str] = {}
    for code in WHEN:
        seen.setdefault(presets.resolve(code, exchange.incoming.now, exchange.chat.timezone), code)
    return list(seen.values())


def ask_what(exchange: Exchange, meaning: Meaning, *, zone_set: bool = False) -> Reply:
    """Ask what it is about where only a time was said; the next words are the answer."""
    chat, due = exchange.chat, meaning.due
    context = {
        "due": due,
        "rule": describe(meaning.rules, due.replace(tzinfo=None), chat.timezone)
        if due and meaning.rules
        else "",
        "zone_known": bool(chat.timezone),
        "zone_set": zone_set,
        "now": exchange.incoming.now,
    }
    card = Card("reminders/about_what", context, [[_cancel()]])
    return question(exchange, card, [], meaning=meaning, awaiting=Draft.Awaiting.TEXT)


def ask_unclear(exchange: Exchange, meaning: Meaning, unknown: str) -> Reply:
    """Say which words were not understood as a time, and what was."""
    chat, now = exchange.chat, exchange.incoming.now
    codes = ["tomorrow", "saturday"]
    options: Options = [
        (presets.long_label(code, now, chat.timezone, chat.clock), {"preset": code})
        for code in codes
    ]
    context = {"subject": meaning.subject, "unknown": unknown}
    card = Card("reminders/unclear", context, [[_cancel()]])
    return question(exchange, card, options, meaning=meaning, awaiting=Draft.Awaiting.TIME)


def ask_slower(exchange: Exchange, meaning: Meaning, seconds: int) -> Reply:
    """Say what the shortest distance of repeats is, and offer some."""
    now = exchange.incoming.now.replace(microsecond=0)
    options: Options = []
    for step, rule in ((300, "FREQ=MINUTELY;INTERVAL=5"), (3600, "FREQ=HOURLY;INTERVAL=1")):
        first = (now + timedelta(seconds=step)).astimezone(
            ZoneInfo(exchange.chat.timezone or "UTC")
        )
        label = _("Every %(span)s") % {"span": span(step)} if step < 3600 else _("Every hour")
        options.append((label, drafts.reading_json(Reading(first, (rule,)))))
    card = Card("reminders/too_frequent", {"seconds": seconds}, [[_cancel()]])
    return question(exchange, card, options, meaning=meaning)


def refuse(exchange: Exchange, meaning: Meaning) -> Reply:
    """Say why this cannot be, and take a better time as the answer."""
    context = {
        "problem": meaning.problem,
        "details": dict(meaning.details),
        "due": first_due(meaning),
    }
    card = Card("reminders/refused", context, [[_cancel()]])
    return question(exchange, card, [], meaning=meaning, awaiting=Draft.Awaiting.TIME)


def first_due(meaning: Meaning) -> Any:
    """Return the moment that was read, in whatever way it was refused."""
    return meaning.due or (meaning.readings[0].due if meaning.readings else None)


def subject_of(exchange: Exchange, meaning: Meaning) -> str:
    """Return what is to be remembered, as far as it is known."""
    known = exchange.reminder.text if exchange.reminder else ""
    return meaning.subject or exchange.wish.text or known


def is_ready(meaning: Meaning) -> bool:
    """Whether nothing is left to ask about the time."""
    return meaning.kind in {Kind.INSTANT, Kind.RECURRENCE}
