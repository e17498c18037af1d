"""Rules for what is counted: "in 2 hours", "3 days after easter", "10 minutes before noon"."""

from dataclasses import replace

from reminders.when.fields import Clock, Date, Duration, Moment, duration
from reminders.when.pattern import Found, Rule

_PREP = "(?:ON|AT|IN|BY|FOR|OF|THE)*"


def _offset(f: Found) -> Moment:
    length: Duration = f["length"]
    if length.approximate_seconds <= 0 or f.get("ago"):
        return Moment(offset=-length)
    return Moment(offset=length)


def _after_clock(f: Found) -> Moment | None:
    """Build "après 18h", which no one would count; "après 2h" may be two hours from now."""
    clock: Clock = f["clock"]
    return Moment(clocks=(clock,)) if clock.meridiem or not f.count("DURATION") else None


def _negative(f: Found) -> bool | None:
    """Build "-5 min", but not the French "-17h", a time of day after a list's dash."""
    clock: Clock | None = f.last.values.get("CLOCK")
    return None if clock and clock.meridiem and not f.has("into") else f.has("into")


def _minutes(f: Found) -> Moment | None:
    """Build "in 10", which people say of minutes."""
    count = f["n"]
    return Moment(offset=duration(count, "minute")) if 1 <= count <= 120 else None


def _hours_and(f: Found) -> Moment | None:
    """Build "in an hour ten"."""
    length: Duration = f["length"]
    if length != Duration(seconds=length.seconds) or length.seconds % 3600 or f["minute"] < 5:
        return None
    return Moment(offset=length + duration(f["minute"], "minute"))


def _hours_as_clock(f: Found) -> Moment | None:
    """Build "at 15h", which is a time of day."""
    hour, rest = divmod(f["length"].seconds, 3600)
    if not 12 < hour < 24 or rest or f["length"].days or f["length"].months:
        return None
    return Moment(clocks=(Clock(hour, meridiem="24"),))


def _next_unit(f: Found) -> Moment | None:
    step = f["step"]
    if step < 1 or f["unit"] not in ("second", "minute", "hour"):
        return None
    return Moment(offset=duration(step, f["unit"]))


def _shifted(f: Found) -> Moment | None:
    length: Duration = f["length"]
    if f.has("before"):
        length = -length
    date = Date(offset=f["day"]) if f.has("day") else f.get("date") or f["short"]
    if date.shift:
        return None
    if date == Date(offset=0) and not f.has("before"):
        return Moment(offset=length)
    return Moment(date=replace(date, shift=length))


def _shifted_clock(f: Found) -> Moment | None:
    clock = f.get("clock") or Clock(f["hour"], meridiem="24" if f["hour"] > 12 else "")
    length = duration(1, f["one"]) if f.has("one") else f["length"]
    seconds = length.approximate_seconds * (-1 if f.has("before") else 1)
    if clock.hour is None or abs(seconds) >= 86400 or seconds % 60:
        return None
    total = (clock.hour * 60 + clock.minute + seconds // 60) % 1440
    return Moment(clocks=(replace(clock, hour=total // 60, minute=total % 60),))


def _part_beside(f: Found) -> Moment | None:
    """Build "the night before christmas"."""
    date: Date = f["date"]
    if date.shift or date.near:
        return None
    shift = duration(-1 if f.has("before") else 1, "day")
    return Moment(date=replace(date, shift=shift), clocks=(Clock(part=f["part"]),))


OFFSETS = [
    Rule("MOMENT", "AFTER clock:CLOCK", _after_clock),
    Rule("MOMENT", "(?:IN|AFTER) (?:ABOUT DOT?|THE|NEXT)* length:DURATION ABOUT?", _offset),
    Rule("MOMENT", "(?:IN|AFTER)? (?:ABOUT|THE|NEXT)* length:DURATION ABOUT? HENCE", _offset),
    Rule("NEGATIVE", "into:(IN|AFTER)? (?:ABOUT|THE|NEXT)* MINUS DURATION", _negative),
    Rule("NEGATIVE", "into:(IN) MINUS NUM (?=TO|$)", _negative),
    Rule("MOMENT", "PLUS length:DURATION", _offset),
    Rule("MOMENT", "IN n:NUM (?=TO|ALERT|$)", _minutes),
    Rule("MOMENT", "AT length:DURATION", _hours_as_clock),
    Rule("MOMENT", "IN_ONE ABOUT? unit:UNIT (?:AND? more:DURATION)?", lambda f: Moment(
        offset=duration(1, f["unit"]) + f.get("more", Duration()))),
    Rule("MOMENT", "IN_ONE UNIT_HOUR minute:MINUTE (?!UNIT|MEASURE)", lambda f: Moment(
        offset=duration(60 + f["minute"], "minute"))),
    Rule("MOMENT", "IN length:DURATION minute:MINUTE (?=$|COMMA|STOP|OF|TO|AND)", _hours_and),
    Rule("MOMENT", "WITHIN THE? UNIT_HOUR", lambda f: Moment(offset=duration(1, "hour"))),
    Rule("MOMENT", "length:DURATION ago:AGO", _offset),
    Rule("MOMENT", "ago:AGO_FIRST length:DURATION", _offset),
    Rule("MOMENT", "TIMER (?:FOR|OF|ON|AT|BY|TIMER_ON)? length:DURATION", _offset),
    Rule("MOMENT", "FOR length:DURATION HENCE", _offset),
    Rule("MOMENT", f"{_PREP} THE? part:PART (?:AFTER|before:BEFORE) ON? THE? date:DATE", _part_beside),
    Rule("MOMENT", "length:DURATION (?:AFTER|PAST|FROM|before:(BEFORE|TO)) "
         "(?:THE|OF|AT)* clock:CLOCK", _shifted_clock),
    Rule("MOMENT", "AHEAD one:UNIT before:BEFORE (?:THE|OF|AT)* clock:CLOCK", _shifted_clock),
    Rule("MOMENT", "IN? THE? step:NEXT unit:UNIT", _next_unit),
    Rule("MOMENT", "IN? length:DURATION (?:FROM|AFTER|PAST|before:BEFORE) ON? THE? "
         "(?:date:DATE|short:SHORT_DATE)", _shifted),
    Rule("MOMENT", "IN? length:DURATION (?:FROM|AFTER|PAST|before:BEFORE) day:DAYWORD", _shifted),
    Rule("MOMENT", "day:DAYWORD (?:IN|PLUS) length:DURATION", _shifted),
    Rule("MOMENT", "OF day:DAYWORD THE length:DURATION", _shifted),  # "de hoje a oito dias"
    Rule("MOMENT", "day:DAYWORD unit:UNIT (?=$|AT|CLOCK|COMMA|STOP)", lambda f: Moment(
        date=Date(offset=f["day"], shift=duration(1, f["unit"])))
        if f["unit"] in ("week", "fortnight") else None),
    Rule("MOMENT", "length:DURATION (?:AFTER|PAST|before:BEFORE) (?:THE|OF|AT)* hour:HOUR "
         "(?=$|COMMA|STOP|TO|AND)", _shifted_clock),
]  # fmt: skip
