"""Rules that make dates, clocks and durations with their prepositions into partial moments."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from reminders.when.fields import Clock, Date, Moment
from reminders.when.grammar.clocks import with_meridiem
from reminders.when.pattern import Found, Rule

_FIRST_TONIGHT = 5  # the earliest hour that people say so
_CLOCK = "(?:CLOCK|HOUR|DOT_CLOCK|MILITARY)"
_SEP = "(?:COMMA AND|COMMA|AND|OR)"
_NO_MEASURE = "(?!MEASURE|NUM|MONEY)"
_PREP = "(?:ON|AT|IN|BY|FOR|OF|THE)*"


def as_clock(values: dict[str, Any]) -> Clock | None:
    """Return the time of day that an item's values allow after "at"."""
    for name in ("CLOCK", "DOT_CLOCK", "MILITARY"):
        if name in values:
            clock: Clock = values[name]
            return clock
    if "HOUR" in values:
        hour: int = values["HOUR"]
        sure = "24" if hour in (0, *range(13, 25)) else ""
        return Clock(hour % 24, meridiem=sure, bare=not sure)
    return None


def _clocks(f: Found) -> Moment | None:
    after = f.next
    if after is not None and after.glued and not after.values:
        return None
    clocks = tuple(c for i in f.matched if (c := as_clock(i.values)) is not None)
    parts = [c.part for c in clocks if c.part]
    if len(clocks) > 1 and parts and not clocks[0].part:
        clocks = tuple(c if c.part else replace(c, part=parts[0]) for c in clocks)
    return Moment(clocks=clocks, choice=f.count("OR") > 0) if clocks else None


def _military(f: Found) -> Moment | None:
    """Build "0730" before a day; four other digits may count something."""
    sure = f.before is None or f.matched[0].text.startswith("0")
    return _clocks(f) if sure else None


def _part(f: Found) -> Moment | None:
    part = f["part"]
    return None if part in ("am", "pm") else Moment(clocks=(Clock(part=part),))


def _date(f: Found) -> Moment:
    part = f.get("part")
    return Moment(date=f.get("date") or f["dash"], clocks=(Clock(part=part),) if part else ())


def _day_word(f: Found) -> Moment:
    part = f.get("part")
    return Moment(date=Date(offset=f["day"]), clocks=(Clock(part=part),) if part else ())


def _today_part(f: Found) -> Moment | None:
    part = f.get("part", f.get("named"))
    if f.has("step") and f["step"] > 0:
        return None
    clocks: tuple[Clock, ...] = (Clock(part=part),)
    if f.has("hour"):
        counted = f.before is not None and not f.before.values and not f.count("AT")
        if counted and part == "tonight" and f["hour"] < _FIRST_TONIGHT:
            return None  # "season 2 tonight"
        spoken = with_meridiem(Clock(f["hour"], bare=True), part)
        clocks = (spoken,) if spoken else clocks
    return Moment(date=Date(offset=f.get("step", 0)), clocks=clocks)


def _clock_today(f: Found) -> Moment | None:
    clock = f.get("clock") or f["clock2"]
    spoken = with_meridiem(clock, f["named"])
    return Moment(date=Date(offset=0), clocks=(spoken,)) if spoken else None


def _hour_on(f: Found) -> Moment | None:
    before = f.before.values if f.before else {}
    if "OR" in before or "NUM" in before or ("MINUS" in before and f.before is not f.items[0]):
        return None  # "pages 9 or 10", "0800 123", "turn it to -5"
    clock = f.get("clock") or f.get("clock2") or as_clock({"HOUR": f.get("hour")})
    return Moment(date=Date(offset=f["day"]), clocks=(clock,) if clock else ())


def _hours_on(f: Found) -> Moment:
    """Build "9 or 10 tomorrow"."""
    clocks = tuple(c for i in f.matched[:-1] if (c := as_clock(i.values)))
    return Moment(date=Date(offset=f["day"]), clocks=clocks, choice=True)


