"""Clocks that change, jump or were off: never early, once, and on the hour that the wall shows."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bots.temporal import connect
from reminders import firing
from reminders.contracts import Claim, ReminderInput
from reminders.models import Delivery, Reminder
from reminders.recurrence import Schedule, first_after, upcoming
from reminders.workflows import ReminderWorkflow
from tests.acceptance.test_reminder_workflow import begin, send_began, skipping
from tests.chat.person import NOW, Person
from tests.machine import within
from tests.reminders.test_recurrence_oddities import BERLIN, HOWE, NEW_YORK, TABLE, _line
from tests.replay.recorders import Recorder, recording_worker

__all__ = ["skipping"]

# zone, wall clock (naive, in the gap or the fold), the instant that is promised
CHANGES = [
    (BERLIN, "2027-03-28 02:30", "2027-03-28T03:30:00+02:00"),
    (BERLIN, "2027-10-31 02:30", "2027-10-31T02:30:00+02:00"),
    (NEW_YORK, "2027-03-14 02:15", "2027-03-14T03:15:00-04:00"),
    (NEW_YORK, "2027-11-07 01:30", "2027-11-07T01:30:00-04:00"),
    (HOWE, "2027-10-03 02:15", "2027-10-03T02:45:00+11:00"),
    (HOWE, "2027-04-04 01:45", "2027-04-04T01:45:00+11:00"),
]


@pytest.fixture
def person(db):
    with time_machine.travel(NOW, tick=False) as clock:
        yield Person(clock).settled("Europe/Berlin", clock=24)


@pytest.mark.acceptance
@pytest.mark.fault_row(40, "clocks change: gaps and folds in three zones, one of half an hour")
async def test_what_falls_into_a_change_of_the_clocks_fires_once_at_its_instant(skipping, row):
    now = await skipping.get_current_time()
    assert now < datetime(2027, 3, 1, tzinfo=UTC) or pytest.skip("the table's changes have passed")
    promised = {n: datetime.fromisoformat(at) for n, (_, _, at) in enumerate(CHANGES, 1)}
    recorder, queue = Recorder(), str(uuid.uuid4())
    for number, (zone, wall, _) in enumerate(CHANGES, 1):
        occurrence = first_after(Schedule((), datetime.fromisoformat(wall), zone), now)
        recorder.dues[number] = [occurrence.due]
        row.injected += occurrence.oddity in {"gap", "overlap"}
    async with recording_worker(skipping.client, recorder, queue):
        handles = {number: await begin(skipping, number, queue) for number in promised}
        for number in sorted(promised, key=promised.__getitem__):
            await handles[number].result()
    assert sorted(number for number, _ in recorder.named("claim")) == list(promised)
    assert len(recorder.named("deliver")) == len(CHANGES)
    late = [(await send_began(handles[n]) - promised[n]).total_seconds() for n in promised]
    assert min(late) >= 0
    assert max(late) < within(2)
    row.figure = f"{len(late)} of {len(late)} at their instant, once; latest {max(late):.2f} s"


@pytest.mark.fault_row(41, "29 February, the 31st, the end of the year, 2038, five years ahead")
def test_odd_dates_come_on_the_documented_day(person, row):
    wrong = []
    for zone, rule, start, expected in TABLE:
        schedule = Schedule((rule,), datetime.fromisoformat(start), zone)
        before = schedule.start.replace(tzinfo=UTC) - timedelta(days=2)
        found = upcoming(schedule, before, expected.count("|") + 1)
        row.injected += 1
        if " | ".join(_line(each.local, each.oddity) for each in found) != expected:
            wrong.append((zone, rule, start))
    assert not wrong
    assert "tea" in person.say("on 1 October 2031 at 9:00 tea").text
    assert Reminder.objects.get().due_at == datetime(2031, 10, 1, 7, tzinfo=UTC)
    assert "up to 5 years ahead" in person.say("on 1 November 2031 at 9:00 tea").text
    assert Reminder.objects.count() == 1
    row.figure = f"{row.injected} of {row.injected} rows exact; beyond five years refused"


@pytest.mark.fault_row(42, "the chat changes its zone while reminders wait")
def test_the_clocks_of_a_chat_move_and_fixed_moments_stay(person, row):
    for words in ("every weekday at 9:00 meeting", "every day at 8:00 pill", "in 3 hours tea",
                  "tomorrow at 10:00 call"):  # fmt: skip
        person.say(words)
    before = {r.number: r.fire_at for r in Reminder.objects.all()}
    heard = person.say("/timezone Tokyo")
    person.press(heard.shown, "Move all")
    row.injected = len(before)
    after = {r.number: r for r in Reminder.objects.all()}
    assert [after[n].local_due.strftime("%H:%M") for n in (1, 2)] == ["09:00", "08:00"]
    assert [after[n].timezone for n in (1, 2)] == ["Asia/Tokyo"] * 2
    assert all(after[n].fire_at == before[n] for n in (3, 4)), "once-only ones keep their instant"
    row.figure = "2 of 2 series on the new wall clock, 2 of 2 single ones at their instant"


@pytest.mark.fault_row(43, "the system's clock jumps an hour back or ahead")
def test_a_clock_that_jumps_never_makes_a_reminder_early(person, row):
    for number in range(10):
        person.say(f"in {30 + number} min thing {number}")
    reminders = list(Reminder.objects.order_by("fire_at"))
    taken = []
    for hours in (-1, 1, -1):
        claimed = set()
        for reminder in reminders:
            # The timer is the server's; its worker's clock is an hour off when it rings.
            person.clock.move_to(reminder.fire_at + timedelta(hours=hours))
            claimed.add(firing.claim(Claim(reminder.pk, reminder.revision)).delivery_id)
            row.injected += 1
        taken.append(claimed)
    assert taken[0] == {0}, "an hour back: it is not time yet"
    assert len(taken[1]) == 10
    assert taken[2] == taken[1], "the clock goes back again: no second delivery"
    deliveries = Delivery.objects.filter(reminder__in=reminders)
    early = sum(each.claimed_at < each.planned_at for each in deliveries)
    assert (deliveries.count(), early) == (10, 0)
    row.figure = f"{row.injected} claims, early {early}, each delivered once"


@pytest.mark.acceptance
@pytest.mark.fault_row(43, "the worker's clock is behind the server's when the timer rings")
async def test_a_worker_whose_clock_is_behind_asks_again_and_does_not_spin(embedded, row):
    """The claim is empty until the worker's own clock says so; meanwhile it is asked once a second."""
    now = datetime.now(UTC)
    recorder, queue = (
        Recorder(dues={5: [now]}, not_before=now + timedelta(seconds=3)),
        str(uuid.uuid4()),
    )
    client = await connect(target=embedded.address)
    async with recording_worker(client, recorder, queue):
        handle = await client.start_workflow(
            ReminderWorkflow.run, ReminderInput(5), id=queue, task_queue=queue
        )
        await handle.result()
    row.injected = recorder.refused
    events = len((await handle.fetch_history()).events)
    late = (await send_began(handle) - now).total_seconds()
    assert 0 < recorder.refused < 10
    assert 3 <= late < within(6)
    assert events < 20 * (recorder.refused + 2)  # a plan, a timer and a claim each
    row.figure = (
        f"3 s behind: {recorder.refused} empty claims, {events} events, sent at {late:.1f} s"
    )


@pytest.mark.fault_row(44, "due while the bot was off for 3 h 20 min")
def test_what_came_due_while_the_bot_was_off_is_sent_once_and_marked(person, row):
    for number in range(5):
        person.say(f"in {10 + number} min single {number}")
    for number in range(3):
        person.say(f"every hour series {number}")
    off_until = NOW + timedelta(hours=3, minutes=20)
    person.clock.move_to(off_until)
    texts = []
    for reminder in Reminder.objects.order_by("pk"):
        row.injected += 1
        texts.append(person.wait(reminder, late=off_until - reminder.fire_at).text)
    singles, series = texts[:5], texts[5:]
    assert all("late" in text for text in texts)
    assert all("3 h" in text for text in singles)
    assert all("2 more times passed meanwhile" in text for text in series)
    assert Delivery.objects.count() == 8
    assert all(r.fire_at > off_until for r in Reminder.objects.filter(state="active"))
    row.figure = "8 late, 8 sent once and marked; 9 due times of 3 series joined into 3"
