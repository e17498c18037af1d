"""Several moments of one subject: "tomorrow 9 or friday 10 call" means one of them, "and" all."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from reminders.when.fields import Clock, Moment, merge_moments
from reminders.when.groups import Group
from reminders.when.lexicon import Item
from reminders.when.unions import JOINING

_ALSO = {"AND", "AND_AGAIN"}
_BETWEEN = JOINING | _ALSO | {"OR"}


def alternatives(groups: list[Group], items: Sequence[Item]) -> list[Group]:
    """Return the groups, the first ones that stand side by side made into one."""
    place = {id(item): index for index, item in enumerate(items)}
    chain: list[int] = []
    joints: set[str] = set()
    for number, (one, two) in enumerate(pairwise(groups)):
        between = items[place[id(one.items[-1])] + 1 : place[id(two.items[0])]]
        if _offered(one, two, between):
            chain = [*(chain or [number]), number + 1]
            joints.update(*(item.values for item in between))
        elif chain:
            break
    if not chain:
        return groups
    first, last = groups[chain[0]], groups[chain[-1]]
    said = list(items[place[id(first.items[0])] : place[id(last.items[-1])] + 1])
    choice = "OR" in joints or not joints & _ALSO
    either = _completed([replace(groups[n].moment, choice=choice) for n in chain])
    return [*groups[: chain[0]], Group(either[0], said, either), *groups[chain[-1] + 1 :]]


def _offered(one: Group, two: Group, between: Iterable[Item]) -> bool:
    if one.moment.weak and two.moment.weak:  # either makes the other sure: "tomorrow or sat"
        return False
    if any(group.moment.now or group.possessive for group in (one, two)):
        return False
    joints = [item.values.keys() & _BETWEEN for item in between]
    if not all(joints):
        return False
    names = set().union(*joints)
    if "OR" in names or (names & _ALSO and one.moment.date and two.moment.date):
        return True
    return bool(names & {*_ALSO, "COMMA"}) and merge_moments(one.moment, two.moment) is None


def _completed(moments: list[Moment]) -> tuple[Moment, ...]:
    """Return the moments with the day and the time that only another of them names."""
    clocks: tuple[Clock, ...] = ()
    for index in range(len(moments) - 1, -1, -1):  # "friday or saturday evening"
        moments[index] = _at(moments[index], clocks)
        clocks = moments[index].clocks
    date, clocks = None, ()
    for index, moment in enumerate(moments):  # "tomorrow 9 or friday", "tomorrow 9 or at 10"
        made = _at(moment, clocks)
        if made.date is None and made.offset is None:
            made = replace(made, date=date)
        date = made.date
        clocks = tuple(clock for clock in made.clocks if clock.hour is not None)
        moments[index] = replace(made, weak=False)
    return tuple(moments)


def _at(moment: Moment, clocks: tuple[Clock, ...]) -> Moment:
    alone = moment.date is not None and not moment.clocks
    return replace(moment, clocks=clocks) if alone else moment


def combined(moment: Moment, either: tuple[Moment, ...], group: Group) -> tuple[Moment, ...]:
    """Return the alternatives with what stands elsewhere: "at 9 call friday or saturday"."""
    if either:
        return tuple(merge_moments(one, group.moment) or one for one in either)
    return tuple(merge_moments(moment, one) or one for one in group.either)
