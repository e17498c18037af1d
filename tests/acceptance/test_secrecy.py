"""With the most talkative logs, neither the token nor what people write leaves the rows."""

import pytest

from tests.acceptance.harness.faults import Fault, Kind, refusal
from tests.acceptance.harness.waiting import until

pytestmark = pytest.mark.acceptance
CANARY = "canary-7d1f-feathers"


@pytest.mark.fault_row(55, "debug logs for a whole run, with trouble")
def test_no_token_and_no_text_in_debug_logs_and_stored_histories(world, row):
    chat = world.chat("Canarybird")
    bot = world.start(LOG_LEVEL="DEBUG")
    faults = [
        world.proxy.add(Fault(Kind.RESET, method="getUpdates", skip=2)),
        world.proxy.add(Fault(Kind.LOSE, text=CANARY)),
        world.proxy.add(refusal(400, "Bad Request: can't parse entities", text="again")),
    ]
    world.set_reminder(chat, f"{CANARY} soon", 3)
    chat.say(f"/ping {CANARY} again")
    chat.say(f"{CANARY} means nothing to you")
    world.wait_for_send(f"⏰ {CANARY}", 30)
    until(
        lambda: not world.unfinished() and all(fault.fired for fault in faults), 40, "all settled"
    )
    histories = world.workflows(bot).histories()
    assert len(histories) >= 2, "a conversation and a reminder"
    bot.stop()

    secret = world.token.partition(":")[2]
    written = {"log": bot.process.log(), "histories": "\n".join(histories)}
    for path in bot.directory.glob("temporal.db*"):
        written[path.name] = path.read_bytes().decode("latin-1")
    assert "DEBUG" in written["log"], "the log was as talkative as it gets"
    for name, text in written.items():
        for kept_back in (secret, CANARY, "feathers", "Canarybird"):
            assert kept_back not in text, f"{kept_back} is in {name}"
            row.injected += 1
    row.figure = f"0 hits in {len(written)} places, {sum(map(len, written.values())) >> 10:,} KiB"
