"""Sends keep to Telegram's pace, and no chat waits for another."""

from contextlib import ExitStack
from itertools import pairwise

from bots.pacing import (
    BOT_PER_SECOND,
    BUNCH,
    CHAT_BURST,
    CROWD_PER_SECOND,
    GROUP_PER_MINUTE,
    Pace,
)


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_a_chat_may_send_a_short_burst_and_then_one_a_second():
    clock = Clock()
    pace = Pace(clock)
    burst = 0
    while pace.wait_for(7) == 0:
        burst += 1
    assert burst == CHAT_BURST + 1
    clock.now += 1.0
    assert pace.wait_for(7) == 0
    assert pace.wait_for(7) > 0


def test_one_chats_wait_is_not_anothers():
    pace = Pace(Clock())
    while pace.wait_for(7) == 0:
        pass
    assert pace.wait_for(8) == 0


def test_a_bot_keeps_below_telegrams_thirty_a_second():
    clock = Clock()
    pace = Pace(clock)
    sent = sum(pace.wait_for(chat) == 0 for chat in range(1, 100))
    assert sent == BOT_PER_SECOND
    clock.now += 1.0
    assert pace.wait_for(500) == 0


def test_a_crowd_leaves_room_for_answers():
    pace = Pace(Clock())
    crowd = sum(pace.wait_for(chat, crowd=True) == 0 for chat in range(1, 100))
    answers = sum(pace.wait_for(chat) == 0 for chat in range(200, 300))
    assert crowd == CROWD_PER_SECOND
    assert answers == BOT_PER_SECOND - CROWD_PER_SECOND > 0
    assert [pace.leave(crowd=True) for _ in range(CROWD_PER_SECOND)][-1] > 0.5
    assert pace.leave() == 0


def test_what_is_due_together_leaves_one_after_the_other():
    clock = Clock()
    pace = Pace(clock)
    waits = [pace.leave(crowd=True) for _ in range(CROWD_PER_SECOND + BUNCH)]
    assert waits[: BUNCH + 1] == [0.0] * (BUNCH + 1)
    assert all(later > earlier for earlier, later in pairwise(waits[BUNCH:]))
    assert waits[-1] < 1
    clock.now += 60
    assert pace.leave(crowd=True) == 0


def test_a_group_gets_twenty_a_minute():
    clock = Clock()
    pace = Pace(clock)
    sent = 0
    for _ in range(300):
        sent += pace.wait_for(-5) == 0
        clock.now += 0.1
    assert sent == GROUP_PER_MINUTE
    clock.now += 60
    assert pace.wait_for(-5) == 0


def test_a_closed_chat_waits_as_long_as_telegram_said():
    clock = Clock()
    pace = Pace(clock)
    pace.close(7, 300)
    assert pace.wait_for(7) == 300
    assert pace.wait_for(8) == 0
    clock.now += 300
    assert pace.wait_for(7) == 0


def test_the_backlog_is_what_the_waiting_ones_take():
    pace = Pace(Clock())
    assert pace.backlog == 0
    with ExitStack() as waiting:
        for _ in range(2 * CROWD_PER_SECOND):
            waiting.enter_context(pace.waiting())
        assert pace.backlog == 2
    assert pace.backlog == 0
