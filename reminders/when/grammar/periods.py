"""Rules for parts of weeks, months and years: "end of may", "last friday of the month", "spring"."""

from dataclasses import replace

from reminders.when.fields import ANY_DAY, WEEKDAY, Date, Duration, Repeat, duration
from reminders.when.grammar.dates import YEAR, year_of
from reminders.when.pattern import Found, Rule

_UNIT_DAYS = {"day": ANY_DAY, "workday": WEEKDAY, "weekend": 5, "week": 0}
_NTH = "(?:ON|IN|THE)* (?:order:ORDINAL DOT?|last:FINAL)"
_NTH_DAY = f"{_NTH} (?:weekday:WEEKDAY|unit:UNIT)"
_SEASON_DAY = 22  # on it the season has begun, however it is counted


def _nth(f: Found) -> Date | None:
    nth = -1 if f.has("last") else f["order"]
    weekday = f["weekday"] if f.has("weekday") else _UNIT_DAYS.get(f["unit"])
    if weekday is None or nth == 0 or nth > 5 + 26 * (weekday == ANY_DAY):
        return None
    months = f.get("step")
    if weekday == ANY_DAY and nth > 0:
        return Date(day=nth, month=f.get("month"), year=year_of(f), months=months)
    return Date(nth=nth, weekday=weekday, month=f.get("month"), year=year_of(f), months=months)


def _end(f: Found) -> Date | None:
    unit = f["unit"]
    if unit == "month":
        return Date(nth=-1, weekday=ANY_DAY, months=f.get("step"))
    if unit == "year":
        return Date(month=12, day=31, years=f.get("step"))
    return Date(weekday=4, weeks=f.get("step")) if unit == "week" else None


def _start(f: Found) -> Date | None:
    unit, step = f["unit"], f.get("step", 1)
    if unit == "month":
        return Date(day=1, months=step)
    if unit == "year":
        return Date(month=1, day=1, years=step)
    return Date(weekday=0, weeks=step) if unit == "week" else None


def _middle(f: Found) -> Date | None:
    unit, step = f["unit"], f.get("step")
    if unit == "month":
        return Date(day=15, months=step)
    if unit == "year":
        return Date(month=7, day=1, years=step)
    return Date(weekday=2, weeks=step) if unit == "week" else None


def _nth_of_year(f: Found) -> Date | None:
    """Build "the last thursday of the year": it is in december, the first ones in january."""
    last = f.has("last")
    if f["whole"] != "year" or (not last and not 1 <= f["order"] <= 4):
        return None
    nth, month = (-1, 12) if last else (f["order"], 1)
    return Date(nth=nth, weekday=f["weekday"], month=month, years=f.get("step"))


def _season(f: Found) -> Date:
    step = f.get("step", 0)
    shift = Duration(months=12 * (step - 1)) if step > 1 else None
    return Date(month=f["season"], day=_SEASON_DAY, year=year_of(f), shift=shift)


def _near(f: Found) -> Date | None:
    """Build "the monday before easter", "third tuesday after the 5th"."""
    date: Date = f["date"]
    weekday = f["day"].weekday
    nth = -1 if f.has("before") else f.get("order", 1)
    if f["day"] != Date(weekday=weekday) or weekday is None or weekday > 6 or date.near:
        return None
    return replace(date, near=(weekday, nth)) if 1 <= abs(nth) <= 100 else None


def _nearest(f: Found) -> Date | None:
    """Build "the closest monday to the 20th": the last one before three days later are over."""
    date: Date = f["date"]
    weekday = f["day"].weekday
    if f["day"] != Date(weekday=weekday) or weekday is None or weekday > 6:
        return None
    if date.shift or date.near:
        return None
    return replace(date, shift=duration(4, "day"), near=(weekday, -1))


def _weekdays_beside(f: Found) -> Date | None:
    """Build "2 fridays after the 14th"; the plural alone would repeat."""
    date: Date = f["date"]
    count, repeat = f["n"], f["days"].repeat
    if repeat != Repeat(unit="week", weekdays=repeat.weekdays) or len(repeat.weekdays or ()) != 1:
        return None
    if date.near or not 1 <= count <= 100:
        return None
    nth = -int(count) if f.has("before") else int(count)
    return replace(date, near=(repeat.weekdays[0], nth))


