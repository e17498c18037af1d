"""Temporal is late, away, emptied, or has other keys: the rows bring everything back."""

import time

import pytest

from reminders.limits import HOURLY
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until, wait_for_time
from tests.machine import within

pytestmark = pytest.mark.acceptance


@pytest.mark.fault_row(10, "Temporal is away when the bot starts")
def test_a_bot_without_temporal_waits_and_takes_everything_in(world, cluster, row, full):
    chat = world.chat()
    bot = world.bot(TEMPORAL_ADDRESS=cluster.address)
    bot.launch()
    chat.say("/ping early")
    until(lambda: world.rows("SELECT id FROM bots_update"), 40, "the stored update")
    assert bot.process.alive
    assert bot.ready() in {503, 404}
    wait_for_time(time.time() + (60 if full else 4))
    row.injected = 1
    cluster.start()
    started = time.time()
    sent = world.wait_for_send("pong: early", 30)
    row.figure = f"answered {sent.at - started:.1f} s after Temporal's start"
    until(lambda: bot.ready() in {200, 404}, 10, "ready")
    assert sent.at - started <= within(15)
    bot.stop()


@pytest.mark.chaos
@pytest.mark.fault_row(11, "Temporal is away while people write 20 reminders")
def test_reminders_written_while_temporal_is_away_are_all_set(world, cluster, row):
    chats = [world.chat(f"P{number}") for number in range(10)]
    cluster.start()
    bot = world.start(TEMPORAL_ADDRESS=cluster.address)
    cluster.kill()
    row.injected = 1
    world.api.enqueue([(chats[n % 10], f"/remind in 25 seconds item {n}") for n in range(20)])
    until(lambda: world.database.value("SELECT count(*) FROM bots_update") == 20, 20, "20 updates")
    cluster.start()
    returned = time.time()
    count = "SELECT count(*) FROM reminders_reminder"
    until(lambda: world.database.value(count) == 20, 40, "20 reminders")
    row.figure = f"20 set {time.time() - returned:.1f} s after the return"
    done = "SELECT count(*) FROM reminders_delivery WHERE state = 'sent'"
    until(lambda: world.database.value(done) == 20, 60, "20 deliveries")
    until(lambda: not world.unfinished(), 20, "all settled")
    assert not judge(world).broken()
    bot.stop()


@pytest.mark.fault_row(12, "Temporal's file is deleted")
def test_after_losing_all_of_temporals_data_every_reminder_is_armed_from_the_rows(world, row):
    chat = world.chat()
    bot = world.start()
    dues = {f"item {n}": world.set_reminder(chat, f"item {n}", 12 + n) for n in range(3)}
    for number in range(3):
        world.set_reminder(chat, f"far {number}", 86_400)
    bot.stop()
    files = list(bot.directory.glob("temporal.db*"))
    for file in files:
        file.unlink()
    row.injected = len(files)
    world.start(bot)
    started = time.time()
    running = "WorkflowType='Reminder' AND ExecutionStatus='Running'"
    workflows = world.workflows(bot)
    until(lambda: workflows.count(running) == 6, 60, "6 workflows")
    armed = time.time() - started
    late = max(world.wait_for_send(f"⏰ {text}", 40).at - due for text, due in dues.items())
    until(lambda: not world.unfinished(), 20, "all settled")
    row.figure = f"6 armed after {armed:.1f} s, worst {late:.1f} s late"
    assert not judge(world).broken()


@pytest.mark.fault_row(54, "the payload key is changed between two starts")
def test_a_rotated_key_strands_no_waiting_reminder(world, row):
    from cryptography.fernet import Fernet

    keys = [Fernet.generate_key().decode() for _ in range(2)]
    chat = world.chat()
    bot = world.start(TEMPORAL_PAYLOAD_KEYS=keys[0])
    due = world.set_reminder(chat, "with the old key", 8)
    bot.stop()
    bot.env["TEMPORAL_PAYLOAD_KEYS"] = ",".join(reversed(keys))
    row.injected = 1
    world.start(bot)
    late = world.wait_for_send("⏰ with the old key", 30).at - due
    row.figure = f"{late:+.1f} s"
    assert late <= within(10)
    until(lambda: not world.unfinished(), 20, "all settled")
    assert not judge(world).broken()


@pytest.mark.chaos
@pytest.mark.fault_row(48, "restart with 2,000 waiting reminders")
def test_a_restart_with_2000_waiting_reminders(world, row):
    chats = [world.chat(f"P{number}") for number in range(2000 // HOURLY)]
    bot = world.start()
    for turn in range(HOURLY):
        world.api.enqueue([(chat, f"/remind in 86400 seconds item {turn}") for chat in chats])
    count = "SELECT count(*) FROM reminders_reminder"
    until(lambda: world.database.value(count) == 2000, 280, "2,000 reminders")
    unread = "SELECT count(*) FROM reminders_reminder WHERE armed_revision < revision"
    until(lambda: world.database.value(unread) == 0, 180, "2,000 workflows that sleep")
    other = world.chat("Q")
    due = world.set_reminder(other, "first", 20)
    bot.kill()
    row.injected = 1
    world.start(bot)
    late = world.wait_for_send("⏰ first", 60, other).at - due
    row.figure = f"first due {late:+.1f} s"
    assert "TMPRL1101" not in bot.process.log()
    assert late <= within(5)
