"""No chat is held up by another one, and an outage of Telegram holds no worker's slot."""

import asyncio
import time

import pytest

from bots import telegram
from bots.circuit import SILENCE, TRIAL_INTERVAL, TRIP, Circuit, circuits
from bots.errors import CallError, Verdict
from bots.pacing import BOT_PER_SECOND, CHAT_BURST, GROUP_PER_MINUTE, LONGEST_TURN, Pace, paces
from conversations import sending
from conversations.models import Message
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until, wait_for_time
from tests.machine import within
from tests.reliability.account import BOT_ID, Story, refusal


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_private_chat_has_a_burst_and_then_one_a_second(clock):
    pace = Pace(clock)
    assert [pace.wait_for(1) for _ in range(CHAT_BURST + 1)] == [0.0] * (CHAT_BURST + 1)
    assert 0 < pace.wait_for(1) <= 1
    assert pace.wait_for(2) == 0.0, "another chat goes on"


def test_a_group_may_be_sent_to_twenty_times_a_minute(clock):
    pace = Pace(clock)
    for _ in range(GROUP_PER_MINUTE):
        assert pace.wait_for(-5) == 0.0
        clock.now += 0.1
    assert 57 < pace.wait_for(-5) <= 60
    assert pace.wait_for(-6) == 0.0


def test_the_whole_bot_sends_thirty_a_second(clock):
    pace = Pace(clock)
    assert [pace.wait_for(chat) for chat in range(1, BOT_PER_SECOND + 1)] == [0.0] * BOT_PER_SECOND
    assert pace.wait_for(99) == 1.0
    clock.now += 1
    assert pace.wait_for(99) == 0.0


def test_a_429_closes_its_chat_alone(clock):
    pace = Pace(clock)
    pace.close(1, 300)
    assert pace.wait_for(1) == 300
    assert pace.wait_for(2) == 0.0


def test_whoever_must_wait_for_a_chat_gets_a_time_of_its_own(clock):
    pace = Pace(clock)
    assert [pace.turn_after(1, 2.0) for _ in range(4)] == [2.0, 3.0, 4.0, 5.0]
    assert [pace.turn_after(-1, 2.0) for _ in range(3)] == [2.0, 5.0, 8.0]
    assert pace.turn_after(2, 2.0) == 2.0
    assert max(pace.turn_after(1, 2.0) for _ in range(500)) == LONGEST_TURN
    clock.now += 1000
    assert pace.turn_after(1, 2.0) == 2.0


def test_failures_in_a_row_open_the_circuit_and_an_answer_closes_it(clock):
    circuit = Circuit(clock)
    for _ in range(TRIP):
        assert not circuit.is_open
        circuit.end(circuit.begin(), answered=False)
    assert circuit.is_open
    assert circuit.take_trial() == 0.0
    assert circuit.take_trial() == TRIAL_INTERVAL
    clock.now += TRIAL_INTERVAL
    assert circuit.take_trial() == 0.0
    circuit.end(circuit.begin(), answered=True)
    assert not circuit.is_open


def test_single_failures_among_answers_open_nothing(clock):
    circuit = Circuit(clock)
    for _ in range(10):
        circuit.end(circuit.begin(), answered=False)
        circuit.end(circuit.begin(), answered=False)
        circuit.end(circuit.begin(), answered=True)
    assert not circuit.is_open


def test_silence_opens_it_and_one_slow_chat_does_not(clock):
    circuit = Circuit(clock)
    slow = circuit.begin()
    clock.now += SILENCE + 1
    assert circuit.is_open
    circuit.end(circuit.begin(), answered=True)
    assert not circuit.is_open, "others are answered"
    circuit.end(slow, answered=None)
    clock.now += 3600
    assert not circuit.is_open, "nothing was asked for an hour"


@pytest.fixture
def outage(account, monkeypatch):
    monkeypatch.setattr(circuits, "_circuits", {BOT_ID: (circuit := Circuit())})
    for _ in range(TRIP):
        circuit.end(circuit.begin(), answered=False)
    return circuit


def queued(story: Story, key: str) -> Message:
    return Message.objects.create(
        chat=story.chat, key=key, direction="out", method="sendMessage", text="x", state="queued"
    )


