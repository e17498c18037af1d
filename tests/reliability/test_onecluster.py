"""Two Temporal servers never work on one database together."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bots import onecluster
from bots.models import Heartbeat
from tests.acceptance.harness.judging import judge
from tests.acceptance.harness.waiting import until


@pytest.mark.django_db
def test_another_server_waits_until_the_first_is_gone():
    assert onecluster.take("a/default")
    assert onecluster.take("a/default"), "its other workers, and renewals"
    assert not onecluster.take("b/default")
    Heartbeat.objects.update(at=timezone.now() - onecluster.LEASE - timedelta(seconds=1))
    assert onecluster.take("b/default")
    assert not onecluster.take("a/default")
    onecluster.give_back("a/default")
    assert not onecluster.take("a/default"), "only its owner gives it back"
    onecluster.give_back("b/default")
    assert onecluster.take("a/default")


@pytest.mark.acceptance
def test_a_second_machine_with_a_server_of_its_own_waits_says_so_and_takes_over(world, note_figure):
    chat = world.chat()
    first = world.start()
    second = world.bot()  # another data directory, and so another embedded server
    second.launch()
    until(lambda: "another Temporal server works on this database" in second.process.log(), 60)
    assert second.ready() in {0, 503}
    due = world.set_reminder(chat, "one clock", 15)
    late = world.wait_for_send("⏰ one clock", 40, chat).at - due
    world.set_reminder(chat, "after the change", 86_400)
    until(lambda: not world.unfinished(), 20, "the confirmations")
    first.kill()
    chat.say("/ping second")
    world.wait_for_send("pong: second", 60, chat)
    running = "WorkflowType='Reminder' AND ExecutionStatus='Running'"
    workflows = world.workflows(second)
    until(lambda: workflows.count(running) == 1, 60, "the waiting reminder, armed by the second")
    until(lambda: not world.unfinished(), 30, "all settled")
    note_figure(f"two Temporal servers: one at a time; a reminder meanwhile {late:+.1f} s")
    assert len(world.sends(chat, "⏰ one clock")) == 1
    assert not judge(world).broken()
