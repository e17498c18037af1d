"""The line to Telegram breaks: before the request, after it, in the middle of the answer, for a while."""

import time
from itertools import pairwise
from statistics import median

import pytest

from tests.acceptance.harness.faults import Fault, Kind
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until, wait_for_time
from tests.machine import within

pytestmark = pytest.mark.acceptance


@pytest.mark.fault_row(31, "connections refused for a while")
def test_a_closed_port_delays_and_loses_nothing(world, row, full):
    chat = world.chat()
    world.start()
    seconds = 60 if full else 8
    dues = [world.set_reminder(chat, f"item {number}", 8 + number) for number in range(3)]
    until(lambda: not world.unfinished(), 20, "the confirmations")
    world.proxy.close()
    closed = time.time()
    wait_for_time(max(max(dues) + 3, closed + seconds))
    world.proxy.open()
    opened = time.time()
    late = max(world.wait_for_send(f"⏰ item {number}", 40).at for number in range(3)) - opened
    until(lambda: not world.unfinished(), 20, "all settled")
    attempts = world.rows("SELECT outcome FROM conversations_attempt WHERE outcome = 'not_sent'")
    row.injected, row.figure = len(attempts), f"all delivered {late:.1f} s after the return"
    found = judge(world)
    assert not found.broken()
    assert found.marked_repeats == [], "a connection that was never made leaves no doubt"
    assert late <= within(10)


LOST = [Kind.LOSE, Kind.TRUNCATE, Kind.GARBAGE]


@pytest.mark.fault_row(32, "answer lost, cut in half, no JSON")
def test_a_lost_answer_is_doubted_and_never_repeated_unmarked(world, row):
    chats = {kind: world.chat(kind.name) for kind in LOST}
    world.start()
    faults = [world.proxy.add(Fault(kind, chat_id=chat.chat_id)) for kind, chat in chats.items()]
    for kind, chat in chats.items():
        chat.say(f"/ping {kind.name}")
    until(
        lambda: all(fault.fired for fault in faults) and not world.unfinished(), 100, "all settled"
    )
    row.injected = sum(fault.fired for fault in faults)
    copies = {kind: len(world.sends(chats[kind])) for kind in LOST}
    row.figure = f"copies {list(copies.values())}"
    for one in world.outgoing():
        kind = Kind[one["text"].removeprefix("pong: ")]
        assert copies[kind] == 1 or (copies[kind] == 2 and one["possible_repeat"])
    assert not judge(world).broken()


@pytest.mark.chaos  # what surely may have arrived is looked for, for a minute
@pytest.mark.fault_row(32, "reset before the request is forwarded")
def test_a_reset_before_the_server_saw_the_request_loses_nothing(world, row):
    chat = world.chat()
    world.start()
    fault = world.proxy.add(Fault(Kind.RESET))
    chat.say("/ping through")
    world.wait_for_send("pong: through", 100)
    until(lambda: not world.unfinished(), 20, "all settled")
    row.injected, row.figure = fault.fired, "sent once"
    assert len(world.sends(text="pong")) == 1
    assert not judge(world).broken()


@pytest.mark.chaos
@pytest.mark.fault_row(30, "accepted, then no answer for 60 s")
def test_a_hanging_answer_is_doubted_and_never_repeated_unmarked(world, row):
    chat = world.chat()
    world.start()
    fault = world.proxy.add(Fault(Kind.SLOW, seconds=60))
    chat.say("/ping hanging")
    until(lambda: fault.fired, 20, "the send")
    until(lambda: not world.unfinished(), 120, "all settled")
    row.injected, row.figure = fault.fired, f"{len(world.sends(text='pong'))} copies"
    [one] = world.outgoing()
    assert len(world.sends(text="pong")) == 1 or one["possible_repeat"]


@pytest.mark.chaos
@pytest.mark.fault_row(33, "every call takes seconds longer")
def test_a_slow_telegram_piles_nothing_up(world, row, full):
    chats = [world.chat(f"P{number}") for number in range(20)]
    bot = world.start()
    before = bot.process.memory()
    fault = world.proxy.add(Fault(Kind.DELAY, method="", times=10_000, seconds=5 if full else 1.5))
    world.api.enqueue([(chat, f"/ping {turn}") for turn in range(2) for chat in chats])
    until(lambda: len(world.sends()) == 40 and not world.unfinished(), 120, "every answer")
    grown, lag = (bot.process.memory() - before) / 2**20, bot.metric("loop_lag_p99_seconds")
    row.injected = fault.fired
    row.figure = f"memory {grown:+.0f} MiB, loop lag p99 {1000 * lag:.0f} ms"
    assert grown < 50
    assert lag < within(0.1) or not full
    assert not judge(world).broken()


@pytest.mark.fault_row(50, "one chat whose sends take 5 s")
def test_one_slow_chat_slows_no_other(world, row, full):
    slow, others = world.chat("Slow"), [world.chat(f"P{number}") for number in range(20)]
    world.start()
    fault = world.proxy.add(Fault(Kind.SLOW, chat_id=slow.chat_id, times=99, seconds=5))
    world.api.enqueue([(slow, "/ping slow"), (slow, "/ping slower")])
    until(lambda: fault.fired, 20, "a slow send")
    began = time.time()
    world.api.enqueue([(chat, "/ping quick") for chat in others])
    until(lambda: len(world.sends(text="pong: quick")) == len(others), 15, "the others' answers")
    waits = sorted(sent.at - began for sent in world.sends(text="pong: quick"))
    p95 = waits[int(0.95 * (len(waits) - 1))]
    row.injected, row.figure = fault.fired, f"others p50 {median(waits):.2f} s, p95 {p95:.2f} s"
    assert p95 < within(2 if full else 4), "nobody waited for the slow one"


@pytest.mark.chaos
@pytest.mark.fault_row(36, "another program polls with the same token: 409")
def test_a_conflict_is_explained_and_not_fought(world, row):
    chat = world.chat()
    bot = world.start()
    conflict = Fault(
        Kind.ANSWER, method="getUpdates", times=1000, status=409,
        body=b'{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request; '
        b'make sure that only one bot instance is running"}',
    )  # fmt: skip
    fault = world.proxy.add(conflict)
    chat.say("/ping to end the open poll")
    error = until(
        lambda: world.database.value("SELECT poll_error FROM bots_bot"), 30, "an explanation"
    )
    assert "another program" in error
    assert bot.ready() in {503, 200, 404}
    world.proxy.faults = []
    times = [call.began for call in world.proxy.named("getUpdates") if call.fault]
    pauses = [after - before for before, after in pairwise(times)]
    row.injected, row.figure = fault.fired, f"{fault.fired} tries, pauses up to {max(pauses):.1f} s"
    assert min(pauses) >= 0.9, "it is not fought"
    chat.say("/ping again")
    world.wait_for_send("pong: again", 30)
    until(
        lambda: not world.database.value("SELECT poll_error FROM bots_bot"), 20, "no more complaint"
    )
