"""Rules for how often: "every other week", "every 90 minutes", "twice a day", "monthly"."""

from dataclasses import replace

from reminders.when.fields import (
    WEEKDAY,
    WEEKEND,
    WEEKEND_DAYS,
    WORKDAYS,
    Clock,
    Duration,
    Repeat,
    Series,
)
from reminders.when.pattern import Found, Rule

_UNITS = {
    "fortnight": ("week", 2),
    "quarter": ("month", 3),
    "halfyear": ("month", 6),
    "decade": ("year", 10),
    "century": ("year", 100),
}


DAY_SETS = {"workday": WORKDAYS, "weekend": WEEKEND_DAYS}


_SETS = {WEEKDAY: WORKDAYS, WEEKEND: WEEKEND_DAYS}


SEP = "(?:COMMA AND|COMMA|AND|SLASH)"


EVERY = "(?:ON|IN)? EVERY bang:BANG? THE?"


def days_of(numbers: list[int]) -> tuple[int, ...]:
    """Return weekday numbers in order, "weekdays" and "weekends" spelled out."""
    return tuple(sorted({d for n in numbers for d in _SETS.get(n, (n,))}))


def repeat_unit(unit: str, every: int) -> Repeat | None:
    """Return the repeat of every so many units; weekdays and weekends are sets of days."""
    if every < 1:
        return Repeat(unit=unit, every=0)
    if unit in DAY_SETS:
        return Repeat(unit="week", every=every, weekdays=DAY_SETS[unit])
    name, times = _UNITS.get(unit, (unit, 1))
    return Repeat(unit=name, every=every * times, quarter=unit == "quarter" or None)


def parts_of(f: Found) -> tuple[Clock, ...]:
    """Return the part of day said inside a recurrence."""
    part = f.get("part")
    return (Clock(part=part),) if part else ()


def _every_unit(f: Found) -> Series | None:
    every = f.get("n", f.get("order", f.get("other", 1)))
    if every != int(every):
        return None
    repeat = repeat_unit(f["unit"], int(every))
    return Series(repeat, parts_of(f), after_done=f.has("bang")) if repeat else None


def _every_length(f: Found) -> Series | None:
    repeat = of_length(f["length"])
    return Series(repeat, after_done=f.has("bang")) if repeat else None


def of_length(length: Duration) -> Repeat | None:
    """Return a duration as an interval of the largest unit that divides it."""
    if length.workdays or sum(map(bool, (length.months, length.days, length.seconds))) > 1:
        if length.months or length.workdays:
            return None
        length = Duration(seconds=length.approximate_seconds)
    for unit, size, total in (
        ("year", 12, length.months),
        ("month", 1, length.months),
        ("week", 7, length.days),
        ("day", 1, length.days),
        ("hour", 3600, length.seconds),
        ("minute", 60, length.seconds),
        ("second", 1, length.seconds),
    ):
        if total and total % size == 0:
            return Repeat(unit=unit, every=total // size)
    return Repeat(unit="day", every=0)


def _every_half_more(f: Found) -> Series | None:
    minutes = {"hour": 60, "day": 1440}.get(f["unit"])
    share = f.all("SHARE")[0]
    return Series(Repeat(unit="minute", every=int(minutes * (1 + share)))) if minutes else None


def _by_twos(f: Found) -> Series | None:
    """Build "de duas em duas horas": every two hours."""
    repeat = of_length(f["length"])
    return Series(repeat) if repeat and repeat.every == f["n"] else None


def _per(f: Found) -> Series | None:
    repeat = repeat_unit(f["unit"], f.get("other", 1))
    times = int(f.get("n", f.get("n2", 1)))
    if repeat is None or not 1 <= times <= 288:
        return None
    return Series(replace(repeat, per=times) if times > 1 else repeat)


def _per_length(f: Found) -> Series | None:
    """Build "once a week", "twice a day"."""
    repeat = of_length(f["length"])
    times = int(f.get("n", f.get("n2", 1)))
    if repeat is None or not 1 <= times <= 288:
        return None
    return Series(replace(repeat, per=times) if times > 1 else repeat)


def _adverb(f: Found) -> Series | None:
    if f.before and "THE" in f.before.values and f.next and not f.next.values:
        return None  # "the daily paper"
    unit, every = f["often"]
    repeat = repeat_unit(unit, every)
    return Series(repeat or Repeat(unit="day"))


def _often_times(f: Found) -> Series | None:
    """Build "twice daily"."""
    repeat = repeat_unit(*f["often"])
    times: int = f["n"]
    if repeat is None:
        return None
    return Series(replace(repeat, per=times) if times > 1 else repeat)


def _every_part(f: Found) -> Series:
    return Series(Repeat(unit="day", every=f.get("other")), (Clock(part=f["part"]),))


def _out_of(f: Found) -> Series | None:
    """Build "un mardi sur deux": every second tuesday."""
    every = f.get("every", 2)
    if f.has("unit"):
        repeat = repeat_unit(f["unit"], every)
        return Series(repeat) if repeat else None
    if every != int(every) or every < 1:
        return None
    days = days_of([f["weekday"] if f.has("weekday") else f["plural"]])
    return Series(Repeat(unit="week", every=int(every), weekdays=days))


INTERVALS = [
    Rule("REPEAT", "A (?:weekday:WEEKDAY|unit:UNIT) every:OUT_OF", _out_of),
    Rule("REPEAT", "n:TIMES_WORD often:OFTEN", _often_times),
    Rule("REPEAT", "(?:weekday:WEEKDAY|unit:UNIT) YES COMMA? AND? (?:WEEKDAY|UNIT) NO", _out_of),
    Rule("REPEAT", "(?:ON|IN)? every:ALTERNATE unit:UNIT", _out_of),
    Rule("REPEAT", "(?:ON|IN)? every:ALTERNATE weekday:WEEKDAYS", _out_of),
    Rule("REPEAT", f"{EVERY} every:NUM (?:weekday:WEEKDAY|plural:WEEKDAYS)", _out_of),
    Rule("REPEAT", f"{EVERY} (?:other:OTHER|MORE)? unit:UNIT (?:COMMA? IN? THE? part:PART)?", _every_unit),
    Rule("REPEAT", f"{EVERY} (?:n:NUM|order:ORDINAL) unit:UNIT", _every_unit),
    Rule("REPEAT", f"{EVERY} length:DURATION", _every_length),
    Rule("REPEAT", f"{EVERY} unit:UNIT AND A? SHARE", _every_half_more),
    Rule("REPEAT", f"{EVERY} other:OTHER? part:PART", _every_part),
    Rule("REPEAT", "(?:ON|IN|AT)? EVERY? THE? part:PARTS", _every_part),
    Rule("REPEAT", "(?:n:TIMES_WORD|n2:NUM TIMES) (?:A|EVERY|THE|IN|PER|ON){1,3} "
         "other:OTHER? unit:UNIT",
         lambda f: _per(f)),
    Rule("REPEAT", "(?:n:TIMES_WORD|n2:NUM TIMES) (?:PER|EVERY|IN)* length:DURATION",
         lambda f: _per_length(f)),
    Rule("REPEAT", "(?:EVERY|OF)? n:NUM IN length:DURATION", _by_twos),
    Rule("REPEAT", "often:OFTEN", _adverb),
]  # fmt: skip
