"""From a text in one language to its request: tokens, words, phrases and the choice among them."""

from dataclasses import dataclass, replace
from itertools import pairwise

from reminders.when.apart import entries
from reminders.when.customs import named, take_customs, take_hours
from reminders.when.fields import Moment, Repeat, Series, merge_moments
from reminders.when.languages import Language
from reminders.when.lexicon import Item
from reminders.when.plain import take_negative, take_plain
from reminders.when.request import Request, build
from reminders.when.subject import subject
from reminders.when.table import Table


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as read in one language."""

    request: Request
    subject: str
    table: Table

    @property
    def found(self) -> bool:
        """Whether any time or recurrence was understood, be it one that cannot come."""
        request = self.request
        return bool(request.moment or request.series or request.negative)

    @property
    def coverage(self) -> int:
        """How many characters were read as a time or a recurrence."""
        return sum(item.end - item.start for item, _ in self.request.used) if self.found else 0


def read(text: str, language: Language) -> ReadText:
    """Return what `text` asks for and the words that remain."""
    items = language.grammar.reduce(language.lexicon.read(text))
    _weaken(items, text, language)
    request = build(items)
    if not request.either:
        request.entries = entries(items, text, language.table)
    _promote_start(request)
    if request.moment is None and request.series is None:
        take_negative(items, request, text, language)
    if not (request.moment or request.series or request.negative):
        take_plain(items, request, text, language)
    _take_edges(items, request)
    take_customs(request, text, language.table)
    take_hours(request)
    _choose_amid(request, text, language.table)
    rest = subject(text, [(i.start, i.end) for i, _ in request.used], language.table)
    _repeat_parts(request, text, language.table)
    if request.moment and request.moment.weak and not request.series and rest:
        request.moment, request.either = None, ()
        request.used = [(i, role) for i, role in request.used if "MOMENT" not in i.values]
        rest = subject(text, [(i.start, i.end) for i, _ in request.used], language.table)
    return ReadText(request, rest or named(text, language.table), language.table)


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


def _take_edges(items: list[Item], request: Request) -> None:
    """Take the "before" of "before 5pm", which is no part of the subject either."""
    used = {id(item): role for item, role in request.used}
    for edge, item in pairwise(items):
        said = used.get(id(item)) in ("date", "time") and id(edge) not in used
        if said and edge.values.keys() & {"BEFORE", "AFTER", "PAST"}:
            request.used.append((edge, used[id(item)]))


def _repeat_parts(request: Request, text: str, table: Table) -> None:
    """Read "morning and evening" alone as every day's, where it begins or ends the message."""
    moment = request.moment
    if moment is None or not moment.weak or len(moment.clocks) < 2 or request.series:
        return
    if moment == Moment(clocks=moment.clocks, weak=True) and not _is_amid(request, text, table):
        request.series, request.moment = Series(Repeat(unit="day"), moment.clocks), None


def _choose_amid(request: Request, text: str, table: Table) -> None:
    """Let it be asked which of several times is meant where words stand on both sides.

    "call mom at 3 and at 5 pick up the kids" may be two reminders.
    """
    times = request.either or (request.moment,)
    if len(times) < 2 and not (request.moment and len(request.moment.clocks) > 1):
        return
    if _is_amid(request, text, table):
        request.either = tuple(replace(moment, choice=True) for moment in request.either)
        if request.moment is not None:
            request.moment = replace(request.moment, choice=True)


def _is_amid(request: Request, text: str, table: Table) -> bool:
    """Whether words stand before all that was read, and after it."""
    start = min(item.start for item, _ in request.used)
    end = max(item.end for item, _ in request.used)
    return bool(subject(text[:start], [], table) and subject(text[end:], [], table))
