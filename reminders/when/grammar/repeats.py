"""Rules for recurrences: "every other week on mon and fri", "twice a day", "weekdays"."""

from dataclasses import replace

from reminders.when.fields import (
    WEEKDAY,
    WEEKEND,
    WEEKEND_DAYS,
    WORKDAYS,
    Clock,
    Date,
    Duration,
    Moment,
    Repeat,
    Series,
)
from reminders.when.pattern import Found, Rule

_SEP = "(?:COMMA AND|COMMA|AND|SLASH)"
_UNITS = {
    "fortnight": ("week", 2),
    "quarter": ("month", 3),
    "halfyear": ("month", 6),
    "decade": ("year", 10),
    "century": ("year", 100),
}
_DAYS = {"workday": WORKDAYS, "weekend": WEEKEND_DAYS}


def _days_of(numbers: list[int]) -> tuple[int, ...]:
    return tuple(sorted({d for n in numbers for d in _SETS.get(n, (n,))}))


_SETS = {WEEKDAY: WORKDAYS, WEEKEND: WEEKEND_DAYS}


def repeat_unit(unit: str, every: int) -> Repeat | None:
    """Return the repeat of every so many units; weekdays and weekends are sets of days."""
    if every < 1:
        return Repeat(unit=unit, every=0)
    if unit in _DAYS:
        return Repeat(unit="week", every=every, weekdays=_DAYS[unit])
    name, times = _UNITS.get(unit, (unit, 1))
    return Repeat(unit=name, every=every * times)


def _parts(f: Found) -> tuple[Clock, ...]:
    part = f.get("part")
    return (Clock(part=part),) if part else ()


def _every_unit(f: Found) -> Series | None:
    every = f.get("n", f.get("order", f.get("other", 1)))
    if every != int(every):
        return None
    repeat = repeat_unit(f["unit"], int(every))
    return Series(repeat, _parts(f), after_done=f.has("bang")) if repeat else None


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


def _every_weekdays(f: Found) -> Series | None:
    days = _days_of(f.all("WEEKDAY", "days") + f.all("WEEKDAYS", "days"))
    every = f.get("other")
    nths = tuple(f.all("ORDINAL", "orders")) if f.has("orders") else ()
    if f.has("last"):
        nths = (*nths, -1)
    if nths and f.has("month"):
        return Series(Repeat(unit="year", month=f["month"], weekdays=days, nths=nths), _parts(f))
    if nths:
        return Series(Repeat(unit="month", every=every, weekdays=days, nths=nths), _parts(f))
    return Series(Repeat(unit="week", every=every, weekdays=days), _parts(f))


def _plurals(f: Found) -> Series | None:
    days = _days_of(f.all("WEEKDAYS") + f.all("WEEKDAY"))
    return Series(Repeat(unit="week", weekdays=days), _parts(f))


def _listed(f: Found) -> Series | None:
    days = _days_of(f.all("WEEKDAY"))
    if len(days) < 2:
        return None
    return Series(Repeat(unit="week", weekdays=days), _parts(f))


def _weekdays_between(f: Found) -> Series | None:
    first, last = f["first"], f["last"]
    if first > 6 or last > 6:
        return None
    span = (last - first) % 7
    return Series(
        Repeat(unit="week", weekdays=tuple(sorted((first + n) % 7 for n in range(span + 1))))
    )


def _month_days(f: Found) -> Series | None:
    days = f.all("ORDINAL", "days") + f.all("DAY", "days") if f.has("days") else []
    nth = tuple(sorted({d for d in days if 1 <= d <= 31}))
    if f.has("last"):
        nth = (*nth, -1)
    return Series(Repeat(unit="month", monthdays=nth, every=f.get("every"))) if nth else None


def _yearly(f: Found) -> Series | None:
    day = f.get("day", f.get("order"))
    if not 1 <= day <= 31:
        return None
    return Series(Repeat(unit="year", month=f["month"], monthdays=(day,)))


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