@pytest.mark.django_db(transaction=True)
def test_in_an_outage_one_caller_asks_and_the_others_leave_at_once(outage, account):
    story = Story(account)
    rows = [queued(story, str(number)) for number in range(5)]
    account.trouble = [refusal("away", Verdict.UNKNOWN, away=True)]
    began = time.monotonic()
    for row in rows:
        with pytest.raises(sending.LaterError) as later:
            asyncio.run(sending.deliver(row.pk))
        assert later.value.seconds <= TRIAL_INTERVAL + 1
    assert time.monotonic() - began < within(2)
    assert [method for method, _ in account.calls] == ["getMe"], "nothing was sent into the dark"
    assert set(Message.objects.values_list("state", flat=True)) == {"queued"}


@pytest.mark.django_db(transaction=True)
def test_a_chat_with_a_send_on_its_way_holds_no_second_slot(account):
    story = Story(account)
    row = queued(story, "second")

    async def work() -> None:
        async with paces.lock(BOT_ID, story.chat.chat_id):
            await sending.deliver(row.pk)

    with pytest.raises(sending.LaterError) as later:
        asyncio.run(work())
    assert later.value.seconds < 1


async def test_a_line_notes_what_its_calls_say(monkeypatch):
    from telegram.error import BadRequest, TimedOut

    line = telegram.Line(f"{BOT_ID}:x")
    monkeypatch.setattr(circuits, "_circuits", {BOT_ID: (circuit := Circuit())})
    for error, opens in ((TimedOut(), True), (BadRequest("chat not found"), False)):

        async def post(*args, error=error, **more):
            raise error

        monkeypatch.setattr(line, "_post", post)
        for _ in range(TRIP):
            with pytest.raises(CallError):
                await line.call("sendMessage", {})
        assert circuit.is_open is opens


@pytest.mark.acceptance
def test_one_chat_with_many_due_at_once_holds_up_no_other(world, note_figure):
    count = 20  # as many as one person may make in an hour
    crowd, other = world.chat("Crowd"), world.chat("Other")
    world.start()
    world.api.enqueue([(crowd, f"/remind in 25 seconds crowd {n}") for n in range(count)])
    made = "SELECT count(*) FROM reminders_reminder"
    until(lambda: world.database.value(made) == count, 60, "the crowd")
    due = world.set_reminder(other, "alone", 12)
    late = world.wait_for_send("⏰ alone", 60, other).at - due
    sent = "SELECT count(*) FROM reminders_delivery WHERE state = 'sent'"
    until(lambda: world.database.value(sent) == count + 1, 200, "every delivery")
    until(lambda: not world.unfinished(), 60, "all settled")
    found = judge(world)
    note_figure(
        f"{count} due at once in one chat: another chat {late:.1f} s late, the last {found.worst:.0f} s"
    )
    assert late < within(5)
    assert not found.broken()


@pytest.mark.acceptance
def test_an_outage_of_telegram_ends_without_loss_or_doubles(world, full, note_figure):
    count = 200 if full else 40
    chats = [world.chat(f"P{number}") for number in range(20)]
    bot = world.start()
    began = time.time()
    world.api.enqueue([(chats[n % 20], f"/remind in 30 seconds item {n:03}") for n in range(count)])
    made = "SELECT count(*) FROM reminders_reminder"
    until(lambda: world.database.value(made) == count, 60, f"{count} reminders")
    until(lambda: not world.unfinished(), 60, "every confirmation")
    world.proxy.close()
    wait_for_time(max(began + 50, time.time() + 5))
    assert bot.process.alive
    world.proxy.open()
    opened = time.time()
    sent = "SELECT count(*) FROM reminders_delivery WHERE state = 'sent'"
    until(lambda: world.database.value(sent) == count, 100, "every delivery")
    took = time.time() - opened
    until(lambda: not world.unfinished(), 30, "all settled")
    tries = world.database.value("SELECT count(*) FROM conversations_attempt")
    note_figure(
        f"Telegram away: {count} delivered {took:.0f} s after its return, {tries} attempts in all"
    )
    assert not judge(world).broken()
    assert tries < 4 * count, "an outage is not fought with sends"