def _timestamp(f: Found) -> Moment | None:
    try:
        stamp = datetime.fromisoformat(f["stamp"].upper().replace(" ", "T"))
    except ValueError:
        return None
    zone = stamp.utcoffset()
    utc = None if zone is None else int(zone.total_seconds()) // 60
    clock = Clock(stamp.hour, stamp.minute, stamp.second, "24", utc=utc)
    return Moment(date=Date(year=stamp.year, month=stamp.month, day=stamp.day), clocks=(clock,))


def _day_of_month(f: Found) -> Moment | None:
    day = f.get("day", f.get("order"))
    if not 1 <= day <= 31 or (f.next and f.next.glued and not f.next.values):
        return None
    return Moment(date=Date(day=day), weak=not (f.has("on") or f.has("digits")))


def _with_zone(f: Found) -> Clock | None:
    clock: Clock = f["clock"]
    return replace(clock, utc=f["zone"])


def _with_offset(f: Found) -> Clock | None:
    """Build "22:45 GMT+0100"."""
    clock: Clock = f["clock"]
    far: Clock = f.get("digits") or f.get("colon") or Clock(f.get("hours"))
    minutes = 60 * (far.hour or 0) + far.minute
    return replace(clock, utc=-minutes if f.has("west") else minutes) if minutes <= 840 else None


ZONES = [
    Rule("CLOCK", "clock:CLOCK zone:ZONE", _with_zone),
    Rule("CLOCK", "clock:CLOCK COMMA? zone:ZONE", _with_zone),
    Rule(
        "CLOCK",
        "clock:CLOCK COMMA? ZONE (?:PLUS|west:DASH) "
        "(?:hours:HOUR|digits:MILITARY|colon:COLON_CLOCK) (?:COMMA ZONE COMMA)?",
        _with_offset,
    ),
]