def _each(f: Found) -> Repeat | None:
    if f.has("often"):
        return repeat_unit(*f["often"])
    return of_length(f["length"]) if f.has("length") else repeat_unit(f["unit"], f.get("other", 1))


def _each_nth(f: Found) -> Series | None:
    """Build "every month on the first friday", "every 2 months on the last day"."""
    base = _each(f)
    if base is None or base.unit != "month":
        return None
    nths = tuple(f.all("ORDINAL", "orders")) if f.has("orders") else (-1,)
    if f.has("days"):
        return Series(replace(base, weekdays=tuple(f.all("WEEKDAY", "days")), nths=nths))
    if f["kind"] == "day":
        return Series(replace(base, monthdays=nths))
    days = _DAYS.get(f["kind"])
    return Series(replace(base, weekdays=days, nths=nths)) if days else None


def _nth_kinds(f: Found) -> Series | None:
    """Build "the last working day of every month"."""
    nths = tuple(f.all("ORDINAL", "orders")) if f.has("orders") else (-1,)
    if f["kind"] == "day":
        return Series(Repeat(unit="month", monthdays=nths))
    days = _DAYS.get(f["kind"])
    return Series(Repeat(unit="month", weekdays=days, nths=nths)) if days else None


def _letters(f: Found) -> Series:
    return Series(Repeat(unit="week", weekdays=_days_of(f.all("WEEKDAY_LETTER"))))


def _out_of(f: Found) -> Series | None:
    """Build "un mardi sur deux": every second tuesday."""
    every = f.get("every", 2)
    if f.has("unit"):
        repeat = repeat_unit(f["unit"], every)
        return Series(repeat) if repeat else None
    if every != int(every) or every < 1:
        return None
    days = _days_of([f["weekday"] if f.has("weekday") else f["plural"]])
    return Series(Repeat(unit="week", every=int(every), weekdays=days))


def _often_times(f: Found) -> Series | None:
    """Build "twice daily"."""
    repeat = repeat_unit(*f["often"])
    times: int = f["n"]
    return repeat and Series(replace(repeat, per=times) if times > 1 else repeat)


def _every_holiday(f: Found) -> Series | None:
    """Build "every christmas"; what moves with easter has no rule."""
    date: Date = f["holiday"]
    if date.month is None or date.shift or date.near:
        return None
    if date.nth is not None and date.weekday is not None:
        days, nths = (date.weekday,), (date.nth,)
        return Series(Repeat(unit="year", month=date.month, weekdays=days, nths=nths))
    return Series(Repeat(unit="year", month=date.month, monthdays=(date.day or 1,)))


def _each_days(f: Found) -> Series | None:
    """Build "every month on the 5th and 20th"."""
    base = _each(f)
    days = tuple(sorted(set(f.all("ORDINAL", "days"))))
    if base is None or base.unit != "month" or not all(1 <= d <= 31 for d in days):
        return None
    return Series(replace(base, monthdays=days))


def _per_length(f: Found) -> Series | None:
    """Build "once a week", "twice a day"."""
    repeat = of_length(f["length"])
    times = int(f.get("n", f.get("n2", 1)))
    if repeat is None or not 1 <= times <= 288:
        return None
    return Series(replace(repeat, per=times) if times > 1 else repeat)


def _every_part(f: Found) -> Series:
    return Series(Repeat(unit="day", every=f.get("other")), (Clock(part=f["part"]),))


def _adverb(f: Found) -> Series | None:
    if f.before and "THE" in f.before.values and f.next and not f.next.values:
        return None  # "the daily paper"
    unit, every = f["often"]
    repeat = repeat_unit(unit, every)
    return Series(repeat or Repeat(unit="day"))


def _except(f: Found) -> Repeat:
    return Repeat(except_=_days_of(f.all("WEEKDAY") + f.all("WEEKDAYS")))


