"""The clock people count by: asked once, learnt from how they write and from what they choose."""

import pytest


@pytest.fixture
def newcomer(stranger):
    """Return somebody in Berlin whose clock is not known."""
    return stranger.settled("Europe/Berlin")


def test_an_hour_that_was_asked_about_is_not_asked_again(newcomer):
    heard = newcomer.say("friday 9:00 tea")
    assert heard.labels == ["Fri 9 Oct 09:00", "Fri 9 Oct 21:00", "Other…"]
    newcomer.press(heard.shown, "Fri 9 Oct 09:00")
    assert newcomer.chat.clock is None
    newcomer.chat.refresh_from_db()
    assert newcomer.chat.clock == 24
    assert "Sat 10 Oct, 09:00" in newcomer.say("saturday 9:00 tea").text


@pytest.mark.parametrize(
    ("words", "chosen"),
    [("friday 9:00 tea", "Fri 9 Oct 21:00"), ("friday at 8 tea", "Fri 9 Oct 08:00")],
)
def test_a_choice_that_proves_nothing_teaches_nothing(newcomer, words, chosen):
    newcomer.press(newcomer.say(words).shown, chosen)
    newcomer.chat.refresh_from_db()
    assert newcomer.chat.clock is None
    assert len(newcomer.say("saturday 9:00 tea").labels) == 3


def test_an_hour_after_twelve_tells_the_clock(newcomer):
    newcomer.say("friday 18:30 tea")
    assert "Sat 10 Oct, 09:00" in newcomer.say("saturday 9:00 tea").text


def test_with_a_24_hour_clock_a_bare_hour_is_literal_and_one_tap_from_the_evening(person):
    heard = person.say("friday at 8 tea")
    assert "Fri 9 Oct, 08:00" in heard.text
    assert "08:00 → 20:00" in person.press(heard.shown, "Make it 20:00").text


def test_with_an_unknown_clock_only_a_likely_reading_is_taken(newcomer, clock):
    clock.move_to("2026-10-06T21:28:00Z")  # 23:28 in Berlin
    assert "today 23:30" in newcomer.say("11:30 call Leo").text
