"""The order of the rules: each level reads what the one before has made."""

from reminders.when.grammar.clocks import CLOCKS
from reminders.when.grammar.dates import DATES
from reminders.when.grammar.durations import DURATIONS, NUMBERS, SUMS
from reminders.when.grammar.extras import ALERTS, EXTRAS, SERIES_HOURS, WINDOWS
from reminders.when.grammar.intervals import INTERVALS
from reminders.when.grammar.moments import BARE_HOURS, MOMENTS, ZONES
from reminders.when.grammar.offsets import OFFSETS
from reminders.when.grammar.parts import PARTS_BESIDE
from reminders.when.grammar.periods import BESIDE_DATES, PERIODS
from reminders.when.grammar.repeats import REPEATS

LEVELS = (
    NUMBERS,
    CLOCKS + DURATIONS,
    ALERTS + SUMS + ZONES,
    WINDOWS + INTERVALS + REPEATS + DATES + PERIODS,
    BESIDE_DATES,
    OFFSETS + MOMENTS,
    BARE_HOURS + SERIES_HOURS + PARTS_BESIDE,
    EXTRAS,
)
