"""What is to come once: the instant of a moment, or those of several: each, or one to choose."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from reminders.recurrence import SHORTEST_DISTANCE
from reminders.rules import MAX_RULES
from reminders.when.calendar import Today, ahead, aware
from reminders.when.fields import Moment
from reminders.when.instant import in_order, resolve
from reminders.when.limits import FARTHEST
from reminders.when.meaning import Details, Kind, Meaning, Reading

MOST_OFFERED = 4  # readings that a question has buttons for
YEAR = timedelta(days=365)  # in which a date is the only one of its month and day


def once(base: Meaning, moments: Sequence[Moment], today: Today, mode: int | None) -> Meaning:
    """Return the meaning of a moment, or of several, with what `base` says beside it.

    Several come each by a rule of its own, once; it is asked where only one of them is meant.
    """
    single = [
        replace(moment, clocks=(clock,)) if clock else moment
        for moment in moments
        for clock in (moment.clocks if moment.choice else in_order(moment.clocks, mode)) or (None,)
    ]
    if len(single) > 1:
        return _several(base, single[:MAX_RULES], today, mode)
    result = resolve(single[0], today, mode)
    dues = tuple(ahead(_whole(t, today), today) for t in result.times)
    made = replace(
        base, needs_zone=result.absolute, bare_hour=result.bare, time_given=result.time_given
    )
    if dues[0] - aware(today.now, today.zone) > FARTHEST:
        return _too_far(made, dues[0])
    if result.past:
        return replace(made, kind=Kind.PAST, due=dues[0], problem="past")
    if len(dues) > 1:
        return replace(made, kind=Kind.AMBIGUOUS, readings=tuple(Reading(d) for d in dues))
    return replace(made, kind=Kind.INSTANT, due=dues[0])


def _several(base: Meaning, single: Sequence[Moment], today: Today, mode: int | None) -> Meaning:
    """Offer each that is still to come."""
    results = [resolve(moment, today, mode) for moment in single]
    base = replace(base, needs_zone=any(result.absolute for result in results))
    coming = [result for result in results if not result.past]
    dues = sorted({ahead(_whole(result.times[0], today), today) for result in coming})
    if not dues:
        return replace(base, kind=Kind.PAST, problem="past", due=None)
    if dues[-1] - aware(today.now, today.zone) > FARTHEST:
        return _too_far(base, dues[-1])
    if len(dues) == 1:
        return replace(base, kind=Kind.INSTANT, due=dues[0])
    if any(moment.choice for moment in single) or not _have_rules(dues):
        readings = tuple(Reading(due) for due in dues[:MOST_OFFERED])
        return replace(base, kind=Kind.AMBIGUOUS, readings=readings)
    rules = tuple(
        f"FREQ=YEARLY;BYMONTH={due.month};BYMONTHDAY={due.day};BYHOUR={due.hour};"
        f"BYMINUTE={due.minute};COUNT={len(dues)}"
        for due in dues
    )
    return replace(base, kind=Kind.RECURRENCE, due=dues[0], rules=rules)


def _have_rules(dues: Sequence[datetime]) -> bool:
    """Whether rules can say each: they take the second from the first, and know no second pass."""
    alike = all(due.second == dues[0].second and not due.fold for due in dues)
    apart = all(two - one >= SHORTEST_DISTANCE for one, two in pairwise(dues))
    return alike and apart and dues[-1] - dues[0] < YEAR


def _too_far(base: Meaning, due: datetime) -> Meaning:
    details: Details = (("years", 5),)
    readings = (Reading(due),)
    return replace(base, kind=Kind.REFUSED, problem="too_far", details=details, readings=readings)


def _whole(moment: datetime, today: Today) -> datetime:
    """Return the moment to the second; offsets from now keep the seconds of now."""
    return moment.replace(microsecond=0) if moment != today.now else moment
