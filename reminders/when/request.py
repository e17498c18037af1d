"""Layer 4: choose, among the phrases of a message, those that together say one moment."""

from dataclasses import dataclass, field, replace

from reminders.when.fields import (
    Bound,
    Duration,
    Moment,
    Repeat,
    Series,
    merge,
    merge_moments,
)
from reminders.when.groups import Group, groups_of, role_of
from reminders.when.lexicon import Item
from reminders.when.limits import SHORTEST_REPEAT
from reminders.when.meaning import Nag
from reminders.when.several import alternatives, combined
from reminders.when.unions import united

_SHORT = ("second", "minute", "hour")
_LENGTHS = {"minute": 60, "hour": 3600}


@dataclass(slots=True)
class Request:
    """Everything a message asks for, before the calendar is consulted."""

    moment: Moment | None = None
    either: tuple[Moment, ...] = ()  # several, of which one is meant, or each
    entries: tuple[str, ...] = ()  # where it holds several reminders: the words of each
    series: Series | None = None
    unions: list[Series] = field(default_factory=list)  # beside `series`, each with own times
    bounds: list[Bound] = field(default_factory=list)
    nag: Nag | None = None
    until_done: bool = False
    again: list[Item] = field(default_factory=list)  # words that may mean asking until it is done
    alerts: tuple[int, ...] = ()
    urgent: bool = False
    negative: bool = False  # asks for a moment so long ago: "in -5 minutes"
    used: list[tuple[Item, str]] = field(default_factory=list)


def build(items: list[Item]) -> Request:
    """Return the request that the phrases among `items` make up."""
    request = Request()
    items = _take_pace(items, request)
    items = _take_unions(items, request)
    _take_series(items, request)
    _take_extras(items, request)
    _take_moment(items, request)
    _nag_until_done(request)
    return request


def _nag_until_done(request: Request) -> None:
    """Read "at 18:00, every 20 minutes until done" as a moment repeated until answered.

    Without a moment, the first time comes after as many minutes.
    """
    series = request.series
    if series is None or series.repeat.unit not in _LENGTHS:
        return
    # "напоминай каждые 2 часа" is a series; only what comes within minutes asks until it is done.
    asks = request.until_done or (request.again and series.repeat.unit == "minute")
    every = (series.repeat.every or 1) * _LENGTHS[series.repeat.unit]
    counted = request.until_done and series == Series(series.repeat) and not request.bounds
    if asks and (request.moment or (counted and every >= SHORTEST_REPEAT)):
        request.used = [(i, "nag" if role == "recurrence" else role) for i, role in request.used]
        request.used.extend((item, "nag") for item in request.again)
        request.nag, request.series = request.nag or Nag(every), None
        request.moment = request.moment or Moment(offset=Duration(seconds=every))


def _take_pace(items: list[Item], request: Request) -> list[Item]:
    """Take "every 15 minutes" apart from "nag me" as how often it asks, where something else says when."""
    nags = [i for i in items if "NAGGING" in i.values and not i.values["NAGGING"].every]
    paces = [i for i in items if _seconds_between(i)]
    moments = [i for i in items if "MOMENT" in i.values and not i.values["MOMENT"].weak]
    series = [i for i in items if "REPEAT" in i.values and i not in paces]
    bounds = [i.values["BOUND"] for i in items if "BOUND" in i.values and i not in moments]
    if not nags or len(paces) != 1 or not (moments or series) or any(map(_says_when, bounds)):
        return items
    counts = [i for i in items if "BOUND" in i.values and i.values["BOUND"].count]
    times = counts[0].values["BOUND"].count if counts else nags[0].values["NAGGING"].times
    request.nag = Nag(_seconds_between(paces[0]), times)
    used = [nags[0], paces[0], *counts[:1]]
    request.used.extend((item, "nag") for item in used)
    return [item for item in items if item not in used]


def _seconds_between(item: Item) -> int:
    """Return the seconds of "every 15 minutes" and nothing else; 0 for any other item."""
    series = item.values.get("REPEAT")
    if not series or series.repeat.unit not in _LENGTHS:
        return 0
    plain = Series(Repeat(series.repeat.unit, series.repeat.every))
    return (series.repeat.every or 1) * _LENGTHS[series.repeat.unit] if series == plain else 0


def _take_unions(items: list[Item], request: Request) -> list[Item]:
    """Take recurrences that stand side by side; return the other items."""
    found, used = united(items)
    if found:
        request.series, *request.unions = found
        request.used.extend((item, "recurrence") for item in used)
    return [item for item in items if item not in used]


