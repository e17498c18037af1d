"""From a text in one language to its request: tokens, words, phrases and the choice among them."""

from dataclasses import dataclass, replace

from reminders.when.fields import Clock, Date, Duration, Moment, merge_moments
from reminders.when.grammar.moments import as_clock
from reminders.when.languages import Language
from reminders.when.lexicon import Item
from reminders.when.request import Request, build
from reminders.when.subject import subject
from reminders.when.table import Table

_PLAIN = {"DURATION", "MILITARY", "PART", "MONTH", "SHORT_DATE", "DOT_DATE", "ORDINAL"}


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as read in one language."""

    request: Request
    subject: str
    table: Table

    @property
    def found(self) -> bool:
        """Whether any time or recurrence was understood."""
        return self.request.moment is not None or self.request.series is not None

    @property
    def coverage(self) -> int:
        """How many characters were read as a time or a recurrence."""
        return sum(item.end - item.start for item, _ in self.request.used) if self.found else 0


def read(text: str, language: Language) -> ReadText:
    """Return what `text` asks for and the words that remain."""
    items = language.grammar.reduce(language.lexicon.read(text))
    _weaken(items, text, language)
    request = build(items)
    _promote_start(request)
    if request.moment is None and request.series is None:
        _take_plain(items, request, text, language)
    rest = subject(text, [(i.start, i.end) for i, _ in request.used], language.table)
    if request.moment and request.moment.weak and not request.series and rest:
        request.moment = None
        request.used = [(i, role) for i, role in request.used if "MOMENT" not in i.values]
        rest = subject(text, [(i.start, i.end) for i, _ in request.used], language.table)
    return ReadText(request, rest, language.table)


def _weaken(items: list[Item], text: str, language: Language) -> None:
    """Mark moments that are one word which is more often something else ("sun", "sat")."""
    for index, item in enumerate(items):
        moment = item.values.get("MOMENT")
        if isinstance(moment, Moment) and language.lexicon.is_weak(text[item.start : item.end]):
            after = items[index + 1] if index + 1 < len(items) else None
            dotted = after is not None and after.glued and "DOT" in after.values
            if not dotted or index + 2 < len(items):
                item.values = {"MOMENT": replace(moment, weak=True)}


def _promote_start(request: Request) -> None:
    """Without a recurrence, "starting tomorrow" is simply tomorrow."""
    if request.series:
        return
    for bound in request.bounds:
        start = bound.start or bound.end or (bound.window and Moment(clocks=bound.window[:1]))
        if start:
            request.moment = merge_moments(request.moment or Moment(), start) or request.moment


def _take_plain(items: list[Item], request: Request, text: str, language: Language) -> None:
    """Take a duration, hour or part of day that stands without preposition at the very start."""
    for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
        if not item.values.keys() & _PLAIN:
            continue
        if after is not None and "BEFORE" in after.values:
            return  # before something that is no moment
        if before is not None and "THE" in before.values:
            return  # "the 90s"
        if subject(text[: item.start], [], language.table):
            _take_last(items, request, text)
            return
        alone = not subject(text[item.end :], [], language.table)
        moment = plain_moment(item, alone=alone)
        if moment is not None and (alone or not item.indefinite):
            request.moment = moment
            request.used.append((item, "duration" if moment.offset else "time"))
        return


def _take_last(items: list[Item], request: Request, text: str) -> None:
    """Take a duration at the very end if it is written short: "tea 5m", not "it takes 5 hours"."""
    length = items[-1].values.get("DURATION")
    short = " " not in text[items[-1].start : items[-1].end]
    if isinstance(length, Duration) and length.seconds > 0 and short:
        request.moment = Moment(offset=length)
        request.used.append((items[-1], "duration"))


def plain_moment(item: Item, *, alone: bool) -> Moment | None:
    """Return what an item means on its own: "5m tea", and alone also "8", "evening", "march"."""
    values = item.values
    if "DURATION" in values:
        return Moment(offset=values["DURATION"])
    if not alone:
        return None
    if "MILITARY" in values and "YEAR" not in values and len(item.text) == 4:
        return Moment(clocks=(values["MILITARY"],))
    if "PART" in values:
        return Moment(clocks=(Clock(part=values["PART"]),))
    if "MONTH" in values:
        return Moment(date=Date(month=values["MONTH"]))
    for name in ("SHORT_DATE", "DOT_DATE"):
        if name in values:
            return Moment(date=values[name])
    if "ORDINAL" in values and "UNIT" not in values:
        return Moment(date=Date(day=values["ORDINAL"]))
    return None


def bare_clock(item: Item) -> Moment | None:
    """Return a number as a time of day, for answers that can only be a time ("9", "0930")."""
    clock = as_clock(item.values)
    return Moment(clocks=(clock,)) if clock else None
