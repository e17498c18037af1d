"""A meaning written back as words that read as the same meaning, to prefill an edit."""

from datetime import datetime, time

from reminders.when.meaning import Kind, Meaning

_DAYS = {"MO": "monday", "TU": "tuesday", "WE": "wednesday", "TH": "thursday", "FR": "friday",
         "SA": "saturday", "SU": "sunday"}  # fmt: skip
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_UNITS = {"SECONDLY": "second", "MINUTELY": "minute", "HOURLY": "hour", "DAILY": "day",
          "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}  # fmt: skip
_ORDERS = {"1": "first", "2": "2nd", "3": "third", "4": "fourth", "5": "fifth", "-1": "last",
           "-2": "second to last"}  # fmt: skip
_LENGTHS = ((604800, "week"), (86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def phrase(meaning: Meaning) -> str:
    """Return English words for `meaning`, its subject in quotes; empty where it has no moment."""
    if meaning.due is None or meaning.kind not in (Kind.INSTANT, Kind.RECURRENCE, Kind.PAST):
        return _quoted(meaning.subject)
    when = _series(meaning, meaning.due) if meaning.rules else _moment(meaning.due)
    return " ".join(part for part in (_quoted(meaning.subject), when, *_extras(meaning)) if part)


def _quoted(subject: str) -> str:
    if not subject:
        return ""
    for opening, closing in (('"', '"'), ("«", "»"), ("`", "`")):
        if opening not in subject and closing not in subject and "\n" not in subject:
            return f"{opening}{subject}{closing}"
    return subject


def _moment(due: datetime) -> str:
    return f"{due:%Y-%m-%d %H:%M:%S}" if due.second else f"{due:%Y-%m-%d %H:%M}"


def _clock(at: time) -> str:
    seconds = f":{at.second:02}" if at.second else ""
    return f"{at.hour % 12 or 12}:{at.minute:02}{seconds} {'am' if at.hour < 12 else 'pm'}"


def _series(meaning: Meaning, due: datetime) -> str:
    rules = [dict(part.split("=", 1) for part in rule.split(";")) for rule in meaning.rules]
    if all(rule.get("COUNT") == f"{len(rules)}" and rule["FREQ"] == "YEARLY" for rule in rules):
        return " and ".join(_moment(_once(rule, due)) for rule in rules)
    rule = rules[0]
    timed = rule["FREQ"] not in ("HOURLY", "MINUTELY", "SECONDLY")
    words = [_days(rule), "after done"] if meaning.after_done else []
    if timed:
        said = _timed(rules, due)
        words.append(said.removeprefix(words[0]).strip() if words else said)
    elif not words:
        words = [_days(rule)]
    words.append(f"starting {due:%Y-%m-%d}" if timed else f"starting {_moment(due)}")
    return " ".join([*words, *_bounds(rule)])


def _once(rule: dict[str, str], due: datetime) -> datetime:
    """Return when a rule comes that has one occurrence, at or within a year after `due`."""
    month, day = int(rule.get("BYMONTH", due.month)), int(rule.get("BYMONTHDAY", due.day))
    year = due.year + ((month, day) < (due.month, due.day))
    at = _times([rule], due)[0]
    return due.replace(year=year, month=month, day=day, hour=at.hour, minute=at.minute)


def _timed(rules: list[dict[str, str]], due: datetime) -> str:
    """Return the days with their times; rules of the same days are said together."""
    by_days: dict[str, list[dict[str, str]]] = {}
    for rule in rules:
        by_days.setdefault(_days(rule), []).append(rule)
    if len(by_days) > 1:
        by_days = {days.replace("every week on ", "every "): of for days, of in by_days.items()}
    return " and ".join(
        f"{days} at " + ", ".join(_clock(at) for at in _times(each, due))
        for days, each in by_days.items()
    )


def _times(rules: list[dict[str, str]], due: datetime) -> list[time]:
    if "BYHOUR" not in rules[0]:
        return [due.time()]
    return sorted(
        time(int(hour), int(minute))
        for rule in rules
        for hour in rule["BYHOUR"].split(",")
        for minute in rule["BYMINUTE"].split(",")
    )


def _days(rule: dict[str, str]) -> str:
    unit, every = _UNITS[rule["FREQ"]], int(rule.get("INTERVAL", "1"))
    words = f"every {unit}" if every == 1 else f"every {every} {unit}s"
    on = _on_days(rule)
    return f"{words} {on}" if on else words


def _on_days(rule: dict[str, str]) -> str:
    month = _MONTHS[int(rule["BYMONTH"]) - 1] if "BYMONTH" in rule else ""
    if "BYDAY" in rule:
        return _on_weekdays(rule, month)
    if "BYMONTHDAY" not in rule:
        return ""
    days = rule["BYMONTHDAY"].split(",")
    if "BYSETPOS" in rule:
        days = days[-1:]
    if month:
        return f"on {month} {days[0]}"
    return "on the " + " and ".join(
        f"{_ORDERS[d]} day" if int(d) < 0 else f"{d}{_suffix(int(d))}" for d in days
    )


def _suffix(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _on_weekdays(rule: dict[str, str], month: str) -> str:
    days = rule["BYDAY"].split(",")
    of_month = f" of {month}" if month else ""
    if "BYSETPOS" in rule:
        kind = {5: "weekday", 2: "weekend", 7: "day"}[len(days)]
        return f"on the {_ORDERS[rule['BYSETPOS']]} {kind}{of_month}"
    if len(days[0]) == 2:
        return "on " + " and ".join(_DAYS[day] for day in days)
    orders = " and ".join(_ORDERS[day[:-2]] for day in days)
    return f"on the {orders} {_DAYS[days[0][-2:]]}{of_month}"


def _bounds(rule: dict[str, str]) -> list[str]:
    words = []
    if "COUNT" in rule:
        words.append(f"for {rule['COUNT']} times")
    if "UNTIL" in rule:
        until = datetime.strptime(rule["UNTIL"], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local by design
        last = f"{until:%Y-%m-%d}" if until.time() == time(23, 59, 59) else _moment(until)
        words.append(f"until {last}")
    return words


def _extras(meaning: Meaning) -> list[str]:
    words = []
    if meaning.nag and not meaning.until_done:
        times = f" for {meaning.nag.times} times" if meaning.nag.times else ""
        words.append(f"nag me every {_length(meaning.nag.every)}{times}")
    if meaning.until_done:
        words.append(
            f"nag me every {_length(meaning.nag.every)} until done" if meaning.nag else "until done"
        )
    if meaning.urgent:
        words.append("urgent")
    if meaning.alerts:
        words.append("remind " + " and ".join(_length(a) for a in meaning.alerts) + " before")
    return words


def _length(seconds: int) -> str:
    for size, unit in _LENGTHS:
        if seconds % size == 0 and seconds >= size:
            return f"{seconds // size} {unit}{'s' if seconds > size else ''}"
    return f"{seconds} seconds"
