"""A person with a phone sets, is reminded, puts off, lists, deletes: dialogues as people have them."""

import re
from calendar import monthrange
from datetime import datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.machine import slowness, within
from tests.walks.browsing import CHROMIUM, PHONE, Talk, Window

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium"),
]

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    return datetime.now(BERLIN)


def day(moment: datetime) -> str:
    """As the bot writes a day: "Fri 27 Nov", with the year if it is another one."""
    year = "" if moment.year == now().year else f" {moment.year}"
    return f"{moment:%a} {moment.day} {moment:%b}{year}"


def ends_of_months() -> list[str]:
    """The next three 31sts at ten, or the last days before them, as the bot writes them."""
    found, month = [], now().replace(day=1, hour=10, minute=0, second=0)
    while len(found) < 3:
        last = monthrange(month.year, month.month)[1]
        moment = month.replace(day=last)
        if moment > now():
            found.append(f"{day(moment)}{'' if last == 31 else '*'}")
        month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found


@pytest.fixture
def phone(browser, product):
    window = Window(browser, product.url, **PHONE, device_scale_factor=2, has_touch=True)
    window.page.goto("/sandbox/")
    yield window
    window.close()


def test_a_person_talks_to_the_bot(phone):
    talk = Talk(phone)
    phone.page.get_by_role("button", name="Start", exact=True).tap()
    expect(talk.heard).to_have_count(1)
    first_contact(talk)
    an_hour_that_can_be_two(talk)
    minute = now() + timedelta(minutes=ceil(slowness() / 2))  # after all that is said until then
    talk.say(f"every day {minute:%H:%M} stand-up", f"✅ #3 stand-up – every day at {minute:%H:%M}.")
    nagging(talk)
    the_last_day_of_months(talk)
    listing_and_deleting(talk)
    putting_off_one_of_a_series(talk, minute)
    phone.assert_fits()


def test_commands_need_no_slash(phone):
    talk = Talk(phone)
    start = phone.page.get_by_role("button", name="Start", exact=True)
    expect(start.or_(talk.heard.last)).to_be_visible()
    if start.is_visible():
        start.tap()
        expect(talk.heard).to_have_count(1)
    talk.say("/timezone Europe/Berlin", "Europe/Berlin")
    talk.say("visit Ann tomorrow at 15:00 and 17:00", "at 15:00 and 17:00.")
    pills = talk.say("every day morning and evening take drops", "every day at 09:00 and 19:00.")
    number = re.search(r"#(\d+)", pills.locator(".words").inner_text())[1]
    talk.say("what do I have tomorrow?", re.compile(r"15:00 · 17:00 visit Ann \(#\d+, 🔁\)"))
    talk.say(
        "move visit Ann to friday 10:00",
        re.compile(r"✏️ #\d+ .* Next: Fri \d+ \w+, 10:00, visit Ann"),
    )
    talk.say("undo", "visit Ann is as it was.")
    talk.say(f"delete {number}", f"🗑 #{number} deleted.")
    talk.say("in 5 seconds tea", re.compile(r"✅ #\d+ tea"))
    expect(talk.last.locator(".words")).to_contain_text("⏰ tea", timeout=within(20_000))
    talk.say("done", "Done ✅ tea")
    talk.window.picture("chat-words")
    phone.assert_fits()


def first_contact(talk: Talk) -> None:
    asked = talk.say("tomorrow 9am call the bank", "what time is it for you now?")
    expect(asked.locator(".words")).to_contain_text("Got it: call the bank, tomorrow 09:00.")
    tomorrow = day(now() + timedelta(days=1))
    made = talk.say("berlin", f"✅ #1 call the bank – {tomorrow}, 09:00 (in ")
    expect(made.locator(".words")).to_contain_text(re.compile(r"Europe/Berlin, \d\d:\d\d now\."))
    assert talk.buttons(made) == ["Undo", "Edit"]
    talk.window.picture("chat-first-contact")


