"""Rules for what surrounds a moment: bounds, windows, nagging, alerts, urgency, "after done"."""

from dataclasses import replace

from reminders.when.fields import Bound, Clock, Date, Duration, Moment, Series, duration
from reminders.when.grammar.clocks import with_meridiem
from reminders.when.grammar.intervals import of_length
from reminders.when.grammar.moments import as_clock
from reminders.when.meaning import Nag
from reminders.when.pattern import Found, Rule

_TIME = "(?:CLOCK|HOUR|MILITARY|DOT_CLOCK)"
_LONGEST = 8  # hours
_NOT_DATE = "(?!DOT? MONTH|OF MONTH|SUFFIX|UNIT)"


def _times(f: Found) -> Bound | None:
    count = int(f["n"])
    return Bound(count=count) if 1 <= count <= 100000 else None


def _window(f: Found) -> Bound | None:
    if f.has("range"):
        start, end = (with_meridiem(clock, f.get("ampm", "")) for clock in f["range"])
        if start and end and f.matched[0].values.get("RANGE") and _long(start, end):
            return None  # "the score was 3-2"
        return Bound(window=(start, end)) if start and end else None
    ends = [as_clock(item.values) for item in f.matched]
    clocks = [clock for clock in ends if clock is not None]
    return Bound(window=(clocks[0], clocks[1])) if len(clocks) == 2 else None


def _long(start: Clock, end: Clock) -> bool:
    """Return whether bare numbers, the later before the earlier, leave too long between them."""
    one, two = start.hour or 0, end.hour or 0
    return start.bare and end.bare and two <= one and (two - one) % 12 > _LONGEST


def _nag(f: Found) -> Nag | None:
    length: Duration | None = f.get("length")
    seconds = length.approximate_seconds if length else 0
    repeat: Series | None = f.get("repeat")
    if repeat:
        seconds = _seconds_of(repeat)
    times = f.get("n")
    return Nag(every=seconds, times=int(times) if times else None)


def _seconds_of(series: Series) -> int:
    sizes = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
    return (series.repeat.every or 1) * sizes.get(series.repeat.unit or "", 0)


def _alerts(f: Found) -> tuple[int, ...] | None:
    lengths = [*f.all("DURATION"), *(duration(1, unit) for unit in f.all("UNIT"))]
    return tuple(length.approximate_seconds for length in lengths)


def _nag_often(f: Found) -> Nag | None:
    """Build a nag from words that also ask for a series: only what comes within hours is one."""
    return _nag(f) if f["repeat"].repeat.unit in ("minute", "hour") else None


def _done_after(f: Found) -> Series | None:
    if f.has("series"):
        series: Series = f["series"]
        return replace(series, after_done=True)

    repeat = of_length(f["length"])
    return Series(repeat, after_done=True) if repeat else None


def _series_hour(f: Found) -> Series | None:
    series: Series = f["series"]
    if any(clock.hour is not None for clock in series.clocks):
        return None
    clock = as_clock(f.last.values)
    if clock is None:
        return None
    part = series.clocks[0].part if series.clocks else ""
    return replace(series, clocks=(replace(clock, part=part),))


EXTRAS = [
    Rule("NAGGING", "BANG length:DURATION (?:AND? n:NUM TIMES)?", _nag),
    Rule("NAGGING", "NAG (?:EVERY|COMMA)* length:DURATION (?:COMMA? FOR? n:NUM TIMES)?", _nag),
    Rule("NAGGING", "NAG COMMA? repeat:REPEAT (?:COMMA? FOR? n:NUM TIMES)?", _nag_often),
    Rule("NAGGING", "NAG (?:FOR? n:NUM TIMES)?", _nag),
    Rule("NAGGING", "(?:AND|COMMA)? ASK_AGAIN repeat:REPEAT (?:AFTER|PAST)?", _nag_often),
    Rule("AGAIN", "(?:AND|COMMA)? AGAIN", lambda f: True),
    Rule("UNTIL_DONE", "UNTIL_DONE", lambda f: True),
    Rule("URGENT", "URGENT", lambda f: True),
    Rule("REPEAT", "COMMA? length:DURATION (?:FROM|AFTER)? AFTER_DONE", _done_after),
    Rule("REPEAT", "series:REPEAT COMMA? AFTER_DONE", _done_after),
    Rule("BOUND", "(?:COMMA|FOR)* n:NUM TIMES", _times),
    Rule("BOUND", "(?:COMMA|FOR)* n:TIMES_WORD (?!A|PER|EVERY|UNIT)",
         lambda f: _times(f) if f["n"] > 1 else None),
    Rule("BOUND", "FOR THE? NEXT? length:DURATION", lambda f: Bound(length=f["length"])),
    Rule("BOUND", "COMMA? length:DURATION LASTING", lambda f: Bound(length=f["length"])),
    Rule("BOUND", "THE? NEXT length:DURATION", lambda f: Bound(length=f["length"])),
    Rule("BOUND", "COMMA? UNTIL (?:ON|THE)* end:MOMENT", lambda f: Bound(end=f["end"])),
    Rule("BOUND", "COMMA? UNTIL (?:ON|THE)* month:MONTH", lambda f: _month_bound(f, "end")),
    Rule("BOUND", "COMMA? STARTING (?:ON|THE|FROM)* "
         "month:MONTH", lambda f: _month_bound(f, "start")),
    Rule("BOUND", "COMMA? (?:STARTING FROM?|FROM) (?:ON|THE)* "
         "start:MOMENT", lambda f: Bound(start=f["start"])),
    Rule("BOUND", "COMMA? FROM_TODAY", lambda f: Bound(start=Moment(date=Date(offset=0)))),
    Rule("BOUND", "(?:^|COMMA) STARTS (?:ON|THE|FROM)* start:MOMENT", lambda f: Bound(
        start=f["start"])),
    Rule("BOUND", "(?:FROM|BETWEEN) start:MOMENT (?:UPTO|UNTIL|AND|DASH) (?:ON|THE)* end:MOMENT",
         lambda f: _between(f)),
    Rule("BOUND", "BETWEEN both:MOMENT", lambda f: _pair(f["both"])),
]  # fmt: skip


