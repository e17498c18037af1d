"""The phrases of a message that together say one moment, in the order of the text."""

from dataclasses import dataclass

from reminders.when.fields import Moment, merge_moments
from reminders.when.lexicon import Item
from reminders.when.unions import JOINING


@dataclass(slots=True)
class Group:
    """A moment and the phrases that say it."""

    moment: Moment
    items: list[Item]
    either: tuple[Moment, ...] = ()  # several beside each other, of which `moment` is the first

    @property
    def weight(self) -> int:
        """How much it says: a date with a time outweighs either."""
        moment = self.moment
        score = (
            4 * (moment.offset is not None)
            + 3 * (moment.date is not None)
            + 2 * bool(moment.clocks)
        )
        return score - 4 * moment.weak + moment.now

    def edge(self, items: list[Item]) -> int:
        """How plainly it stands: at an end of the message, and not as "monday's"."""
        return (self.items[0] is items[0]) + (self.items[-1] is items[-1]) - self.possessive

    @property
    def possessive(self) -> int:
        """How much less it counts as the "monday's" of something."""
        return 2 * any(item.possessive for item in self.items)


def groups_of(items: list[Item]) -> list[Group]:
    """Return the moments; phrases beside each other that agree are one."""
    groups: list[Group] = []
    joining: list[Item] = []
    open_group = False
    for item in items:
        if "MOMENT" in item.values:
            both = (
                _as_one(groups[-1].moment, joining, item.values["MOMENT"]) if open_group else None
            )
            if both is not None:
                groups[-1] = Group(both, [*groups[-1].items, *joining, item])
            else:
                groups.append(Group(item.values["MOMENT"], [item]))
            open_group, joining = True, []
        elif item.values.keys() & JOINING:
            joining.append(item)
        else:
            open_group, joining = False, []
    return groups


def _as_one(one: Moment, joining: list[Item], two: Moment) -> Moment | None:
    """Merge; "tomorrow, wednesday" is one day, "tomorrow and wednesday" are two."""
    two_days = one.date and two.date and any("AND" in item.values for item in joining)
    return None if two_days else merge_moments(one, two)


def role_of(item: Item) -> str:
    """Return what an item of a moment says: date, time or duration."""
    moment = item.values.get("MOMENT")
    if not isinstance(moment, Moment):
        return "joint"
    if moment.offset:
        return "duration"
    return "date" if moment.date else "time"