def an_hour_that_can_be_two(talk: Talk) -> None:
    date = now() + timedelta(days=3)
    asked = talk.say(f"dinner with Ana {f'{date:%A}'.lower()} at 8", "Which one? dinner with Ana")
    assert talk.buttons(asked) == [f"{day(date)} 08:00", f"{day(date)} 20:00", "Other…"]
    talk.window.picture("chat-question")
    made = talk.press(f"{day(date)} 20:00", f"✅ #2 dinner with Ana – {day(date)}, 20:00 (in ")
    assert talk.buttons(made) == ["Undo", "Edit"]


def nagging(talk: Talk) -> None:
    made = talk.say("nag me every 15m at 21:30 to take my pill", "✅ #4 take my pill – ")
    expect(made.locator(".words")).to_contain_text("every 15 min until Done (at most 6).")
    expect(made.locator(".words")).to_contain_text("so after 21:45 I wait until 08:00.")
    talk.window.picture("chat-nag")
    talk.press("Ring through the night", re.compile("4"))
    expect(talk.last.get_by_role("button", name="Undo")).to_be_visible()


def the_last_day_of_months(talk: Talk) -> None:
    made = talk.say("every month on the 31st at 10 pay rent", "✅ #5 pay rent – ")
    expect(made.locator(".words")).to_contain_text(f"Next: {' · '.join(ends_of_months())}")
    assert talk.buttons(made) == ["Undo", "Edit", "Show 5"]
    talk.window.picture("chat-series")


def listing_and_deleting(talk: Talk) -> None:
    listed = talk.say("/list", "pay rent (#5")
    for words in ("Tomorrow", "call the bank (#1)", "take my pill (#4, nag)", "(#2)"):
        expect(listed.locator(".words")).to_contain_text(words)
    talk.window.picture("chat-list")
    gone = talk.say("/delete 2 5 99", "#2 and #5 deleted.")
    expect(gone.locator(".words")).to_contain_text("#99 isn’t yours or doesn’t exist.")
    talk.press("Undo", re.compile("(#|back)"))
    expect(talk.say("/list", "pay rent (#5").locator(".words")).to_contain_text("(#2)")


def putting_off_one_of_a_series(talk: Talk, due: datetime) -> None:
    told = talk.heard.filter(has_text="⏰ stand-up").last
    expect(told).to_be_visible(timeout=within(75_000))
    expect(told.locator(".words")).to_contain_text("repeats every day")
    assert talk.buttons(told) == ["✅ Done", "+20m", "+1h", "+3h", "Tomorrow", "More…"]
    talk.window.picture("chat-reminder")
    told.get_by_role("button", name="Message actions").click()
    talk.page.get_by_role("menuitem", name="Reply").click()
    later = talk.say("39 minutes", "💤 Today’s one again at ")
    following = day(due + timedelta(days=1))
    stays = f"The series stays at {due:%H:%M} (next {following})."
    expect(later.locator(".words")).to_contain_text(stays)
    talk.window.picture("chat-snooze")


def test_the_first_picture(browser, product):
    """A short talk on a wide screen, from a confirmation to a delivered reminder."""
    wide = Window(browser, product.url, viewport={"width": 1200, "height": 840})
    page, talk = wide.page, Talk(wide)
    page.goto("/sandbox/")
    page.get_by_role("button", name="New chat").click()
    page.get_by_role("menuitem", name="New person").click()
    page.get_by_label("First name").fill("Mia")
    page.get_by_role("button", name="Create").click()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(talk.heard).to_have_count(1)
    talk.say("/timezone Berlin", "Europe/Berlin")
    talk.say("tomorrow 9am call the bank", "✅ #1")
    talk.say("every weekday 08:30 stand-up", "✅ #2")
    talk.write("in 8 seconds take the cake out")
    expect(talk.heard.filter(has_text="✅ #3 take the cake out")).to_be_visible()
    talk.say("/list", "stand-up (#2")
    expect(talk.last.locator(".words")).to_contain_text(
        "⏰ take the cake out", timeout=within(30_000)
    )
    expect(talk.last.get_by_role("button", name="Done")).to_be_visible()
    wide.picture("sandbox")
    wide.assert_fits()
    wide.close()
