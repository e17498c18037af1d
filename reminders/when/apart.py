"""Several reminders in one message: "call mom at 5pm, dentist at 7pm"; each is to come by itself."""

from dataclasses import dataclass
from itertools import pairwise

from reminders.when.fields import Moment, Series
from reminders.when.lexicon import Item
from reminders.when.subject import subject
from reminders.when.table import Table
from reminders.when.unions import JOINING

_BREAKS = {"COMMA", "STOP", "DOT", "AND"}
_SAID = {"MOMENT", "REPEAT", "BOUND", "NAGGING", "AGAIN", "UNTIL_DONE", "ALERTS", "URGENT"}


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Items `first` to `last`, which say when: the beginning or the end of an entry."""

    first: int
    last: int
    repeats: bool
    dated: bool
    timed: bool
    counted: bool


def entries(items: list[Item], text: str, table: Table) -> tuple[str, ...]:
    """Return the words of each reminder where all begin, or all end, with a time of their own.

    Otherwise nothing: "friday 10 meeting, move the one at 9" speaks of a time.
    """
    anchors = _anchors(items, text)
    if len(anchors) < 2:
        return ()
    begun = [a for a in anchors if _begins(a, items, text, table)]
    ended = [a for a in anchors if _ends(a, items, text, table)]
    for found, ends in ((begun, False), (ended, True)):
        outer = found and (found[-1] is anchors[-1] if ends else found[0] is anchors[0])
        if outer and len(found) > 1 and all(_apart(*pair) for pair in pairwise(found)):
            spans = _spans(found, items, text, ends=ends)
            if all(_about_something(span, items, text, table) for span in spans):
                return tuple(text[start:end].strip(" \t\r\n-–—−•*") for start, end in spans)
    return ()


def _anchors(items: list[Item], text: str) -> list[_Anchor]:
    """Return the times of the message; those with only joining words between count as one."""
    runs: list[list[int]] = []
    open_run = False
    for index, item in enumerate(items):
        new_line = index and "\n" in text[items[index - 1].end : item.start]
        open_run = open_run and not new_line
        if _says_when(item):
            if open_run:
                runs[-1].append(index)
            else:
                runs.append([index])
            open_run = True
        elif not item.values.keys() & JOINING:
            open_run = False
    return [_anchor([items[i] for i in run], run) for run in runs]


def _says_when(item: Item) -> bool:
    moment = item.values.get("MOMENT")
    if isinstance(moment, Moment):
        return not (moment.weak or moment.now or item.possessive)
    return isinstance(item.values.get("REPEAT"), Series)


def _anchor(said: list[Item], run: list[int]) -> _Anchor:
    moments = [item.values["MOMENT"] for item in said if "MOMENT" in item.values]
    repeats = len(moments) < len(said)
    return _Anchor(
        run[0],
        run[-1],
        repeats,
        dated=any(moment.date for moment in moments),
        timed=any(clock.hour is not None for moment in moments for clock in moment.clocks),
        counted=any(moment.offset for moment in moments),
    )


def _apart(one: _Anchor, two: _Anchor) -> bool:
    """Whether both cannot be of one reminder."""
    if one.repeats or two.repeats:
        return (one.repeats or one.timed) and (two.repeats or two.timed)
    if one.counted or two.counted:
        return True
    return (one.dated and two.dated) or (one.timed and two.timed)


def _begins(anchor: _Anchor, items: list[Item], text: str, table: Table) -> bool:
    start = items[anchor.first].start
    if not subject(text[:start], [], table):
        return True
    before = items[anchor.first - 1]
    return _breaks(before) or "\n" in text[before.end : start]


def _ends(anchor: _Anchor, items: list[Item], text: str, table: Table) -> bool:
    end = items[anchor.last].end
    if not subject(text[end:], [], table):
        return True
    after = items[anchor.last + 1]
    return _breaks(after) or "\n" in text[end : after.start]


def _breaks(item: Item) -> bool:
    return bool(item.values.keys() & _BREAKS) and item.text not in "()"


def _spans(
    found: list[_Anchor], items: list[Item], text: str, *, ends: bool
) -> list[tuple[int, int]]:
    """Return where each entry stands in the text, what separates them left out."""
    spans = []
    start = 0
    for one, two in pairwise(found):
        left, right = (one.last, one.last + 1) if ends else (two.first - 1, two.first)
        while ends and right < len(items) - 1 and _breaks(items[right]):
            right += 1
        while not ends and left and _breaks(items[left]):
            left -= 1
        spans.append((start, items[left].end))
        start = items[right].start
    return [*spans, (start, len(text))]


def _about_something(span: tuple[int, int], items: list[Item], text: str, table: Table) -> bool:
    start, end = span
    said = [
        (item.start - start, item.end - start)
        for item in items
        if start <= item.start < end and item.values.keys() & _SAID
    ]
    return bool(subject(text[start:end], said, table))
