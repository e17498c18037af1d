"""Rules for times of day: "half past 3 pm", "halb neun", "8 heures et quart"."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reminders.when.fields import Clock, Duration, duration
from reminders.when.pattern import Found, Rule

_OC = "(?:OCLOCK|HOURMARK)"
_HOUR = f"(?:hour:HOUR {_OC}? ampm:MERIDIEM?|named:NAMED_CLOCK)"
_AFTER_CLOCK = "COMMA|STOP|MERIDIEM|DAYWORD|TODAYPART|WEEKDAY|ON|NEXT"
_NO_COUNT = "(?!UNIT|HOURMARK|MEASURE|MONEY|MONTH|SUFFIX|DOT|COLON)"
_LATEST = {"morning": 12, "lunch": 15, "noon": 15}
_PIECE = "(?:A? part:CLOCK_SHARE|minute:MINUTE UNIT_MINUTE?)"


def with_meridiem(clock: Clock, meridiem: str) -> Clock | None:
    """Return the clock with am, pm or a part of day said after it."""
    if not meridiem:
        return clock
    if meridiem in ("am", "pm"):
        if clock.hour is None or (clock.hour > 12 and meridiem == "am"):
            return None
        hour = clock.hour if clock.hour > 12 else clock.hour % 12 + 12 * (meridiem == "pm")
        return replace(clock, hour=hour, meridiem=meridiem, bare=False)
    if (clock.hour or 0) > _LATEST.get(meridiem, 24):
        return None  # "el veinte al mediodía" is a day and its noon
    return replace(clock, part=meridiem)


def _clock(f: Found) -> Clock | None:
    """Build from any of: c (a clock), hour, minute, named; and ampm."""
    return _hour(f, f.get("minute", 0))


def _hour(f: Found, minute: int) -> Clock | None:
    clock: Clock | None = f.get("c") or f.get("named")
    if clock is None:
        hour: int = f["hour"]
        sure = "24" if hour in (0, *range(13, 25)) else ""
        clock = Clock(hour % 24, minute, meridiem=sure, bare=not f.has("minute"))
    return with_meridiem(clock, f.get("ampm", ""))


def _moved(f: Found, sign: int, base: int = 0) -> Clock | None:
    """Build an hour moved by the minutes or the share that were said."""
    hour = _hour(f, 0)
    if hour is None or hour.hour is None or (sign < 0 and hour.hour > 12 and not f.get("ampm")):
        return None
    share = f.get("part")
    if sign < 0 and f.get("minute", 0) % 5 and not f.count("UNIT_MINUTE"):
        return None  # "we won 3 to 1"
    minutes = int(60 * share) if share is not None else f.get("minute", 0)
    total = (hour.hour * 60 + hour.minute + base + sign * minutes) % 1440
    if hour.open:
        total = total % 720 + 720 * (total % 720 < 60)
    return replace(hour, hour=total // 60, minute=total % 60, bare=False, spoken=hour.open)


def _spoken(f: Found) -> Clock | None:
    """Build "ten thirty": an hour and minutes in words."""
    if f["minute"] < 10 or not all(item.text.isalpha() for item in f.matched):
        return None
    return _hour(f, f["minute"])


def _one(f: Found) -> Clock | None:
    """Build "une heure du matin", "ein Uhr": the article is the number."""
    minute = int(60 * f.get("part", 0)) or f.get("minute", 0)
    return with_meridiem(Clock(1, minute, bare=not minute), f.get("ampm", ""))


def _hours(f: Found) -> Mapping[str, Any] | None:
    """Build a number of hours that may be a time of day as well ("15h", "8 heures 30")."""
    minute = int(60 * f.get("part", 0)) or f.get("minute", 0)
    clock = Clock(f["hour"] % 24, minute, meridiem="24" if f["hour"] > 12 else "")
    length = duration(f["hour"], "hour") + duration(minute, "minute")
    named = f.get("ampm", "")
    if named:
        spoken = with_meridiem(clock, named)
        return {"CLOCK": spoken} if spoken else None
    return {"CLOCK": replace(clock, bare=not minute, hours=True), "DURATION": length}


def _clocked(f: Found) -> Duration | None:
    """Build "in 1:30 hours"."""
    clock, smaller = f["clock"], {"hour": "minute", "minute": "second"}.get(f["unit"])
    if smaller is None:
        return None
    return duration(clock.hour, f["unit"]) + duration(clock.minute, smaller)


def _part_or_days(f: Found) -> Mapping[str, Any] | None:
    """Build "3 дня", which is three in the afternoon or three days."""
    spoken = with_meridiem(Clock(f["hour"], bare=True), f["ampm"])
    return {"CLOCK": spoken, "DURATION": duration(f["hour"], "day")} if spoken else None


CLOCKS = [
    Rule("DURATION", "(?<=IN) clock:COLON_CLOCK unit:UNIT", _clocked),
    Rule("CLOCK|DURATION", "hour:HOUR ampm:PART_OR_UNIT", _part_or_days),
    Rule("CLOCK", "c:COLON_CLOCK (?:OCLOCK|MILITARY_MARK|HOURMARK)? ampm:MERIDIEM?", _clock),
    Rule("CLOCK", "(?<=AT) c:DASH_CLOCK", _clock),  # "в 21-15", which can be no span of time
    Rule("CLOCK", "c:DOT_CLOCK OCLOCK? ampm:MERIDIEM", _clock),
    Rule("CLOCK", "c:DOT_CLOCK OCLOCK", _clock),
    Rule("CLOCK", "c:MILITARY (?:OCLOCK|HOURMARK)? ampm:MERIDIEM", _clock),
    Rule("CLOCK", "c:MILITARY (?:OCLOCK|HOURMARK|H_BETWEEN|MILITARY_MARK)",
         lambda f: f["c"] if f["c"].meridiem else None),
    Rule("CLOCK|DURATION", "hour:HOUR H_BETWEEN minute:MINUTE (?!UNIT)", _hours),
    Rule("CLOCK", "hour:HOUR OCLOCK? ISH? ampm:MERIDIEM", _clock),
    Rule("CLOCK", "hour:HOUR DASH? ISH", _clock),
    Rule("CLOCK", "hour:HOUR DASH? ISH ampm:MERIDIEM", _clock),
    Rule("CLOCK", "(?:hour:HOUR|c:COLON_CLOCK) ampm:MERIDIEM DASH? ISH", _clock),
    Rule("CLOCK", "^ part:HALF_PAST hour:HOUR (?=WORD)", lambda f: _moved(f, 1)),
    Rule("CLOCK", "hour:HOUR OCLOCK? minute:MINUTE ampm:MERIDIEM", _clock),
    Rule("CLOCK", "hour:HOUR OCLOCK (?:minute:MINUTE)?", _clock),
    Rule("CLOCK", "hour:HOUR OCLOCK AND? minute:MINUTE UNIT_MINUTE? "
         "ampm:MERIDIEM?", _clock),
    Rule("CLOCK|DURATION", "hour:HOUR HOURMARK ampm:MERIDIEM?", _hours),
    Rule("CLOCK|DURATION", "hour:HOUR HOURMARK AND? minute:MINUTE UNIT_MINUTE? ampm:MERIDIEM? "
        "(?!HOURMARK|OCLOCK)", _hours),
    Rule("CLOCK", "HOUR? named:NAMED_CLOCK DASH? ISH?", _clock),
    Rule("CLOCK", "(?<=AT) part:HALF_PAST hour:HOUR ampm:MERIDIEM?", lambda f: _moved(f, 1)),
    Rule("CLOCK", f"part:HALF_PAST hour:HOUR (?=$|{_AFTER_CLOCK})", lambda f: _moved(f, 1)),
    Rule("CLOCK", f"(?<=AT) hour:HOUR minute:MINUTE {_NO_COUNT}", _spoken),
    Rule("CLOCK", f"(?<!IN) (?<!NUM) hour:HOUR minute:MINUTE (?=$|TO WORD|{_AFTER_CLOCK})", _spoken),
    Rule("CLOCK", "(?<=AT) hour:ONE_HOUR ampm:MERIDIEM?", _clock),
    Rule("CLOCK", "hour:ONE_HOUR ampm:MERIDIEM", _clock),
    Rule("CLOCK", "A OCLOCK minute:MINUTE? ampm:MERIDIEM?", _one),
    Rule("CLOCK", "A HOURMARK ampm:MERIDIEM", _one),
    Rule("CLOCK", f"(?<=AT) A HOURMARK (?:HOUR_AND? {_PIECE})? ampm:MERIDIEM?", _one),
    Rule("CLOCK", "hour:HOUR OH minute:MINUTE ampm:MERIDIEM", _clock),
    Rule("CLOCK", "(?<=AT) hour:HOUR OH minute:MINUTE", _clock),
    Rule("CLOCK", f"{_PIECE} PAST THE? {_HOUR}", lambda f: _moved(f, 1)),
    Rule("CLOCK", f"(?<!FROM) (?:(?<=AT)|(?<!THE)) {_PIECE} TO THE? {_HOUR}", lambda f: _moved(f, -1)),
    Rule("CLOCK", f"LESS {_PIECE} {_HOUR}", lambda f: _moved(f, -1)),
    Rule("CLOCK", f"HALFTO {_HOUR}", lambda f: _moved(f, 1, -30)),
    Rule("CLOCK", "hour:HALF_TO_HOUR ampm:MERIDIEM?", lambda f: _moved(f, 1, -30)),
    Rule("CLOCK", f"{_PIECE} hour:ORDINAL_HOUR ampm:MERIDIEM?", lambda f: _moved(f, 1, -60)),
    Rule("CLOCK", "HALFTO hour:ORDINAL_HOUR ampm:MERIDIEM?", lambda f: _moved(f, 1, -30)),
    Rule("CLOCK", f"{_PIECE} PAST HALFTO {_HOUR}", lambda f: _moved(f, 1, -30)),
    Rule("CLOCK", f"{_PIECE} TO HALFTO {_HOUR}", lambda f: _moved(f, -1, -30)),
    Rule("CLOCK", f"part:HOUR_SHARE {_HOUR}", lambda f: _moved(f, 1, -60)),
    Rule("CLOCK|DURATION", f"hour:HOUR HOURMARK HOUR_AND {_PIECE} (?!HOURMARK|OCLOCK)", _hours),
    Rule("CLOCK", f"(?<!DAYMARKS) (?:hour:HOUR {_OC}?|named:NAMED_CLOCK) HOUR_AND {_PIECE} ampm:MERIDIEM? "
         "(?!HOURMARK|OCLOCK)", lambda f: _moved(f, 1)),
    Rule("CLOCK", f"(?:hour:HOUR {_OC}?|named:NAMED_CLOCK) HOUR_LESS A? {_PIECE} ampm:MERIDIEM?",
         lambda f: _moved(f, -1)),
]  # fmt: skip
