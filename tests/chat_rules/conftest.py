from itertools import count

import pytest
import time_machine

from bots.models import Bot
from conversations import admins
from conversations.models import Chat
from tests.chat.person import BOT, NOW, Person
from tests.chat_rules.wire import Wire

GROUP = -100200300


@pytest.fixture
def clock():
    """Stand still at Tue 6 Oct 2026, 14:05 in Berlin; tests move it on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(db, clock):
    """Return somebody in Berlin with a 24-hour clock."""
    Bot.objects.create(pk=BOT, username="keys_bot")
    return Person(clock).settled("Europe/Berlin", clock=24)


class Member(Person):
    """A person in a group; message ids are the group's own."""

    shared = count(1000)

    def __init__(self, clock, user_id, name):
        super().__init__(clock, chat_id=GROUP, user_id=user_id, name=name, chat_type="supergroup")
        self.message_ids = Member.shared


class Group:
    """A group with Ana, Ben and Carla, its admin."""

    def __init__(self, clock):
        self.ana = Member(clock, 501, "Ana").settled("Europe/Berlin", clock=24)
        self.ben = Member(clock, 502, "Ben")
        self.carla = Member(clock, 503, "Carla")

    @property
    def chat(self):
        return Chat.objects.get(chat_id=GROUP)

    def tell_admins(self, *user_ids):
        """Let the bot have learnt who the admins are."""
        admins.note(self.chat.pk, list(user_ids))


@pytest.fixture
def group(db, clock):
    Bot.objects.create(pk=BOT, username="keys_bot")
    return Group(clock)


@pytest.fixture
def receive(person, caplog):
    """Return what takes raw updates for Mia's chat, and watches."""
    return Wire(person, caplog)
