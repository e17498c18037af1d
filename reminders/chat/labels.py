"""What buttons say."""

from datetime import datetime

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.templatetags.chat import clock_text, day_text, span, upper_first


def undo() -> str:
    """Take the last action back."""
    return _("Undo")


def edit() -> str:
    """Open what can be edited."""
    return _("Edit")


def show_five() -> str:
    """Show the next five times."""
    return _("Show 5")


def other() -> str:
    """None of the offered times."""
    return _("Other…")


def cancel() -> str:
    """Drop the question."""
    return _("Cancel")


def type_a_time() -> str:
    """Write the time instead."""
    return _("Type a time…")


def done() -> str:
    """It is done."""
    return _("✅ Done")


def take_in() -> str:
    """Make reminders of a calendar's events."""
    return _("Import")


def more() -> str:
    """Show more buttons."""
    return _("More…")


def stop_asking() -> str:
    """Ask no more about this occurrence."""
    return _("Stop asking")


def ring_through() -> str:
    """Ring through quiet hours."""
    return _("Ring through the night")


def make_it(when: datetime, clock: int | None) -> str:
    """Move to the other half of the day."""
    return _("Make it %(time)s") % {"time": clock_text(when, clock)}


def not_the_time(words: str) -> str:
    """Leave these words alone."""
    return _("“%(words)s” is not the time") % {"words": words[:24]}


def choice(when: datetime, clock: int | None) -> str:
    """Return e.g. "Fri 9 Oct 20:00"."""
    return f"{upper_first(day_text(when))} {clock_text(when, clock)}"


def skip_next(when: datetime, clock: int | None) -> str:
    """Leave out the next occurrence."""
    is_today = when.date() == now().astimezone(when.tzinfo).date()
    day = clock_text(when, clock) if is_today else day_text(when)
    return _("Skip next (%(day)s)") % {"day": day}


def day_at(code: str, when: datetime, clock: int | None) -> str:
    """Return e.g. "Tomorrow 13:00"."""
    time = {"time": clock_text(when, clock)}
    return _("Today %(time)s") % time if code == "today" else _("Tomorrow %(time)s") % time


def keep() -> str:
    """Leave it as it is."""
    return _("Keep")


def stop() -> str:
    """End the series."""
    return _("Stop")


def pause() -> str:
    """Hold it back."""
    return _("⏸ Pause")


def resume() -> str:
    """Let it go on."""
    return _("▶️ Resume")


def delete() -> str:
    """Delete it."""
    return _("🗑 Delete")


def back() -> str:
    """Show what was there before."""
    return _("◀ Back")


def back_to_list() -> str:
    """Show the list again."""
    return _("◀ List")


def time() -> str:
    """Edit the time."""
    return _("Time")


def text() -> str:
    """Edit the words."""
    return _("Text")


def nag_on() -> str:
    """Ask again until it is done."""
    return _("Ask until done")


def nag_off() -> str:
    """Ask only once."""
    return _("Ask only once")


def useless(seconds: int | None) -> str:
    """After how long it is of no use."""
    if seconds is None:
        return _("Never too late")
    return _("Too late after %(span)s") % {"span": span(seconds)}


def why() -> str:
    """Show its history."""
    return _("What happened?")


def move_all() -> str:
    """Move everything to the new time zone."""
    return _("Move all")


def choose() -> str:
    """Move some of them to the new time zone."""
    return _("Choose")


def show() -> str:
    """Say everything that came due."""
    return _("Show")


def drop() -> str:
    """Forget what came due."""
    return _("Drop")


def length(number: int, unit: str) -> str:
    """Return a length of calendar time: "3 days"."""
    texts = {
        "minute": ngettext("%(n)d minute", "%(n)d minutes", number),
        "hour": ngettext("%(n)d hour", "%(n)d hours", number),
        "day": ngettext("%(n)d day", "%(n)d days", number),
        "workday": ngettext("%(n)d day", "%(n)d days", number),
        "week": ngettext("%(n)d week", "%(n)d weeks", number),
        "fortnight": ngettext("%(n)d fortnight", "%(n)d fortnights", number),
        "month": ngettext("%(n)d month", "%(n)d months", number),
        "quarter": ngettext("%(n)d quarter", "%(n)d quarters", number),
        "halfyear": ngettext("%(n)d half year", "%(n)d half years", number),
        "year": ngettext("%(n)d year", "%(n)d years", number),
    }
    return texts.get(unit, texts["day"]) % {"n": number}