_LIST = f"(?:WEEKDAY|WEEKDAYS) (?:{_SEP}? (?:ON|EVERY|THE)* (?:WEEKDAY|WEEKDAYS)){{0,6}}"
_ORDERS = f"(?:ORDINAL|NTH_DAY) DOT? (?:{_SEP} THE? (?:ORDINAL|NTH_DAY) DOT?){{0,11}}"
_OF_MONTH = "(?:OF|IN) (?:EVERY|THE|A)* UNIT_MONTH"
_PART = "(?:COMMA? (?:IN|AT)? THE? part:PART|part2:PARTS)?"
_EVERY = "(?:ON|IN)? EVERY bang:BANG? THE?"

_EACH = f"(?:{_EVERY} (?:other:OTHER? unit:UNIT|length:DURATION)|often:OFTEN)"

REPEATS = [
    Rule("REPEAT", "(?:ON|FROM|EVERY)? first:WEEKDAY DOT? (?:UPTO|DASH|UNTIL) ON? "
         "last:WEEKDAY", _weekdays_between),
    Rule("REPEAT", "(?:ON|FROM|EVERY)? first:WEEKDAYS (?:UPTO|DASH|UNTIL) ON? last:WEEKDAYS",
         _weekdays_between),
    Rule("REPEAT", "WEEKDAY_LETTER (?:SLASH WEEKDAY_LETTER){1,6}", _letters),
    Rule("REPEAT", "days:WEEKDAY_SET", lambda f: Series(Repeat(unit="week", weekdays=f["days"]))),
    Rule("REPEAT", "A (?:weekday:WEEKDAY|unit:UNIT) every:OUT_OF", _out_of),
    Rule("REPEAT", "n:TIMES_WORD often:OFTEN", _often_times),
    Rule("REPEAT", "(?:weekday:WEEKDAY|unit:UNIT) YES COMMA? AND? (?:WEEKDAY|UNIT) NO", _out_of),
    Rule("REPEAT", "(?:ON|IN)? every:ALTERNATE unit:UNIT", _out_of),
    Rule("REPEAT", "(?:ON|IN)? every:ALTERNATE weekday:WEEKDAYS", _out_of),
    Rule("REPEAT", f"{_EVERY} every:NUM (?:weekday:WEEKDAY|plural:WEEKDAYS)", _out_of),
    Rule("REPEAT", f"{_EVERY} days:({_ORDERS}|DAY) DAYMARK_AFTER (?:{_OF_MONTH})?", _month_days),
    Rule("REPEAT", f"{_EVERY} holiday:HOLIDAY", _every_holiday),
    Rule("REPEAT", f"{_EVERY} (?:other:OTHER|MORE)? unit:UNIT (?:COMMA? IN? THE? part:PART)?", _every_unit),
    Rule("REPEAT", f"{_EVERY} (?:n:NUM|order:ORDINAL) unit:UNIT", _every_unit),
    Rule("REPEAT", f"{_EVERY} length:DURATION", _every_length),
    Rule("REPEAT", f"{_EVERY} unit:UNIT AND A? SHARE", _every_half_more),
    Rule("REPEAT", f"{_EVERY} (?:orders:(ORDINAL)|last:FINAL) days:(WEEKDAY) (?:OF|IN) month:MONTH",
         _every_weekdays),
    Rule("REPEAT", f"{_EVERY} other:OTHER? days:({_LIST}) (?:COMMA? (?:IN|AT)? THE? part:PART)?",
         _every_weekdays),
    Rule("REPEAT", f"{_EVERY} (?:orders:({_ORDERS})|last:FINAL) days:(WEEKDAY|WEEKDAYS) (?:{_OF_MONTH}|UNIT_MONTH)?",
         _every_weekdays),
    Rule("REPEAT", f"(?:ON|THE)* (?:orders:({_ORDERS})|last:FINAL) days:(WEEKDAY) "
         "(?:OF|IN)? EVERY UNIT_MONTH", _every_weekdays),
    Rule("REPEAT", f"(?:ON|THE)* (?:orders:({_ORDERS})|last:FINAL) kind:UNIT (?:OF|IN)? EVERY UNIT_MONTH",
         _nth_kinds),
    Rule("REPEAT", f"(?:ON|THE)* (?:orders:({_ORDERS})) days:(WEEKDAY) {_OF_MONTH}",
         lambda f: _every_weekdays(f) if f.count("ORDINAL") > 1 else None),
    Rule("REPEAT", f"{_EVERY} days:({_ORDERS}) (?:{_OF_MONTH})?", _month_days),
    Rule("REPEAT", f"(?:ON|THE|DAYMARK)* days:({_ORDERS}) (?:OF|IN)? EVERY "
         "UNIT_MONTH", _month_days),
    Rule("REPEAT", "(?:ON|THE)* last:FINAL UNIT_DAY (?:OF|IN)? EVERY UNIT_MONTH", _month_days),
    Rule("REPEAT", f"{_EVERY} last:FINAL UNIT_DAY (?:{_OF_MONTH})?", _month_days),
    Rule("REPEAT", f"{_EVERY} days:(DAYMARK (?:DAY|ORDINAL) (?:{_SEP} DAYMARK? "
         f"(?:DAY|ORDINAL)){{0,11}})",
         _month_days),
    Rule("REPEAT", f"{_EVERY} month:MONTH DOT? THE? (?:day:DAY|order:ORDINAL)", _yearly),
    Rule("REPEAT", f"{_EVERY} (?:day:DAY|order:ORDINAL) DOT? OF? month:MONTH", _yearly),
    Rule("REPEAT|MOMENT", f"{_EVERY} date:SHORT_DATE", lambda f: {
        "REPEAT": Series(Repeat(unit="year")), "MOMENT": Moment(date=f["date"])}),
    Rule("REPEAT", f"{_EACH} (?:COMMA|ON|THE)* (?:orders:({_ORDERS})|last:FINAL) "
         f"(?:days:(WEEKDAY)|kind:UNIT) (?:{_OF_MONTH})?", _each_nth),
    Rule("REPEAT", f"{_EACH} (?:COMMA|ON|THE)* days:({_ORDERS}) "
         "(?!UNIT|WEEKDAY|MONTH)", _each_days),
    Rule("REPEAT", f"{_EVERY} other:OTHER? part:PART", _every_part),
    Rule("REPEAT", "(?:ON|IN|AT)? EVERY? THE? part:PARTS", _every_part),
    Rule("REPEAT", f"(?:ON|IN|AT|FOR)? THE? WEEKDAYS (?:{_SEP} (?:ON|THE)* "
         f"(?:WEEKDAYS|WEEKDAY)){{0,6}} "
         "(?:COMMA? (?:IN|AT)? THE? part:PART)?", _plurals),
    Rule("REPEAT", f"ON? THE? WEEKDAY (?:{_SEP}? ON? WEEKDAY){{0,6}} part:PARTS", _plurals),
    Rule("REPEAT", f"ON? THE? WEEKDAY DOT? (?:{_SEP}? (?:ON|THE)* WEEKDAY DOT?){{1,6}} "
         "(?:COMMA? (?:IN|AT)? THE? part:PART)?", _listed),
    Rule("REPEAT", "(?:n:TIMES_WORD|n2:NUM TIMES) (?:A|EVERY|THE|IN|PER|ON){1,3} "
         "other:OTHER? unit:UNIT",
         lambda f: _per(f)),
    Rule("REPEAT", "(?:n:TIMES_WORD|n2:NUM TIMES) (?:PER|EVERY|IN)* length:DURATION",
         lambda f: _per_length(f)),
    Rule("REPEAT", "(?:EVERY|OF)? n:NUM IN length:DURATION", _by_twos),
    Rule("REPEAT", f"(?:ON|THE)* days:({_ORDERS}|DAY) (?:DAYMARK_AFTER|UNIT_DAY (?:OF|IN)?)"
         " EVERY UNIT_MONTH", _month_days),
    Rule("REPEAT", "often:OFTEN", _adverb),
    Rule("EXCEPT", f"EXCEPT (?:FOR|ON|THE)* (?:WEEKDAY|WEEKDAYS) (?:{_SEP} (?:ON|THE)* "
         f"(?:WEEKDAY|WEEKDAYS)){{0,6}}",
         _except),
]  # fmt: skip
