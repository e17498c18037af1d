"""Rules for dates: "the third of march", "next tuesday", "friday in two weeks", "2/15"."""

from dataclasses import replace

from reminders.when.fields import WEEKEND, Date, Duration, duration, merge
from reminders.when.pattern import Found, Rule

_NOT_HOUR = "(?!OCLOCK|HOURMARK|MERIDIEM|UNIT|MONTH|OF MONTH|OF THE MONTH|DOT MONTH|COLON|DOT DAY|SUFFIX|MEASURE)"
_DAY = "(?:day:DAY DOT?|order:ORDINAL DOT?)"
_LAST_HOUR = 24
YEAR = "(?:(?:COMMA|OF|IN)* year:YEAR|COMMA? MARK short:TWODIGITS)"


def year_of(f: Found) -> int | None:
    """Return the year that YEAR matched, if any."""
    short: int | None = f.get("short")
    year: int | None = f.get("year")
    return year if short is None else 2000 + short


def _day_month(f: Found) -> Date | None:
    day = f.get("day", f.get("order"))
    if not 1 <= day <= 31:
        return None
    return Date(day=day, month=f["month"], year=year_of(f))


def _short(f: Found) -> Date | None:
    date: Date = f["date"]
    after = f.next
    if after and not after.values and after.glued:
        return None
    return date


def _day(f: Found) -> Date | None:
    day = f.get("day", f.get("order"))
    return Date(day=day) if 1 <= day <= 31 and not _glued_word(f) else None


def _day_of_month(f: Found) -> Date | None:
    day = _day(f)
    return day and replace(day, months=f["step"])


def _glued_word(f: Found) -> bool:
    return f.next is not None and f.next.glued and not f.next.values


def _relative_unit(f: Found) -> Date | None:
    return unit_from_now(f["unit"], f["step"])


def unit_from_now(unit: str, step: int) -> Date | None:
    """Return the date of "this month", "next week" and the like."""
    if unit == "day":
        return Date(offset=step)
    if unit == "week":
        return Date(weeks=step)
    if unit == "month":
        return Date(months=step)
    if unit == "year":
        return Date(years=step)
    if unit == "weekend":
        later = Duration(days=7 * (step - 1)) if step > 1 else None
        return Date(weekday=WEEKEND, which="next" if step > 0 else "this", shift=later)
    if unit in ("second", "minute", "hour"):
        return None
    return Date(offset=0, shift=duration(step, unit)) if step > 0 else None


def _weekday(f: Found) -> Date | None:
    """Build a weekday, but not the "segunda" of "a segunda tentativa", which is an ordinal."""
    item, after = f.matched[0], f.next
    article = f.before is not None and "THE" in f.before.values
    if article and "ORDINAL" in item.values and after is not None and not after.values:
        return None
    return Date(weekday=f["weekday"])


def _relative_weekday(f: Found) -> Date | None:
    step: int = f["step"]
    if step < 0:
        return Date(weekday=f["weekday"], shift=Duration(days=-7))
    shift = Duration(days=7 * (step - 1)) if step > 1 else None
    return Date(weekday=f["weekday"], which="next" if step else "this", shift=shift)


def _relative_month(f: Found) -> Date | None:
    step: int = f["step"]
    shift = Duration(months=12 * (step - 1)) if step > 1 else None
    return Date(month=f["month"], which="next" if step else "this", shift=shift)


def _weekdays_ahead(f: Found) -> Date | None:
    count = int(f["n"])
    if not 1 <= count <= 100:
        return None
    return Date(weekday=f["weekday"], which="next", shift=Duration(days=7 * (count - 1)))