def _beside(f: Found) -> Date | None:
    """Build "the day before easter", "the week after the 5th of may"."""
    date: Date = f["date"]
    unit = f.get("unit", "day")
    if date.shift or date.near or unit in ("second", "minute", "hour"):
        return None
    length = duration(1, unit)
    return replace(date, shift=-length if f.has("before") else length)


PERIODS = [
    Rule("DATE", f"{_NTH_DAY} (?:(?:OF|IN)? THE? UNIT_MONTH|(?:OF|IN) THE?)", _nth),
    Rule("DATE", f"{_NTH_DAY} (?:OF|IN)? THE? month:MONTH DOT? {YEAR}?", _nth),
    Rule("DATE", f"{_NTH_DAY} (?:OF|IN)? THE? NEXT month:MONTH", _nth),
    Rule("DATE", f"{_NTH_DAY} (?:OF|IN)? THE? step:NEXT UNIT_MONTH", _nth),
    Rule("DATE", f"{_NTH_DAY} (?:OF|IN)? THE? UNIT_MONTH step:NEXT", _nth),
    Rule("DATE", f"{_NTH} weekday:WEEKDAY OF THE? step:NEXT? whole:UNIT", _nth_of_year),
    Rule("DATE", "MID DASH? OF? THE? month:MONTH", lambda f: Date(month=f["month"], day=15)),
    Rule("DATE", "MID DASH? (?:OF|IN)? THE? step:NEXT? unit:UNIT", _middle),
    Rule("DATE", "MID OF? THE? unit:UNIT step:NEXT", _middle),
    Rule("DATE", f"END OF? THE? month:MONTH {YEAR}?", lambda f: Date(
        month=f["month"], nth=-1, weekday=ANY_DAY, year=year_of(f))),
    Rule("DATE", f"START OF? THE? month:MONTH {YEAR}?", lambda f: Date(
        month=f["month"], day=1, year=year_of(f))),
    Rule("DATE", "END (?:OF|IN)? THE? step:NEXT? unit:UNIT", _end),
    Rule("DATE", "END OF? THE? unit:UNIT step:NEXT", _end),
    Rule("DATE", "START OF? THE? step:NEXT? unit:UNIT", _start),
    Rule("DATE", "START OF? THE? unit:UNIT step:NEXT", _start),
    Rule("DATE", "unit:END_OF", _end),
    Rule("DATE", "date:HOLIDAY before:EVE_AFTER", _beside),
    Rule("DATE", f"(?:IN|OF)? THE? step:NEXT season:SEASON {YEAR}?", _season),
    Rule("DATE", "season:SEASON step:NEXT", _season),
    Rule("DATE", f"(?:IN|OF) THE? season:SEASON {YEAR}?", _season),
    Rule("DATE", f"step:NEXT? season:IN_SEASON {YEAR}?", _season),
    Rule("DATE", f"IN? THE? quarter:QUARTER_NAME OF? {YEAR}?", lambda f: Date(
        month=3 * f["quarter"] - 2, day=1, year=year_of(f))),
]  # fmt: skip

# These read dates that the rules above have made.
BESIDE_DATES = [
    Rule("DATE", "THE? NEAREST day:DATE TO THE? date:DATE", _nearest),
    Rule("DATE", "n:NUM days:REPEAT (?:AFTER|before:BEFORE) THE? date:DATE", _weekdays_beside),
    Rule("DATE", "THE? order:ORDINAL? day:DATE (?:AFTER|before:BEFORE) ON? THE? date:DATE",
         _near),
    Rule("DATE", "THE? unit:UNIT (?:AFTER|PAST|before:BEFORE) (?:ON|OF)? THE? date:DATE", _beside),
    Rule("DATE", "THE? before:EVE OF? THE? date:DATE", _beside),
    Rule("DATE", "THE? MORROW (?:OF|AFTER)? THE? date:DATE", _beside),
    Rule("DATE", "DAYMARK (?:AFTER|before:BEFORE) THE? date:DATE", _beside),
    Rule("DATE", "THE? UNIT_WEEK (?:OF|FROM) THE? date:DATE", lambda f: f["date"]),
]  # fmt: skip
