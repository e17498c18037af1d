"""Rules for recurrences on named days: "mon and fri", "the 1st of every month", "weekdays"."""

from dataclasses import replace

from reminders.when.fields import (
    Clock,
    Date,
    Moment,
    Repeat,
    Series,
)
from reminders.when.grammar.intervals import (
    DAY_SETS,
    EVERY,
    SEP,
    days_of,
    of_length,
    parts_of,
    repeat_unit,
)
from reminders.when.pattern import Found, Rule


def _every_weekdays(f: Found) -> Series | None:
    name = "days" if f.has("days") else "days2"
    days = days_of(f.all("WEEKDAY", name) + f.all("WEEKDAYS", name))
    every = f.get("other")
    nths = tuple(f.all("ORDINAL", "orders")) if f.has("orders") else ()
    if f.has("last") or f.has("also"):
        nths = (*nths, -1)
    if nths and f.has("month"):
        return Series(Repeat(unit="year", month=f["month"], weekdays=days, nths=nths), parts_of(f))
    if nths:
        return Series(Repeat(unit="month", every=every, weekdays=days, nths=nths), parts_of(f))
    return Series(Repeat(unit="week", every=every, weekdays=days), parts_of(f))


def _plurals(f: Found) -> Series | None:
    days = days_of(f.all("WEEKDAYS") + f.all("WEEKDAY"))
    return Series(Repeat(unit="week", weekdays=days), parts_of(f))


def _listed(f: Found) -> Series | None:
    days = days_of(f.all("WEEKDAY"))
    if len(days) < 2:
        return None
    return Series(Repeat(unit="week", weekdays=days), parts_of(f))


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
    if f.has("also"):
        nths = (*nths, -1)
    if f.has("days"):
        return Series(replace(base, weekdays=tuple(f.all("WEEKDAY", "days")), nths=nths))
    if f["kind"] == "day":
        return Series(replace(base, monthdays=nths))
    days = DAY_SETS.get(f["kind"])
    return Series(replace(base, weekdays=days, nths=nths)) if days else None


def _nth_kinds(f: Found) -> Series | None:
    """Build "the last working day of every month"."""
    nths = tuple(f.all("ORDINAL", "orders")) if f.has("orders") else (-1,)
    if f["kind"] == "day":
        return Series(Repeat(unit="month", monthdays=nths))
    days = DAY_SETS.get(f["kind"])
    return Series(Repeat(unit="month", weekdays=days, nths=nths)) if days else None


def _letters(f: Found) -> Series:
    return Series(Repeat(unit="week", weekdays=days_of(f.all("WEEKDAY_LETTER"))))


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


_ENDS = {"week": (0, 4), "month": (1, -1), "year": (1, 31)}  # as "end of the week" is friday


def _each_end(f: Found) -> Series | None:
    """Build "end of every month", "at the start of each week"."""
    (unit, every), last = f.get("often", (f.get("unit"), 1)), f.has("end")
    base = repeat_unit(unit, 1) if every == 1 else None
    if base is None:
        return None
    if unit == "day":
        return Series(base, (Clock(part="eod" if last else "morning"),))
    if base.unit not in _ENDS or base.every not in (1, 3):
        return None
    day = _ENDS[base.unit][last]
    if base.unit == "week":
        return Series(replace(base, weekdays=(day,)))
    month = (12 if last else 1) if base.unit == "year" else None
    return Series(replace(base, month=month, monthdays=(day,)))


def _except(f: Found) -> Repeat:
    return Repeat(except_=days_of(f.all("WEEKDAY") + f.all("WEEKDAYS")))