def _weekday_in(f: Found) -> Date | None:
    length: Duration = f["length"]
    days = {8: 7, 15: 14}.get(length.days, length.days)  # "in acht Tagen" counts both ends
    if length.seconds or length.months or days % 7 or not days:
        return None
    return Date(weekday=f["weekday"], weeks=days // 7)


def _week_later(f: Found) -> Date | None:
    """Build "tuesday week", "friday fortnight"."""
    if f["unit"] not in ("week", "fortnight"):
        return None
    return Date(weekday=f["weekday"], shift=duration(1, f["unit"]))


def _weekday_with_unit(f: Found) -> Date | None:
    unit = unit_from_now(f["unit"], f["step"])
    return unit and merge(Date(weekday=f["weekday"]), unit)


DATES = [
    Rule("DATE", "date:FULL_DATE", lambda f: f["date"]),
    Rule("DATE", "date:NUMERIC", lambda f: f["date"]),
    Rule("DATE", "date:MONTH_YEAR", lambda f: f["date"]),
    Rule("DATE", "date:DOT_DATE DOT", _short),
    Rule("DATE", f"(?:THE|DAYMARK)* {_DAY} UNIT_DAY? OF? THE? month:MONTH DOT? "
         f"{YEAR}?", _day_month),
    Rule("DATE", "day:DAY (?:DASH|SLASH) month:MONTH "
         "(?:(?:DASH|SLASH) (?:year:YEAR|short:TWODIGITS))?", _day_month),
    Rule("DATE", f"month:MONTH DOT? (?:DASH|SLASH|COMMA|ON)? THE? {_DAY} {YEAR}?", _day_month),
    Rule("DATE", "month:MONTH DOT? (?:COMMA|OF|THIS)? year:YEAR", lambda f: Date(
        month=f["month"], year=f["year"])),
    Rule("DATE", f"DAYMARK {_DAY}", _day),
    Rule("DATE", f"THE? {_DAY} (?:OF|IN)? THE? step:NEXT UNIT_MONTH", _day_of_month),
    Rule("DATE", f"THE? {_DAY} (?:OF|IN)? THE? UNIT_MONTH step:NEXT", _day_of_month),
    Rule("DATE", f"weekday:DATED_WEEKDAY COMMA? (?:(?!AT) THE)? day:DAY {_NOT_HOUR}", lambda f: Date(
        weekday=f["weekday"], day=f["day"])),
    Rule("DATE", f"{_DAY} DAYMARK_AFTER", _day),
    Rule("DATE", "step:NEXT unit:UNIT", _relative_unit),
    Rule("DATE", "unit:UNIT step:NEXT", _relative_unit),
    Rule("DATE", "unit:UNIT AFTER step:NEXT", lambda f: unit_from_now(f["unit"], f["step"] + 1)),
    Rule("DATE", "step:NEXT weekday:WEEKDAY", _relative_weekday),
    Rule("DATE", "weekday:WEEKDAY step:NEXT", _relative_weekday),
    Rule("DATE", "weekday:WEEKDAY AFTER step:NEXT", lambda f: Date(
        weekday=f["weekday"], which="next", shift=Duration(days=7))),
    Rule("DATE", "step:NEXT month:MONTH", _relative_month),
    Rule("DATE", "month:MONTH step:NEXT", _relative_month),
    Rule("DATE", f"step:NEXT month:MONTH DOT? THE? {_DAY}", lambda f: (
        Date(day=f.get("day", f.get("order")), month=f["month"]) if f["step"] >= 0 else None)),
    Rule("DATE", "month:MONTH AFTER NEXT", lambda f: Date(
        month=f["month"], which="next", shift=Duration(months=12))),
    Rule("DATE", "weekday:WEEKDAY OF? THE? step:NEXT unit:UNIT", _weekday_with_unit),
    Rule("DATE", "weekday:WEEKDAY OF? THE? unit:UNIT step:NEXT", _weekday_with_unit),
    Rule("DATE", "weekday:WEEKDAY", _weekday),
    Rule("DATE", "weekday:WEEKDAY DOT? COMMA? ON? THE? "
         "(?:day:DAY DOT|order:ORDINAL) (?!(?:OF THE?)? MONTH)", lambda f: Date(
        weekday=f["weekday"], day=f.get("day", f.get("order")))),
    Rule("DATE", "weekday:WEEKDAY (?:OF|IN)? THE? UNIT_WEEK AFTER step:NEXT", lambda f: Date(
        weekday=f["weekday"], weeks=f["step"] + 1)),
    Rule("DATE", "THE? order:ORDINAL (?:OF|IN) (?:THE UNIT_MONTH|UNIT_MONTH "
         "(?=$|COMMA|STOP))", _day),
    Rule("DATE", "holiday:HOLIDAY", lambda f: f["holiday"]),
    Rule("DATE", "step:NEXT holiday:HOLIDAY", lambda f: f["holiday"] if f["step"] >= 0 else None),
    Rule("DATE", "holiday:HOLIDAY step:NEXT (?!UNIT)", lambda f: f["holiday"] if f["step"] >= 0 else None),
    Rule("DATE", f"holiday:HOLIDAY {YEAR}", lambda f: replace(f["holiday"], year=year_of(f))),
    Rule("DATE", "n:NUM weekday:WEEKDAY HENCE", _weekdays_ahead),
    Rule("DATE", "n:NUM weekday:WEEKDAYS HENCE", _weekdays_ahead),
    Rule("DATE", "weekday:WEEKDAY IN length:DURATION", _weekday_in),
    Rule("DATE", "weekday:WEEKDAY IN_ONE UNIT_WEEK", lambda f: Date(weekday=f["weekday"], weeks=1)),
    Rule("DATE", "IN length:DURATION ON weekday:WEEKDAY", _weekday_in),
    Rule("DATE", "weekday:WEEKDAY unit:UNIT", _week_later),
    Rule("DATE", f"weekday:WEEKDAY COMMA? THE? day:DAY {_NOT_HOUR}", lambda f: (
        Date(weekday=f["weekday"], day=f["day"]) if f["day"] > _LAST_HOUR else None)),
    Rule("DATE", "length:DURATION ON? weekday:WEEKDAY", lambda f: _week_on(f)),
]  # fmt: skip


def _week_on(f: Found) -> Date | None:
    """Build "a week on tuesday": the next tuesday, a week later."""
    length: Duration = f["length"]
    if length.seconds or length.months or length.days % 7:
        return None
    return Date(weekday=f["weekday"], shift=length)
