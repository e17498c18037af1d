import pytest
import time_machine

from tests.chat.person import NOW, Person


@pytest.fixture
def clock():
    """Stand still at Tue 6 Oct 2026, 14:05 in Berlin; tests move it on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(db, clock):
    """Return somebody in Berlin with a 24-hour clock."""
    return Person(clock).settled("Europe/Berlin", clock=24)


@pytest.fixture
def stranger(db, clock):
    """Return somebody of whom nothing is known yet."""
    return Person(clock)
