"""What a phrase means on its own, without a preposition: "5m tea", "8", "evening"."""

from reminders.when.fields import Clock, Date, Duration, Moment
from reminders.when.grammar.moments import as_clock
from reminders.when.languages import Language
from reminders.when.lexicon import Item
from reminders.when.request import Request
from reminders.when.subject import subject

_PLAIN = {"DURATION", "MILITARY", "PART", "MONTH", "SHORT_DATE", "DOT_DATE", "ORDINAL"}


def take_negative(items: list[Item], request: Request, text: str, language: Language) -> None:
    """Take a negative duration where any other would be the moment: "-5 min tea", "tea in -5 min"."""
    for item in items:
        if "NEGATIVE" not in item.values:
            continue
        begins = not subject(text[: item.start], [], language.table)
        if item.values["NEGATIVE"] or begins or item is items[-1]:
            request.negative = True
            request.used.append((item, "duration"))


def take_plain(items: list[Item], request: Request, text: str, language: Language) -> None:
    """Take a duration, hour or part of day that stands without preposition at the very start."""
    if _take_hour(items, request, text, language):
        return
    for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
        if not item.values.keys() & _PLAIN:
            continue
        if after is not None and "BEFORE" in after.values:
            return  # before something that is no moment
        if before is not None and "THE" in before.values:
            return  # "the 90s"
        if subject(text[: item.start], [], language.table):
            _take_last(items, request, text, language)
            return
        alone = not subject(text[item.end :], [], language.table)
        moment = plain_moment(item, alone=alone)
        if moment is not None and (alone or not item.indefinite):
            request.moment = moment
            request.used.append((item, "duration" if moment.offset else "time"))
        return


def _take_hour(items: list[Item], request: Request, text: str, language: Language) -> bool:
    """Take an hour that is all the words around a request leave: "set an alarm for 7"."""
    hours = [item for item in items if item.values.get("HOUR") and not item.values.keys() & _PLAIN]
    if len(hours) != 1 or not any(map(str.isalpha, text[: hours[0].start])):
        return False
    around = text[: hours[0].start], text[hours[0].end :]
    if any(subject(words, [], language.table) for words in around):
        return False
    request.moment = bare_clock(hours[0])
    request.used.append((hours[0], "time"))
    return True


def _take_last(items: list[Item], request: Request, text: str, language: Language) -> None:
    """Take a duration at the very end if it stands apart: "tea 5m", "tea, 5 min".

    "it takes 5 hours" says something else.
    """
    place = next(n for n in range(len(items) - 1, -1, -1) if items[n].values.keys() & _PLAIN)
    item = items[place]
    length = item.values.get("DURATION")
    short = " " not in text[item.start : item.end]
    short = short or (place > 0 and "COMMA" in items[place - 1].values)
    last = item is items[-1] or not subject(text[item.end :], [], language.table)
    if isinstance(length, Duration) and length.seconds > 0 and short and last:
        request.moment = Moment(offset=length)
        request.used.append((item, "duration"))


def plain_moment(item: Item, *, alone: bool) -> Moment | None:
    """Return what an item means on its own: "5m tea", and alone also "8", "evening", "march"."""
    values = item.values
    if "DURATION" in values:
        return Moment(offset=values["DURATION"])
    if not alone:
        return None
    clock, date = _lone_clock(item), _lone_date(item)
    return Moment(date, (clock,) if clock else ()) if clock or date else None


def _lone_clock(item: Item) -> Clock | None:
    values = item.values
    if "MILITARY" in values and "YEAR" not in values and len(item.text) == 4:
        clock: Clock = values["MILITARY"]
        return clock
    return Clock(part=values["PART"]) if "PART" in values else None


def _lone_date(item: Item) -> Date | None:
    values = item.values
    if "MONTH" in values:
        return Date(month=values["MONTH"])
    for name in ("SHORT_DATE", "DOT_DATE"):
        if name in values:
            date: Date = values[name]
            return date
    return Date(day=values["ORDINAL"]) if "ORDINAL" in values and "UNIT" not in values else None


def bare_clock(item: Item) -> Moment | None:
    """Return a number as a time of day, for answers that can only be a time ("9", "0930")."""
    clock = as_clock(item.values)
    return Moment(clocks=(clock,)) if clock else None