def _take_series(items: list[Item], request: Request) -> None:
    for item in items:
        if "REPEAT" in item.values:
            both = _merge_series(request.series, item.values["REPEAT"])
        elif isinstance(item.values.get("EXCEPT"), Repeat) and request.series:
            both = _merge_series(request.series, Series(item.values["EXCEPT"]))
        else:
            continue
        if both is not None:
            request.series = both
            request.used.append((item, "recurrence"))


def _merge_series(one: Series | None, two: Series) -> Series | None:
    if one is None:
        return two
    repeat = _merge_repeat(one.repeat, two.repeat)
    if repeat is None or (one.clocks and two.clocks):
        return None
    return Series(repeat, one.clocks or two.clocks, one.after_done or two.after_done)


def _merge_repeat(one: Repeat, two: Repeat) -> Repeat | None:
    """Merge; "every week" and "on mondays" agree, "every day" yields to weekdays."""
    if two.unit in _SHORT and one.unit in ("day", "week"):
        one, two = two, one
    if one.unit in _SHORT and two.unit in ("day", "week") and (two.every or 1) == 1:
        two = replace(two, unit=one.unit, every=None)
    if one.unit != two.unit and one.weekdays and two.unit in ("day", "week") and not two.weekdays:
        two = replace(two, unit=one.unit)
    elif one.unit == "day" and two.weekdays and (one.every or 1) == 1:
        one = replace(one, unit=two.unit)
    if one.every and two.every and one.every != two.every and 1 in (one.every, two.every):
        one, two = replace(one, every=max(one.every, two.every)), replace(two, every=None)
    return merge(one, two)


def _take_extras(items: list[Item], request: Request) -> None:
    for item in items:
        values = item.values
        if "NAGGING" in values and request.nag is None:
            request.nag = values["NAGGING"]
            request.used.append((item, "nag"))
        elif "UNTIL_DONE" in values:
            request.until_done = True
            request.used.append((item, "nag"))
        elif "AGAIN" in values:
            request.again.append(item)
        elif "ALERTS" in values and not request.alerts:
            request.alerts = values["ALERTS"]
            request.used.append((item, "alert"))
        elif "URGENT" in values:
            request.urgent = True
            request.used.append((item, "urgent"))
        elif "BOUND" in values and (request.series or _says_when(values["BOUND"])):
            request.bounds.append(values["BOUND"])
            request.used.append((item, "bound"))


def _says_when(bound: Bound) -> bool:
    return bool(bound.start or bound.end or bound.window)


def _take_moment(items: list[Item], request: Request) -> None:
    groups = groups_of(items)
    if request.series and request.series.repeat.weekdays:  # which says on which days already
        groups = [g for g in groups if g.moment.date is None or g.moment.date.weekday is None]
    if not groups:
        return
    if not request.series:
        groups = alternatives(groups, items)
    asked = [group for group in groups if _is_asked(group, items)]
    ranked = sorted(groups, key=lambda g: (g not in asked, -g.weight, -g.edge(items)))
    first, moment = ranked[0], ranked[0].moment
    if asked:
        if moment.date is None and moment.offset is None:
            moment = _on_day_before(first, groups)
        if moment.date:  # what else names a day is what it is about
            ranked[1:] = [group for group in ranked[1:] if not group.moment.date]
        if first is not groups[0]:  # else the words around a request are taken out together
            request.used.append((items[_place_of(first, items) - 1], "joint"))
    _merge_others(ranked, moment, request)


def _merge_others(ranked: list[Group], moment: Moment, request: Request) -> None:
    """Take the first moment, and of the others what does not contradict it."""
    chosen, either = [ranked[0]], ranked[0].either
    for group in ranked[1:]:
        if group.moment.weak:
            continue
        both = merge_moments(moment, group.moment)
        if both is not None and not group.moment.now:
            either = combined(moment, either, group)
            moment = both
            chosen.append(group)
    request.moment, request.either = moment, either
    for group in chosen:
        request.used.extend((item, role_of(item)) for item in group.items)


def _is_asked(group: Group, items: list[Item]) -> bool:
    """Whether "remind me" or "wake me" stands before it: other times belong to what it is about."""
    place = _place_of(group, items)
    before = items[place - 1].values if place else {}
    return "ALERT" in before and not group.moment.weak and not group.moment.now


def _place_of(group: Group, items: list[Item]) -> int:
    return next(n for n, item in enumerate(items) if item is group.items[0])


def _on_day_before(asked: Group, groups: list[Group]) -> Moment:
    """Return "wake me at 3:30" on the day that was named before it ("flight friday at 6am, ...")."""
    earlier = groups[: groups.index(asked)]
    dates = [group.moment.date for group in earlier if group.moment.date and group.moment.clocks]
    return replace(asked.moment, date=dates[-1]) if dates else asked.moment