def _month_bound(f: Found, side: str) -> Bound:
    moment = Moment(date=Date(month=f["month"]))
    return Bound(end=moment) if side == "end" else Bound(start=moment)


def _pair(moment: Moment) -> Bound | None:
    """Build "between 8 and 20", which was read as two times."""
    if moment.date or len(moment.clocks) != 2:
        return None
    return Bound(window=(moment.clocks[0], moment.clocks[1]))


def _between(f: Found) -> Bound | None:
    start, end = f["start"], f["end"]
    return Bound(start=start, end=end) if start.date and end.date else None


WINDOWS = [
    Rule("BOUND", "(?:FROM|BETWEEN|AT)? range:RANGE OCLOCK? ampm:MERIDIEM?", _window),
    Rule("BOUND", f"(?:FROM|BETWEEN) (?:AT|THE)* {_TIME} (?:UPTO|UNTIL|AND|DASH) (?:AT|THE)* "
         f"{_TIME} {_NOT_DATE}", _window),
    Rule("BOUND", f"AT? CLOCK (?:UPTO|UNTIL|DASH) (?:AT|THE)* {_TIME} {_NOT_DATE}", _window),
    Rule("BOUND", f"(?<!ON_THE) {_TIME} (?:UPTO|UNTIL|DASH) (?:AT|THE)* CLOCK", _window),
]  # fmt: skip

_APART = "(?=$|STOP|DOT|COMMA|BANG|URGENT|EVERY|OFTEN|AT)"
_EVENT = "(?=(?:THE|DAYWORD|WEEKDAY)? WORD)"

ALERTS = [
    Rule("ALERTS", "(?:AND|COMMA)* ALERT? (?:AT|ON|IN|AHEAD)? DURATION "
         "(?:BEFORE? (?:COMMA AND|COMMA|AND) AHEAD? DURATION){0,6} "
         f"BEFORE {_APART}", _alerts),
    Rule("ALERTS", f"(?:AND|COMMA)* ALERT THE? UNIT BEFORE {_APART}", _alerts),
    Rule("ALERTS", f"(?:AND|COMMA)* ALERT DAY_BEFORE {_APART}", lambda f: (86400,)),
    Rule("ALERTS", "(?:^|ALERT) AHEAD? (?:DURATION (?:AND DURATION){0,6}|THE? UNIT) "
         f"BEFORE {_EVENT}", _alerts),
    Rule("ALERTS", "(?:AND|COMMA)* ALERT AHEAD (?:DURATION|UNIT) (?:(?:COMMA AND|COMMA|AND) "
         "AHEAD (?:DURATION|UNIT)){0,6} (?:BEFORE (?=$|STOP|DOT|COMMA)|(?!BEFORE|TO))", _alerts),
    Rule("ALERTS", "(?:AND|COMMA)* ALERT AHEAD n:NUM TO (?=$|STOP|DOT|COMMA)", lambda f: (
        int(f["n"] * 60),)),
]  # fmt: skip

SERIES_HOURS = [
    Rule(
        "REPEAT",
        "series:REPEAT COMMA? (?:HOUR|MILITARY|DOT_CLOCK) (?!MEASURE|NUM|MONEY)",
        _series_hour,
    ),
]
