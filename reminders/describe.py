"""Say in words when a reminder comes: one sentence for the chat, the admin and exports alike."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby, islice, product

from django.template.defaultfilters import date as format_date
from django.utils.dates import MONTHS, MONTHS_ALT
from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from conversations.templatetags.chat import written
from reminders.localise import zone_named
from reminders.rules import BadRule, Rule, read_rule
from reminders.walk import walk

_WORKDAYS = frozenset(range(5))
_WEEKEND = frozenset((5, 6))
_MOST_TIMES = 6  # more times of day than this are a window, not a list


def describe(rules: Sequence[str], start: datetime, zone: str) -> str:
    """Return e.g. "every weekday at 08:30", in the active language.

    `start` is the first occurrence on the wall clock of `zone` (IANA); without rules it is the only one.
    """
    if not rules:
        return _("once, %(day)s at %(time)s") % {
            "day": format_date(start, "j M Y"),
            "time": format_date(start, "H:i"),
        }
    try:
        read = [read_rule(text) for text in rules]
    except BadRule:
        return _("by a rule that cannot be read")
    if all(rule.count == len(read) and rule.freq == "YEARLY" for rule in read):
        return _each_once(read, start)
    return "; ".join(_one(rule, start, zone) for rule in read)


def _each_once(rules: Iterable[Rule], start: datetime) -> str:
    """Return e.g. "once, 26 Nov 2026 at 15:00 and 17:00" for rules of which each comes once."""
    moments = sorted(moment for rule in rules for moment in islice(walk(rule, start, start), 1))
    return "; ".join(
        _("once, %(day)s at %(time)s")
        % {"day": format_date(day, "j M Y"), "time": _and(format_date(t, "H:i") for t in times)}
        for day, times in groupby(moments, key=datetime.date)
    )


def _one(rule: Rule, start: datetime, zone: str) -> str:
    words = {
        "MINUTELY": _minutely,
        "HOURLY": _hourly,
        "DAILY": _daily,
        "WEEKLY": _weekly,
        "MONTHLY": _monthly,
        "YEARLY": _yearly,
    }[rule.freq](rule, start)
    if rule.months and rule.freq != "YEARLY":
        words += " " + _("in %(months)s") % {"months": _months(rule.months)}
    return words + _limits(rule, zone)


def _limits(rule: Rule, zone: str) -> str:
    if rule.count:
        return ", " + ngettext("%(n)d time", "%(n)d times", rule.count) % {"n": rule.count}
    if rule.until is None:
        return ""
    last = rule.until
    if rule.until_is_utc:
        last = last.replace(tzinfo=UTC).astimezone(zone_named(zone)).replace(tzinfo=None)
    return ", " + _("until %(day)s") % {"day": format_date(last, "j M Y")}


def _minutely(rule: Rule, start: datetime) -> str:
    n = rule.interval
    return ngettext("every minute", "every %(n)d minutes", n) % {"n": n} + _window(rule)


def _hourly(rule: Rule, start: datetime) -> str:
    n = rule.interval
    return ngettext("every hour", "every %(n)d hours", n) % {"n": n} + _window(rule)


def _window(rule: Rule) -> str:
    """Return between which hours and on which days a rule of minutes or hours holds."""
    words = ""
    if rule.hours:
        words += " " + _("from %(first)02d:00 to %(last)02d:59") % {
            "first": rule.hours[0],
            "last": rule.hours[-1],
        }
    days = _days_of(rule)
    return f"{words} {_on_days(days)}" if days else words


def _daily(rule: Rule, start: datetime) -> str:
    days, n = _days_of(rule), rule.interval
    if days and n == 1:
        return _every_days(days) + _at(rule, start)
    words = ngettext("every day", "every %(n)d days", n) % {"n": n}
    return words + (f" {_on_days(days)}" if days else "") + _at(rule, start)


def _weekly(rule: Rule, start: datetime) -> str:
    days = _days_of(rule) or {start.weekday()}
    if rule.interval == 1:
        return _every_days(days) + _at(rule, start)
    words = _("every %(n)d weeks") % {"n": rule.interval}
    return f"{words} {_on_days(days)}{_at(rule, start)}"


def _monthly(rule: Rule, start: datetime) -> str:
    n = rule.interval
    often = _("monthly") if n == 1 else _("every %(n)d months") % {"n": n}
    return f"{often} {_day_of_month(rule, start)}{_at(rule, start, comma=True)}"


def _yearly(rule: Rule, start: datetime) -> str:
    n = rule.interval
    often = _("every year") if n == 1 else _("every %(n)d years") % {"n": n}
    months = _and(written(MONTHS_ALT[month]) for month in rule.months or (start.month,))
    if rule.weekdays or rule.clamped_day:
        on = f"{_day_of_month(rule, start)} {_('of %(month)s') % {'month': months}}"
    else:
        on = _("on the %(day)s of %(month)s") % {"day": _days(rule, start), "month": months}
    return f"{often} {on}{_at(rule, start, comma=True)}"


def _day_of_month(rule: Rule, start: datetime) -> str:
    if rule.clamped_day:
        day = _day(rule.clamped_day)
        return _("on the %(day)s (last day in shorter months)") % {"day": day}
    if rule.weekdays:
        return _("on the %(days)s") % {"days": _ranked_days(rule)}
    return _("on the %(day)s") % {"day": _days(rule, start)}


def _days(rule: Rule, start: datetime) -> str:
    days = rule.monthdays or (start.day,)
    return _and(_("last day") if day == -1 else _day(day) for day in days)


def _ranked_days(rule: Rule) -> str:
    if rule.positions:
        days = frozenset(day for _nth, day in rule.weekdays)
        name = _("weekday") if days == _WORKDAYS else _and(written(DAY_NAMES[day]) for day in days)
        return _and(_ranked(place, name) for place in rule.positions)
    return _and(
        _ranked(nth, written(DAY_NAMES[day])) if nth else written(DAY_NAMES[day])
        for nth, day in rule.weekdays
    )


def _ranked(n: int, name: str) -> str:
    """Return e.g. "3rd Friday"."""
    if n == -1:
        which = _("last")
    elif n < 0:
        which = _("%(day)s to last") % {"day": _ordinal(-n)}
    else:
        which = _ordinal(n)
    return _("%(which)s %(weekday)s") % {"which": which, "weekday": name}


def _ordinal(n: int) -> str:
    """Return which one of several it is."""
    patterns = {1: _("%(n)dst"), 2: _("%(n)dnd"), 3: _("%(n)drd")}
    return (_("%(n)dth") if _is_plain(n) else patterns[n % 10]) % {"n": n}


def _day(n: int) -> str:
    """Return a day of the month, from its end if negative."""
    if n < 0:
        return _("%(day)s to last day") % {"day": _ordinal(-n)}
    patterns = {
        1: pgettext("day of the month", "%(n)dst"),
        2: pgettext("day of the month", "%(n)dnd"),
        3: pgettext("day of the month", "%(n)drd"),
    }
    plain = pgettext("day of the month", "%(n)dth")
    return (plain if _is_plain(n) else patterns[n % 10]) % {"n": n}


def _is_plain(n: int) -> bool:
    return 10 < n % 100 < 14 or n % 10 not in {1, 2, 3}


def _days_of(rule: Rule) -> set[int]:
    return {day for nth, day in rule.weekdays if not nth}


def _every_days(days: set[int]) -> str:
    if days == _WORKDAYS:
        return _("every weekday")
    if days == _WEEKEND:
        return _("every Saturday and Sunday")
    if len(days) == 7:
        return _("every day")
    return _("every %(days)s") % {"days": _and(written(DAY_NAMES[day]) for day in sorted(days))}


def _on_days(days: set[int]) -> str:
    if days == _WORKDAYS:
        return _("on weekdays")
    return _("on %(days)s") % {"days": _and(written(DAY_NAMES[day]) for day in sorted(days))}


def _at(rule: Rule, start: datetime, *, comma: bool = False) -> str:
    """Return the times of day."""
    hours, minutes = rule.hours or (start.hour,), rule.minutes or (start.minute,)
    times = [f"{hour:02d}:{minute:02d}" for hour, minute in product(hours, minutes)]
    if len(times) > _MOST_TIMES:
        words = _("%(n)d times between %(first)s and %(last)s") % {
            "n": len(times),
            "first": times[0],
            "last": times[-1],
        }
        return f", {words}"
    if comma:
        return f", {_and(times)}"
    return " " + _("at %(times)s") % {"times": _and(times)}


def _months(months: Iterable[int]) -> str:
    return _and(written(MONTHS[month]) for month in months)


def _and(names: Iterable[str]) -> str:
    *first, last = names
    if not first:
        return last
    return _("%(all)s and %(last)s") % {"all": ", ".join(first), "last": last}
