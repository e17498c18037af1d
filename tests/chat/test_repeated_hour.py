"""An hour that comes twice at the end of daylight saving time: each reminder in the pass it means."""

from datetime import UTC, datetime, timedelta

import pytest

from reminders import changing
from reminders.models import Reminder
from reminders.recurrence import upcoming
from reminders.schedule import schedule_of

# The clocks of Berlin go back at 1:00 UTC on 25 October 2026, and on at 1:00 UTC on 28 March 2027.
BEFORE, FIRST, LAST_OF_FIRST, SECOND, LATE_SECOND = (
    datetime(2026, 10, 24, 23, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 10, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 50, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 10, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 50, tzinfo=UTC),
)
BEFORE_GAP = datetime(2027, 3, 28, 0, 50, tzinfo=UTC)
ALL = [BEFORE, FIRST, LAST_OF_FIRST, SECOND, LATE_SECOND, BEFORE_GAP]
MINUTE = timedelta(minutes=1)


def fired(person):
    """Let all of the one reminder's occurrences come; return the minutes from now at which they did."""
    began, found = datetime.now(UTC), []
    while Reminder.objects.filter(state="active").exists():
        person.wait()
        found.append((datetime.now(UTC) - began) / MINUTE)
    return found


@pytest.mark.parametrize("now", ALL)
@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("every 10 minutes 5 times tea", [10, 20, 30, 40, 50]),
        ("every hour 3 times tea", [60, 120, 180]),
        ("every 90 minutes 2 times tea", [90, 180]),
        ("every 20 minutes for an hour tea", [20, 40, 60]),
        ("every 30 minutes for 2 hours tea", [30, 60, 90, 120]),
        ("every 10 minutes starting in 20 minutes 3 times tea", [20, 30, 40]),
        ("FREQ=MINUTELY;INTERVAL=20;COUNT=2 tea", [20, 40]),
        ("in 20 min tea", [20]),
        ("in 70 min tea", [70]),
    ],
)
def test_what_is_counted_from_now_comes_as_often_and_as_far_apart_as_was_said(
    person, now, words, minutes
):
    person.clock.move_to(now)
    person.say(words)
    assert fired(person) == minutes
    assert Reminder.objects.get().state == "finished"


@pytest.mark.parametrize(
    ("now", "words", "minutes"),
    [
        (FIRST, "at 2:50 tea", [40]),
        (SECOND, "at 2:50 tea", [40]),
        (FIRST, "every 10 minutes from 2:50 2 times tea", [40, 50]),
        (SECOND, "every 10 minutes from 2:50 2 times tea", [40, 50]),
        (LAST_OF_FIRST, "every 10 minutes from 2:10 2 times tea", [20, 30]),
        (FIRST, "every 10 minutes until 2:40 tea", [10, 20, 30]),
        (SECOND, "every 10 minutes until 2:40 tea", [10, 20, 30]),
        (LAST_OF_FIRST, "every 10 minutes until 2:10 tea", [10, 20]),
        (SECOND, "every day at 2:50 1 time tea", [40]),
        (SECOND, "every day at 2:50 2 times tea", [40, 24 * 60 + 40]),
        (FIRST, "every day at 2:50 2 times tea", [40, 25 * 60 + 40]),
    ],
)
def test_a_time_of_day_is_the_next_pass_of_it(person, now, words, minutes):
    person.clock.move_to(now)
    person.say(words)
    assert fired(person) == minutes


def test_the_row_says_which_pass_it_starts_in(person):
    for now, start in ((FIRST, "2026-10-25T02:30:00"), (SECOND, "2026-10-25T02:30:00+01:00")):
        person.clock.move_to(now)
        person.say("in 20 min tea")
        reminder = Reminder.objects.latest("pk")
        assert reminder.start_local == start
        [found] = [each.due for each in _all(reminder)]
        assert found == reminder.due_at == now + 20 * MINUTE


def _all(reminder):
    """Return all that the row says is to come."""
    return upcoming(schedule_of(reminder), BEFORE, 9)


