"""What is to come once: the instant of a moment, or those of several to choose from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from reminders.when.calendar import Today, ahead, aware
from reminders.when.fields import Moment
from reminders.when.instant import resolve
from reminders.when.limits import FARTHEST
from reminders.when.meaning import Details, Kind, Meaning, Reading

MOST_OFFERED = 4  # readings that a question has buttons for


def once(base: Meaning, moments: Sequence[Moment], today: Today, mode: int | None) -> Meaning:
    """Return the meaning of a moment, or of the alternatives, with what `base` says beside it."""
    single = [
        replace(moment, clocks=(clock,)) if clock else moment
        for moment in moments
        for clock in moment.clocks or (None,)
    ]
    if len(single) > 1:
        return _several(base, single[:MOST_OFFERED], today, mode)
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
    return replace(base, kind=Kind.AMBIGUOUS, readings=tuple(Reading(due) for due in dues))


def _too_far(base: Meaning, due: datetime) -> Meaning:
    details: Details = (("years", 5),)
    readings = (Reading(due),)
    return replace(base, kind=Kind.REFUSED, problem="too_far", details=details, readings=readings)


def _whole(moment: datetime, today: Today) -> datetime:
    """Return the moment to the second; offsets from now keep the seconds of now."""
    return moment.replace(microsecond=0) if moment != today.now else moment
