"""Starting and stopping: PTB's explicit order, a drained stop, and a second signal that ends at once."""

import signal
import time

import pytest

from tests.acceptance.harness.faults import Fault, Kind
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until
from tests.machine import within

pytestmark = pytest.mark.acceptance


def test_it_starts_and_stops_in_order_and_leaves_nothing_unfinished(world):
    chats = [world.chat(name) for name in ("Ann", "Ben", "Cleo")]
    bot = world.start()
    started = [call.method for call in world.proxy.calls if call.method != "setMyCommands"]
    assert started[:3] == ["getMe", "deleteWebhook", "getUpdates"]
    assert not world.proxy.named("deleteWebhook")[0].parameters.get("drop_pending_updates")

    slow = world.proxy.add(Fault(Kind.SLOW, times=3, seconds=1.5))
    for chat in chats:
        chat.say("/ping once more")
    until(lambda: slow.fired == 3, 20, "three sends on their way")
    asked = time.time()
    assert bot.stop(seconds=10) == 0
    assert time.time() - asked < within(10)

    calls = world.proxy.calls
    polls = [call for call in calls if call.method == "getUpdates"]
    assert str(polls[-1].parameters["timeout"]) == "0", "PTB confirms what it took before it stops"
    drained = [call for call in calls if call.fault]
    assert all(call.answered >= asked for call in drained), "the stop waited for open sends"
    assert max(call.began for call in calls) < asked + within(10)
    assert not world.unfinished()
    assert world.api.unconfirmed(world.bot_id) == []
    assert not judge(world).broken()
    assert bot.temporal_pid() is None, "the embedded server stops with the bot"


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGINT, 130)]
)
@pytest.mark.fault_row(7, "a second signal while it stops")
def test_a_second_signal_ends_it_at_once(world, row, number, code):
    chat = world.chat()
    bot = world.start()
    hang = world.proxy.add(Fault(Kind.HANG))
    chat.say("/ping into the void")
    until(lambda: hang.fired, 20, "a send that hangs")
    bot.process.signal(number)
    until(lambda: not bot.ready() or not bot.process.alive, 10, "the stop has begun")
    assert bot.process.alive, "an open send is given some seconds"
    again = time.time()
    assert bot.stop(number, seconds=5) == code
    row.injected, row.figure = 2, f"exit code {code} after {time.time() - again:.2f} s"
    assert time.time() - again < within(2)


def test_a_stop_while_telegram_hangs_is_over_within_ten_seconds(world):
    chat = world.chat()
    bot = world.start()
    hang = world.proxy.add(Fault(Kind.HANG))
    chat.say("/ping into the void")
    until(lambda: hang.fired, 20, "a send that hangs")
    asked = time.time()
    bot.stop(seconds=14)
    assert time.time() - asked <= within(10)