@pytest.mark.parametrize("now", [BEFORE, FIRST, LAST_OF_FIRST, SECOND])
def test_what_is_put_off_comes_after_that_long(person, now):
    person.clock.move_to(now - 20 * MINUTE)
    person.say("in 20 min tea")
    person.press(person.wait(), "+20m")
    put_off = person.reminder()
    assert [each.due for each in _all(put_off)] == [put_off.due_at] == [now + 20 * MINUTE]
    assert fired(person) == [20]


@pytest.mark.parametrize("now", [FIRST, LAST_OF_FIRST, SECOND])
def test_an_occurrence_that_is_put_off_is_in_the_right_pass_too(person, now):
    person.clock.move_to(now - 20 * MINUTE)
    person.say("every 20 minutes tea")
    person.press(person.wait(), "+1h")
    child = Reminder.objects.get(origin="snooze")
    assert [each.due for each in _all(child)] == [child.due_at] == [now + 60 * MINUTE]


@pytest.mark.parametrize("now", ALL)
@pytest.mark.parametrize(
    ("words", "minutes"),
    [("in 20 min", [20]), ("every 10 minutes 3 times", [10, 20, 30])],
)
def test_a_changed_time_counts_from_the_change(person, now, words, minutes):
    person.clock.move_to(now)
    card = person.say("in 3 hours tea").shown
    person.say(words, to=card)
    assert fired(person) == minutes


def test_a_message_that_is_edited_is_read_in_the_same_pass(person):
    person.clock.move_to(SECOND)
    person.say("every 20 minutes 2 times tea")
    person.edit(person.last_said, "every 10 minutes 3 times tea")
    assert fired(person) == [10, 20, 30]


def test_a_time_of_day_moves_a_series_within_the_pass_it_starts_in(person):
    person.clock.move_to(SECOND)
    card = person.say("every 10 minutes 2 times tea").shown
    person.say("at 2:40", to=card)
    assert person.reminder().start_local == "2026-10-25T02:40:00+01:00"
    assert fired(person) == [30, 40]


def test_a_change_that_is_taken_back_leaves_the_pass_as_it_was(person):
    person.clock.move_to(SECOND)
    card = person.say("every 10 minutes 5 times tea").shown
    changed = person.say("in 3 hours", to=card)
    person.press(changed.shown, "Undo")
    assert person.reminder().start_local == "2026-10-25T02:20:00+01:00"
    assert fired(person) == [10, 20, 30, 40, 50]


def test_what_an_operator_moves_or_copies_keeps_its_pass(person):
    person.say("in 3 hours tea")
    due = SECOND + 20 * MINUTE
    assert changing.reschedule(person.reminder(), due, actor="operator:ann")
    copy = changing.duplicate(person.reminder(), actor="operator:ann")
    for reminder in (person.reminder(), copy):
        assert reminder.start_local == "2026-10-25T02:30:00+01:00"
        assert [each.due for each in _all(reminder)] == [due]


def test_a_zone_learnt_later_keeps_the_pass(stranger):
    stranger.clock.move_to(SECOND)
    stranger.say("in 20 min tea")
    stranger.say("/timezone Berlin")
    reminder = stranger.reminder()
    assert (reminder.timezone, reminder.start_local) == (
        "Europe/Berlin",
        "2026-10-25T02:30:00+01:00",
    )
    assert [each.due for each in _all(reminder)] == [SECOND + 20 * MINUTE]


@pytest.mark.parametrize(
    ("city", "start"),
    [("Paris", "2026-10-25T02:20:00+01:00"), ("New York", "2026-10-25T02:20:00")],
)
def test_a_series_that_moves_to_another_zone_has_a_second_pass_only_where_there_is_one(
    person, city, start
):
    person.clock.move_to(SECOND)
    person.say("every 10 minutes tea")
    person.press(person.say(f"/timezone {city}").shown, "Move all")
    assert person.reminder().start_local == start
