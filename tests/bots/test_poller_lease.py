"""Who polls a bot: the lease of a process that was killed here is free at once, and no other."""

import pytest

from bots.models import Bot
from bots.polling import LEASE, Poller

BOT = 42


@pytest.fixture
def bot(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return Bot.objects.create(pk=BOT)


def poller(owner):
    return Poller(f"{BOT}:token", owner, lambda: None)


def test_after_a_kill_the_next_process_polls_at_once(bot):
    killed = poller("here:1")._succeed(bot)
    bot.take_lease("here:1", LEASE)
    killed.release()  # as the system does
    assert poller("here:2")._succeed(bot)
    assert bot.take_lease("here:2", LEASE)


def test_the_lease_of_a_living_process_is_left_alone(bot):
    living = poller("here:1")._succeed(bot)
    bot.take_lease("here:1", LEASE)
    assert poller("here:2")._succeed(bot) is None
    assert not bot.take_lease("here:2", LEASE)
    living.release()


def test_the_lease_of_another_machine_is_left_alone(bot):
    poller("here:1")._succeed(bot).release()
    bot.take_lease("there:1", LEASE)
    assert poller("here:2")._succeed(bot)
    assert not bot.take_lease("here:2", LEASE)