MOMENTS = [
    Rule("MOMENT", "ON? THE? pair:WEEKDAY_PART", lambda f: Moment(
        date=Date(weekday=f["pair"][0]), clocks=(Clock(part=f["pair"][1]),))),
    Rule("MOMENT", f"AT{{1,3}} ABOUT? THE? {_CLOCK} (?:{_SEP} AT? {_CLOCK}){{0,287}} "
         f"{_NO_MEASURE} (?!WORD{{0,2}} STREET)", _clocks),
    Rule("MOMENT", f"{_PREP} ABOUT? THE? CLOCK (?:{_SEP} AT? {_CLOCK}){{0,287}} "
         "(?!MEASURE|MONEY) ABOUT?",
         _clocks),
    Rule("MOMENT", "(?:ON|AT)? THE? part:MERIDIEM", _part),
    Rule("MOMENT", f"{_PREP} part:DAYPART", _part),
    Rule("MOMENT", f"{_PREP} ABOUT? THE? date:DATE (?:COMMA? (?:IN|AT|ON|OF)? THE? "
         "part:PART)?", _date),
    Rule("MOMENT", f"{_PREP} ABOUT? date:SHORT_DATE (?!WORD|UNIT|MEASURE)", _date),
    Rule("MOMENT", "(?:ON|BY) date:DOT_DATE", _date),
    Rule("MOMENT", "(?:ON|BY) THE? (?:date:SHORT_DATE|dash:DASH_DATE)", _date),
    Rule("MOMENT", "^ date:DOT_DATE (?=AT|COMMA|COLON_CLOCK|CLOCK)", _date),
    Rule("MOMENT", "^ date:SHORT_DATE (?!UNIT|MEASURE|OF)", _date),
    Rule("MOMENT", f"{_PREP} THE? day:DAYWORD (?:(?:COMMA|AT|IN|ON)? THE? part:PART)?", _day_word),
    Rule("MOMENT", f"{_PREP} THE? part:PART OF? THE? date:DATE", _date),
    Rule("MOMENT", f"{_PREP} THE? part:PART OF? THE? day:DAYWORD", _day_word),
    Rule("MOMENT", "(?:AT? hour:HOUR COMMA?)? ON? named:TODAYPART", _today_part),
    Rule("MOMENT", "AT? (?:clock:DOT_CLOCK|clock2:MILITARY) COMMA? ON? named:TODAYPART", _clock_today),
    Rule("MOMENT", "OF? day:DAYWORD ahead:DAYS_ON", lambda f: Moment(
        date=Date(offset=f["day"] + f["ahead"]))),
    Rule("MOMENT", "pair:DAYWORD_PART", lambda f: Moment(
        date=Date(offset=f["pair"][0]), clocks=(Clock(part=f["pair"][1]),))),
    Rule("MOMENT", f"{_PREP} THE? part:PART OF? THE? order:DIGIT_ORDINAL (?!WORD|UNIT|MONTH|OF)",
         lambda f: Moment(date=Date(day=f["order"]), clocks=(Clock(part=f["part"]),))),
    Rule("MOMENT", "(?:AT? hour:HOUR COMMA?)? (?:ON|IN)? step:NEXT part:PART", _today_part),
    Rule("MOMENT", "(?<!WORD) AT? hour:HOUR day:DAYWORD", _hour_on),
    Rule("MOMENT", "AT? (?:clock:DOT_CLOCK|clock2:MILITARY) day:DAYWORD", _hour_on),
    Rule("MOMENT", "MILITARY (?=ON? THE? DATE)", _military),
    Rule("MOMENT", "(?<!WORD) HOUR (?:OR HOUR){1,3} day:DAYWORD", _hours_on),
    Rule("MOMENT", "(?:AT|ON)? stamp:TIMESTAMP", _timestamp),
    Rule("MOMENT", "on:(ON|BY) THE? (?:day:DAY DOT|order:DIGIT_ORDINAL) (?!WORD? STREET)", _day_of_month),
    Rule("MOMENT", "on:(ON) THE? (?:day:DAY|order:ORDINAL) (?!WORD|NUM|MEASURE|MONEY|COLON|STREET)",
         _day_of_month),
    Rule("MOMENT", f"{_PREP} THE digits:(order:DIGIT_ORDINAL) (?!WORD|UNIT)", _day_of_month),
    Rule("MOMENT", "THE order:ORDINAL (?!WORD|UNIT|NUM)", _day_of_month),
    Rule("MOMENT", "digits:(order:DIGIT_ORDINAL) (?=$)", _day_of_month),
    Rule("MOMENT", "^ THE digits:(day:DAY DOT) (?=$|COMMA)", _day_of_month),
    Rule("MOMENT", "^ digits:(order:ORDINAL) (?=COMMA? (?:AT|CLOCK|MOMENT))", _day_of_month),
    Rule("MOMENT", "^ ON_THE (?:day:DAY|order:DIGIT_ORDINAL) (?=WORD|THE)", lambda f: Moment(
        date=Date(day=f.get("day", f.get("order"))))),
    Rule("MOMENT", "NOW", lambda f: Moment(now=True)),
    Rule("MOMENT", "(?:IN|BY|MONTH_PREP) THE? month:MONTH DOT? (?!DAY|ORDINAL)", lambda f: Moment(
        date=Date(month=f["month"]))),
    Rule("MOMENT", "IN THE? year:YEAR", lambda f: Moment(date=Date(year=f["year"]))),
]  # fmt: skip

_ANY_CLOCK = "(?:hour:HOUR|c:MILITARY|c2:DOT_CLOCK)"


def _bare(f: Found) -> Clock | None:
    after = f.next
    if after is not None and after.glued and not after.values:
        return None
    return f.get("c") or f.get("c2") or as_clock({"HOUR": f["hour"]})


def _joined(f: Found) -> Moment | None:
    moment: Moment = f["moment"]
    clock = _bare(f)
    if clock is None or (moment.clocks and moment.clocks[0].hour is not None) or moment.offset:
        return None
    part = moment.clocks[0].part if moment.clocks else ""
    said = [clock, *(c for i in f.matched[2:] if (c := as_clock(i.values)) and c != clock)]
    clocks = tuple(c for one in said if (c := with_meridiem(one, part)))
    choice = moment.choice or len(said) > 1
    return replace(moment, clocks=clocks, choice=choice) if clocks else None


BARE_HOURS = [
    Rule(
        "MOMENT", f"moment:MOMENT COMMA? {_ANY_CLOCK} (?:OR {_CLOCK}){{0,3}} {_NO_MEASURE}", _joined
    ),
]
