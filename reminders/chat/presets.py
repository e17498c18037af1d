"""Times that fit on a button: "20m", "tomorrow", "evening" ... as short codes, and what they mean."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from conversations.templatetags.chat import clock_text, span, upper_first
from reminders.localise import localise

MORNING, EVENING = time(9), time(20)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NAMED = ("evening", "tomorrow", *DAYS)
LONGEST = timedelta(days=366)
_SPAN = re.compile(r"([0-9]{1,5})(m|h|d|w)")
_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}


def seconds_of(code: str) -> int | None:
    """Return how many seconds from now a code means; None if it means a time of day."""
    match = _SPAN.fullmatch(code)
    return int(match[1]) * _UNITS[match[2]] if match else None


def is_preset(code: str) -> bool:
    """Whether this is a code that `resolve` understands."""
    seconds = seconds_of(code)
    return code in NAMED or (seconds is not None and 60 <= seconds <= LONGEST.total_seconds())


def resolve(code: str, now: datetime, zone: str) -> datetime:
    """Return the moment a code means, in the zone. A day is at nine, an evening at eight."""
    place = ZoneInfo(zone or "UTC")
    here = now.astimezone(place).replace(microsecond=0)
    seconds = seconds_of(code)
    if seconds is not None:
        return (now.replace(microsecond=0) + timedelta(seconds=seconds)).astimezone(place)
    if code == "evening":
        day = here.date() + timedelta(days=here.time() >= EVENING)
        wall = datetime.combine(day, EVENING)
    elif code == "tomorrow":
        wall = datetime.combine(here.date() + timedelta(days=1), MORNING)
    elif code in DAYS:
        ahead = (DAYS.index(code) - here.weekday() - 1) % 7 + 1
        wall = datetime.combine(here.date() + timedelta(days=ahead), MORNING)
    else:
        raise ValueError(code)
    return localise(wall, place)[0].astimezone(place)


def short_label(code: str) -> str:
    """Return what a snooze button says: "+20m", "Tomorrow"."""
    if seconds_of(code) is not None:
        return f"+{code}"
    return {"evening": _("Evening"), "tomorrow": _("Tomorrow")}.get(code) or weekday_name(code)


def long_label(code: str, now: datetime, zone: str, clock: int | None) -> str:
    """Return what a button of a question says: "1 h", "Tonight 20:00", "Mon 09:00"."""
    seconds = seconds_of(code)
    if seconds is not None:
        return span(seconds)
    moment = resolve(code, now, zone)
    here = clock_text(moment, clock)
    if code == "evening" and moment.date() == now.astimezone(moment.tzinfo).date():
        return _("Tonight %(time)s") % {"time": here}
    if code == "tomorrow" or moment.date() == now.astimezone(moment.tzinfo).date() + timedelta(
        days=1
    ):
        return _("Tomorrow %(time)s") % {"time": here}
    return f"{weekday_name(DAYS[moment.weekday()])} {here}"


def weekday_name(code: str) -> str:
    """Return the short name of a day of the week, as a button begins."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return upper_first(names[DAYS.index(code)])