_LIST = f"(?:WEEKDAY|WEEKDAYS) (?:{SEP}? (?:ON|EVERY|THE)* (?:WEEKDAY|WEEKDAYS)){{0,6}}"
_ORDERS = f"(?:ORDINAL|NTH_DAY) DOT? (?:{SEP} THE? (?:ORDINAL|NTH_DAY) DOT?){{0,11}}"
_DAYS = (
    f"(?:ON|THE|DAYMARK|DAYMARKS)* (?:DAY|ORDINAL) DOT? "
    f"(?:{SEP} (?:ON|THE|DAYMARK)* (?:DAY|ORDINAL) DOT?){{1,11}} (?:UNIT_DAY|DAYMARK_AFTER)?"
)
_OF_MONTH = "(?:OF|IN) (?:EVERY|THE|A)* UNIT_MONTH"
_PART = "(?:COMMA? (?:IN|AT)? THE? part:PART|part2:PARTS)?"

_EACH = f"(?:{EVERY} (?:other:OTHER? unit:UNIT|length:DURATION)|often:OFTEN)"

REPEATS = [
    Rule("REPEAT", "(?:ON|FROM|EVERY)? first:WEEKDAY DOT? (?:UPTO|DASH|UNTIL) ON? "
         "last:WEEKDAY", _weekdays_between),
    Rule("REPEAT", "(?:ON|FROM|EVERY)? first:WEEKDAYS (?:UPTO|DASH|UNTIL) ON? last:WEEKDAYS",
         _weekdays_between),
    Rule("REPEAT", "WEEKDAY_LETTER (?:SLASH WEEKDAY_LETTER){1,6}", _letters),
    Rule("REPEAT", "days:WEEKDAY_SET", lambda f: Series(Repeat(unit="week", weekdays=f["days"]))),
    Rule("REPEAT", f"{EVERY} days:({_ORDERS}|DAY) DAYMARK_AFTER (?:{_OF_MONTH})?", _month_days),
    Rule("REPEAT", f"{EVERY} holiday:HOLIDAY", _every_holiday),
    Rule("REPEAT", f"{EVERY} (?:orders:(ORDINAL)|last:FINAL) days:(WEEKDAY) (?:OF|IN) month:MONTH",
         _every_weekdays),
    Rule("REPEAT", f"{EVERY} other:OTHER? days:({_LIST}) (?:COMMA? (?:IN|AT)? THE? part:PART)?",
         _every_weekdays),
    Rule("REPEAT|MOMENT", f"(?:{EVERY} days:({_LIST})|days2:WEEKDAYS) "
         "(?:OF|ON)? month:MONTH (?!DAY|ORDINAL)", lambda f: {
        "REPEAT": _every_weekdays(f), "MOMENT": Moment(date=Date(month=f["month"]))}
        if not f.count("ORDINAL") else None),
    Rule("REPEAT", f"{EVERY} (?:orders:({_ORDERS}) (?:AND also:FINAL)?|last:FINAL) days:(WEEKDAY|WEEKDAYS) "
         f"(?:{_OF_MONTH}|UNIT_MONTH)?",
         _every_weekdays),
    Rule("REPEAT", f"(?:ON|THE)* (?:orders:({_ORDERS})|last:FINAL) days:(WEEKDAY) "
         "(?:OF|IN)? EVERY UNIT_MONTH", _every_weekdays),
    Rule("REPEAT", f"(?:ON|THE)* (?:orders:({_ORDERS})|last:FINAL) kind:UNIT (?:OF|IN)? EVERY UNIT_MONTH",
         _nth_kinds),
    Rule("REPEAT", f"(?:ON|THE)* (?:orders:({_ORDERS})) days:(WEEKDAY) {_OF_MONTH}",
         lambda f: _every_weekdays(f) if f.count("ORDINAL") > 1 else None),
    Rule("REPEAT", f"{EVERY} days:({_ORDERS}) (?:{_OF_MONTH})?", _month_days),
    Rule("REPEAT", f"days:({_DAYS}) (?:OF|IN)? EVERY UNIT_MONTH", _month_days),
    Rule("REPEAT", f"{EVERY} days:({_DAYS}) (?:OF|IN)? THE UNIT_MONTH", _month_days),
    Rule("REPEAT", f"(?:ON|THE|DAYMARK)* days:({_ORDERS}) (?:OF|IN)? EVERY every:OTHER UNIT_MONTH",
         _month_days),
    Rule("REPEAT", f"(?:ON|THE|DAYMARK)* days:({_ORDERS}) (?:OF|IN)? EVERY "
         "UNIT_MONTH", _month_days),
    Rule("REPEAT", "(?:ON|THE)* last:FINAL UNIT_DAY (?:OF|IN)? EVERY UNIT_MONTH", _month_days),
    Rule("REPEAT", f"{EVERY} last:FINAL UNIT_DAY (?:{_OF_MONTH})?", _month_days),
    Rule("REPEAT", f"{EVERY} days:(DAYMARK (?:DAY|ORDINAL) (?:{SEP} DAYMARK? "
         f"(?:DAY|ORDINAL)){{0,11}})",
         _month_days),
    Rule("REPEAT", "(?:ON|IN|AT|BY|THE)* (?:end:END|START) (?:OF|IN)? (?:EVERY unit:UNIT|often:OFTEN)",
         _each_end),
    Rule("REPEAT", "(?:ON|THE)* (?:end:FINAL|order:ORDINAL) (?:UNIT_DAY|DAYMARK) (?:OF|IN)? EVERY unit:UNIT",
         lambda f: None if f.get("order", 1) != 1 or f["unit"] not in ("quarter", "year") else _each_end(f)),
    Rule("REPEAT", f"{EVERY} month:MONTH DOT? THE? (?:day:DAY|order:ORDINAL)", _yearly),
    Rule("REPEAT", f"{EVERY} (?:day:DAY|order:ORDINAL) DOT? OF? month:MONTH", _yearly),
    Rule("REPEAT|MOMENT", f"{EVERY} date:SHORT_DATE", lambda f: {
        "REPEAT": Series(Repeat(unit="year")), "MOMENT": Moment(date=f["date"])}),
    Rule("REPEAT", f"{_EACH} (?:COMMA|ON|THE)* "
         f"(?:orders:({_ORDERS}) (?:AND also:FINAL)?|last:FINAL) "
         f"(?:days:(WEEKDAY)|kind:UNIT) (?:{_OF_MONTH})?", _each_nth),
    Rule("REPEAT", f"{_EACH} (?:COMMA|ON|THE)* days:({_ORDERS}) "
         "(?!UNIT|WEEKDAY|MONTH)", _each_days),
    Rule("REPEAT", f"(?:ON|IN|AT|FOR)? THE? WEEKDAYS (?:{SEP} (?:ON|THE)* "
         f"(?:WEEKDAYS|WEEKDAY)){{0,6}} "
         "(?:COMMA? (?:IN|AT)? THE? part:PART)?", _plurals),
    Rule("REPEAT", f"ON? THE? WEEKDAY (?:{SEP}? ON? WEEKDAY){{0,6}} part:PARTS", _plurals),
    Rule("REPEAT", f"{EVERY} pair:WEEKDAY_PART", lambda f: Series(
        Repeat(unit="week", weekdays=(f["pair"][0],)), (Clock(part=f["pair"][1]),))),
    Rule("REPEAT", "pair:WEEKDAYS_PART", lambda f: Series(
        Repeat(unit="week", weekdays=(f["pair"][0],)), (Clock(part=f["pair"][1]),))),
    Rule("REPEAT", f"ON? THE? WEEKDAY DOT? (?:{SEP}? (?:ON|THE)* WEEKDAY DOT?){{1,6}} "
         "(?:COMMA? (?:IN|AT)? THE? part:PART)?", _listed),
    Rule("REPEAT", f"(?:ON|THE)* days:({_ORDERS}|DAY) (?:DAYMARK_AFTER|UNIT_DAY (?:OF|IN)?)"
         " EVERY UNIT_MONTH", _month_days),
    Rule("EXCEPT", f"EXCEPT (?:FOR|ON|THE)* (?:WEEKDAY|WEEKDAYS) (?:{SEP} (?:ON|THE)* "
         f"(?:WEEKDAY|WEEKDAYS)){{0,6}}",
         _except),
]  # fmt: skip
