"""Rules for parts of the day side by side: "every morning and evening", "morning, noon and night"."""

from dataclasses import replace

from reminders.when.fields import Clock, Moment, Repeat, Series
from reminders.when.lexicon import Item
from reminders.when.pattern import Found, Rule

_NEXT = "(?:(?:COMMA AND|COMMA|AND) (?:IN|AT|ON|THE)* (?:PART|PARTS|MEAL|MOMENT|REPEAT)){1,3}"


def _moment(f: Found) -> Moment | None:
    """Build "tomorrow morning and evening"; words alone ("morning and evening") may be no time."""
    first, clocks = f.matched[0].values.get("MOMENT", Moment()), _clocks(f)
    if clocks is None or first.offset or (f.count("REPEAT") and not first.date):
        return None
    single = all(item.end - item.start == len(item.text) for item in f.matched)
    bare = single or f.count("MEAL") > 0
    return Moment(date=first.date, clocks=clocks, weak=bare and first.date is None)


def _series(f: Found) -> Series | None:
    series, clocks = f["series"], _clocks(f)
    return replace(series, clocks=clocks) if clocks else None


def _clocks(f: Found) -> tuple[Clock, ...] | None:
    """Return the parts of the day that the items name one each, or None where one names more."""
    named = [item for item in f.matched if item.values.keys() & _NAMING]
    clocks = [_clock(item, first=item is f.matched[0]) for item in named]
    if None in clocks or len(set(clocks)) < len(clocks) or not any(c and c.part for c in clocks):
        return None
    return tuple(clock for clock in clocks if clock)


_NAMING = {"PART", "PARTS", "MEAL", "MOMENT", "REPEAT"}


def _clock(item: Item, *, first: bool) -> Clock | None:
    """Return the part of the day, or the noon, that an item names; the first may name days as well."""
    values = item.values
    moment, series = values.get("MOMENT"), values.get("REPEAT")
    if isinstance(moment, Moment):
        said, alone = moment.clocks, moment.date is None and moment.offset is None
    elif isinstance(series, Series):
        said, alone = series.clocks, series.repeat == Repeat(unit="day")
    else:
        names = [values[name] for name in ("PART", "PARTS", "MEAL") if name in values]
        return Clock(part=names[0])
    if len(said) != 1 or not (alone or first):
        return None
    noon = said[0].hour == 12 and said[0].meridiem == "24"
    return said[0] if said[0].hour is None or noon else None


PARTS_BESIDE = [
    Rule("MOMENT", f"(?:PART|MEAL|MOMENT) {_NEXT}", _moment),
    Rule("REPEAT", f"series:REPEAT {_NEXT}", _series),
]
