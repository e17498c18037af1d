"""Answer /settings: snooze buttons, quiet hours, the clock, the order of dates, how to ask again."""

import re
from datetime import time

from django.utils.translation import gettext as _

from conversations.models import Chat
from conversations.replies import Button, Reply, Rows, Toast, say
from conversations.router import Incoming
from reminders.chat import presets
from reminders.chat.exchange import Card, show
from reminders.chat.models import NAGGING, Preferences, default_snoozes, preferences_of

MOST_SNOOZES = 4
_QUIET = re.compile(
    r"quiet +([0-9]{1,2})(?::([0-9]{2}))? *(?:-|–|to|until) *([0-9]{1,2})(?::([0-9]{2}))?"
)


def command(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /settings; with words it changes what only words can say."""
    words = incoming.arguments.lower().strip()
    habits = preferences_of(chat.pk)
    if words.startswith("snooze"):
        if not _set_snoozes(habits, words.split()[1:]):
            return say("reminders/settings_snooze_how")
    elif words and not _set_quiet(habits, words):
        return say("reminders/settings_how")
    return Reply([card(chat, habits).say()])


def _set_snoozes(habits: Preferences, codes: list[str]) -> bool:
    wanted = list(dict.fromkeys(code.strip(",+") for code in codes))
    if wanted == ["default"]:
        wanted = default_snoozes()
    if not 1 <= len(wanted) <= MOST_SNOOZES or not all(map(presets.is_preset, wanted)):
        return False
    habits.snoozes = wanted
    habits.save()
    return True


def _set_quiet(habits: Preferences, words: str) -> bool:
    if words == "quiet off":
        habits.quiet = Preferences.Quiet.NOTHING
        habits.save()
        return True
    match = _QUIET.fullmatch(words)
    if match is None:
        return False
    hours = [int(match[1]), int(match[2] or 0), int(match[3]), int(match[4] or 0)]
    if hours[0] > 23 or hours[2] > 23 or hours[1] > 59 or hours[3] > 59:
        return False
    habits.quiet_from, habits.quiet_until = time(hours[0], hours[1]), time(hours[2], hours[3])
    if habits.quiet == Preferences.Quiet.NOTHING:
        habits.quiet = Preferences.Quiet.NAGS
    habits.save()
    return True


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer the buttons of /settings: each press takes the next value."""
    verb = incoming.said.callback_data.partition(":")[2]
    habits = preferences_of(chat.pk)
    if verb == "clock":
        chat.clock = 12 if (chat.clock or 24) == 24 else 24
        chat.save(update_fields=["clock"])
    elif verb == "order":
        chat.day_first = not chat.day_first
        chat.save(update_fields=["day_first"])
    elif verb == "quiet":
        habits.quiet = _next(Preferences.Quiet.values, habits.quiet)
        habits.save()
    elif verb == "nag":
        habits.nagging = _next(Preferences.Nagging.values, habits.nagging)
        habits.save()
    elif verb == "suggest":
        habits.suggestions = not habits.suggestions
        habits.save()
    return Reply([Toast(), *show(incoming, card(chat, habits))])


def _next(values: list[str], value: str) -> str:
    return values[(values.index(value) + 1) % len(values)]


def card(chat: Chat, habits: Preferences) -> Card:
    """Return the settings with a button for each that can be pressed through."""
    every, times = NAGGING[Preferences.Nagging(habits.nagging)]
    context = {
        "chat": chat,
        "habits": habits,
        "snoozes": [presets.short_label(code) for code in habits.snoozes],
        "quiet_from": habits.quiet_from.strftime("%H:%M"),
        "quiet_until": habits.quiet_until.strftime("%H:%M"),
        "every": every,
        "times": times,
    }
    return Card("reminders/settings", context, _buttons(chat, habits))


def _buttons(chat: Chat, habits: Preferences) -> Rows:
    clock = _("12-hour clock") if (chat.clock or 24) == 24 else _("24-hour clock")
    order = _("3/4 is March 4") if chat.day_first else _("3/4 is 3 April")
    suggest = _("No better times") if habits.suggestions else _("Offer better times")
    return [
        [Button(clock, "s1:clock"), Button(order, "s1:order")],
        [Button(_("Quiet hours"), "s1:quiet"), Button(_("Asking again"), "s1:nag")],
        [Button(suggest, "s1:suggest")],
    ]
