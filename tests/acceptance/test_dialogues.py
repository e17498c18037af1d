"""The fifteen dialogues as a person has them: over HTTP, with the clock at Tue 6 Oct 2037, 14:05 in Berlin."""

import base64
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from reminders import presence
from reminders.chat import drafts
from tests.acceptance.harness.botapi import Chat
from tests.acceptance.harness.product import Product
from tests.acceptance.harness.talking import Talker

pytestmark = [pytest.mark.acceptance, pytest.mark.django_db(transaction=True)]

BERLIN = ZoneInfo("Europe/Berlin")
# A year whose days fall as in 2026, and ahead: the clock of Temporal's server only goes forward.
NOW = datetime(2037, 10, 6, 14, 5, tzinfo=BERLIN)


@pytest.fixture
def clock():
    """Stand still until the test moves on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def product(bot_api, settings, clock, db):
    """The product with a bot of its own at the server."""
    settings.TELEGRAM_API_URL = bot_api.url
    made = Product(bot_api, clock)
    yield made
    made.close()


@pytest.fixture
def stranger(product):
    """Somebody of whom nothing is known yet."""
    return Talker(product, product.api.private_chat(product.bot_id, "Mia"))


@pytest.fixture
def berliner(stranger):
    """Somebody in Berlin whose habits are not known."""
    assert "Europe/Berlin, 14:05 now" in stranger.say("/timezone Berlin").text
    return stranger


@pytest.fixture
def person(berliner):
    """Somebody in Berlin with a 24-hour clock."""
    settings = berliner.press(berliner.say("/settings"), "12-hour clock")
    assert "12-hour clock" in berliner.press(settings, "24-hour clock").labels
    return berliner


@pytest.fixture
def group(product):
    """Ana's, Ben's and Carla's sides of a group with topics, which Ana founded and Carla administers."""
    api = product.api
    ana, ben, carla = (api.new_person(name) for name in ("Ana", "Ben", "Carla"))
    made = api.post(
        "chats", kind="supergroup", bot=product.bot_id, person=ana, people=[ben, carla],
        title="Flat 7", forum=True, topics=["Errands"],
    )  # fmt: skip
    sides = [Chat(api, made["id"], made["chat_id"], person) for person in (ana, ben, carla)]
    sides[0].act("members", member=carla, status="administrator")
    return [Talker(product, side) for side in sides]


def test_1_the_zone_is_asked_once_and_the_waiting_reminder_is_set(stranger):
    asked = stranger.say("tomorrow 9am call the bank")
    assert asked.text.startswith("Got it: call the bank, tomorrow 09:00. To get the hour right:")
    set_ = stranger.say("berlin")
    assert set_.text == (
        "🕘 Europe/Berlin, 14:05 now. ✅ #1 call the bank – Wed 7 Oct, 09:00 (in 18 h 55 min)."
    )
    assert set_.labels == ["Undo", "Edit"]
    assert set_.marked("bold") == ["call the bank"]
    assert stranger.wait().text == "⏰ call the bank"


def test_2_a_relative_time_needs_no_zone(stranger):
    set_ = stranger.say("in 25 min take the cake out")
    assert set_.text == "✅ #1 take the cake out – in 25 min."
    assert set_.labels == ["Undo", "Edit"]
    assert stranger.wait().text == "⏰ take the cake out"
    assert datetime.now(BERLIN) == NOW + timedelta(minutes=25)


def test_3_an_ambiguous_hour_is_asked_and_an_unanswered_question_ends(berliner):
    asked = berliner.say("dinner with Ana friday at 8")
    assert asked.text == "Which one? dinner with Ana"
    assert asked.labels == ["Fri 9 Oct 08:00", "Fri 9 Oct 20:00", "Other…"]
    set_ = berliner.press(asked, "Fri 9 Oct 20:00")
    assert set_.text == "✅ #1 dinner with Ana – Fri 9 Oct, 20:00 (in 3 days)."
    assert set_.labels == ["Undo", "Edit"]

    left = berliner.say("lunch with Leo friday at 8")
    berliner.product.pass_time(timedelta(minutes=16))
    assert berliner.product.sweep(drafts.expire) == 1
    ended = berliner.now(left)
    assert (ended.text, ended.labels) == ("Not saved. Send it again with a time.", [])
    assert berliner.toast(left, "Fri 9 Oct 08:00") == "This question has expired."


def test_4_a_time_in_the_past_is_refused_with_what_may_be_meant(person):
    refused = person.say("today 13:00 send invoice")
    assert refused.text == "Today 13:00 has passed (it is 14:05)."
    assert refused.labels == ["Tomorrow 13:00", "In 1 h", "Cancel"]
    assert "#1 send invoice – Wed 7 Oct, 13:00" in person.press(refused, "Tomorrow 13:00").text


def test_5_what_is_not_understood_is_named(person):
    asked = person.say("remind me the day after the party to thank Leo")
    assert asked.text == (
        "I have the text (thank Leo) but not the time: I don’t know when “the party” is. "
        "Give me a date, e.g. sat 10:00."
    )
    assert asked.labels == ["Tomorrow 09:00", "Sat 09:00", "Cancel"]
    assert "#1 thank Leo – Sat 10 Oct, 10:00" in person.say("sat 10:00").text


def test_6_a_forwarded_photo_is_brought_back(person):
    api, mia = person.product.api, person.chat.person
    elsewhere = api.post("chats", kind="private", bot=api.new_bot("42:elsewhere"), person=mia)
    photo = {
        "name": "bill.jpg",
        "mime_type": "image/jpeg",
        "data": base64.b64encode(b"jpg").decode(),
    }
    bill = Chat(api, elsewhere["id"], elsewhere["chat_id"], mia).act("messages", photo=photo)

    asked = person.act("forward", message_id=bill["message_id"], **{"from": elsewhere["id"]})
    forwarded = person.last["message_id"]
    assert (asked.text, asked.reply_to) == ("When should I bring this back?", forwarded)
    assert asked.labels == [
        "1 h", "Tonight 20:00", "Tomorrow 09:00", "Mon 09:00", "Type a time…", "Cancel",
    ]  # fmt: skip
    assert "#1 this photo – Mon 12 Oct, 09:00" in person.press(asked, "Mon 09:00").text
    due = person.wait()
    assert due.reply_to == forwarded
    assert due.text.startswith("⏰ You asked me to bring this back.")
    assert due.labels[0] == "✅ Done"


def test_7_a_monthly_repeat_is_previewed_and_marks_shorter_months(person):
    set_ = person.say("every month on the 31st at 10 pay rent")
    assert set_.text == (
        "✅ #1 pay rent – monthly on the 31st (last day in shorter months), 10:00. "
        "Next: Sat 31 Oct · Mon 30 Nov* · Thu 31 Dec"
    )
    assert set_.labels == ["Undo", "Edit", "Show 5"]
    assert "Sun 31 Jan 2038 · Sun 28 Feb 2038*" in person.press(set_, "Show 5").text
    days = []
    for _ in range(2):
        assert person.wait().text.startswith("⏰ pay rent · repeats monthly")
        days.append(f"{datetime.now(BERLIN):%a %d %b %H:%M}")
    assert days == ["Sat 31 Oct 10:00", "Mon 30 Nov 10:00"]


def test_8_one_occurrence_is_put_off_and_the_series_stays(person):
    person.say("every weekday at 09:00 stand-up meeting")
    due = person.wait()
    assert due.text.startswith("⏰ stand-up meeting · repeats every weekday")
    assert due.labels == ["✅ Done", "+20m", "+1h", "+3h", "Tomorrow", "More…"]
    put_off = person.say("39 minutes", reply_to=due.message_id)
    assert put_off.text == (
        "💤 Today’s one again at 09:39. The series stays at 09:00 (next Thu 8 Oct)."
    )
    assert put_off.labels == ["Undo"]
    times = []
    for _ in range(2):
        assert person.wait().text.startswith("⏰ stand-up meeting")
        times.append(f"{datetime.now(BERLIN):%a %H:%M}")
    assert times == ["Wed 09:39", "Thu 09:00"]


def test_9_a_stale_button_says_when_it_was_done_and_goes(person):
    person.say("tomorrow 9:41 call the bank")
    copy = person.wait()
    assert person.toast(copy, "✅ Done") == "Done ✅"
    assert person.now(copy).text == "⏰ call the bank\n✅ done at 09:41"
    person.product.pass_time(timedelta(hours=2))
    assert person.toast(copy, "✅ Done") == "Already done at 09:41."
    assert person.now(copy).labels == []


def test_10_it_asks_until_done_and_rests_at_night(person):
    set_ = person.say("nag me every 15m at 21:30 to take my pill")
    assert set_.text == (
        "✅ #1 take my pill – today 21:30 (in 7 h 25 min), then every 15 min until Done (at most 6). "
        "Quiet from 22:00, so after 21:45 I wait until 08:00."
    )
    assert set_.labels == ["Undo", "Edit", "Ring through the night"]
    first = person.wait()
    assert first.text == "⏰ take my pill"
    assert first.labels[:2] == ["✅ Done", "Stop asking"]
    second = person.wait()
    assert f"{datetime.now(BERLIN):%H:%M}" == "21:45"
    assert second.text == "⏰ take my pill · 2nd time, next 08:00"
    assert second.labels[:2] == ["✅ Done", "Stop asking"]
    assert person.now(first).labels == []
    third = person.wait()
    assert third.text == "⏰ take my pill · 3rd time, next 08:15 · held since 22:00 (quiet hours)"
    assert person.toast(third, "✅ Done") == "Done ✅"


def test_11_editing_the_message_edits_the_reminder(person):
    person.say("tomorrow 9am call the bank")
    changed = person.edit(person.last["message_id"], "tomorrow 10:30 call the bank about the card")
    assert changed.text == (
        "✏️ #1 Wed 7 Oct 09:00 → 10:30, “call the bank” → call the bank about the card"
    )
    assert changed.marked("strikethrough") == ["09:00"]
    assert changed.labels[0] == "Undo"
    assert person.wait().text == "⏰ call the bank about the card"
    assert f"{datetime.now(BERLIN):%a %H:%M}" == "Wed 10:30"


def test_12_a_list_several_deleted_and_undone(person):
    person.say("tomorrow 10:30 call the bank")
    person.say("in 25 min take the cake out")
    person.say("every month on the 31st at 10:00 pay rent")
    person.say("fri 18:00 bring the keys")
    person.say("nag me every 15m at 21:30 to take my pill")
    planned = person.say("/list")
    assert planned.text == (
        "Today\n14:30 take the cake out (#2)\n21:30 take my pill (#5, nag)\n"
        "Tomorrow\n10:30 call the bank (#1)\n"
        "This week\nFri 9 Oct, 18:00 bring the keys (#4)\n"
        "Later\nSat 31 Oct, 10:00 pay rent (#3, 🔁)"
    )
    assert planned.labels == ["2", "5", "1", "4", "3"]
    deleted = person.say("/delete 2 5 99")
    assert deleted.text == "🗑 #2 and #5 deleted. #99 isn’t yours or doesn’t exist."
    assert "#2" not in person.say("/list").text
    undone = person.press(deleted, "Undo")
    assert undone.text == "↩️ #2 take the cake out is as it was. #5 take my pill is as it was."
    assert person.wait().text == "⏰ take the cake out"


def test_13_in_a_group_only_its_author_and_admins_change_a_reminder(group):
    ana, ben, carla = group
    ana.say("/timezone Berlin", thread_id=1000)
    set_ = ana.say(f"/remind@{ana.product.username} thursday 18:00 bring the keys", thread_id=1000)
    assert set_.text == "✅ #1 bring the keys – Thu 8 Oct, 18:00 (in 2 days), by Ana."
    assert set_.labels == ["➕ Me too", "Edit", "🗑 Delete"]
    assert set_.thread_id == 1000
    assert ben.toast(set_, "🗑") == "Only Ana or a group admin can change this."
    assert ben.toast(set_, "➕ Me too").startswith(
        f"You’ll be mentioned here. For a private one: t.me/{ana.product.username}?start=join_"
    )
    assert ben.now(set_).labels == ["➕ Me too (1)", "Edit", "🗑 Delete"]
    due = ana.wait()
    assert (due.text, due.thread_id) == ("⏰ bring the keys\nAna, Ben", 1000)
    mentioned = [e["user"]["id"] for e in due.entities if e["type"] == "text_mention"]
    assert mentioned == [ana.chat.person, ben.chat.person]
    assert carla.toast(due, "✅ Done") == "Done ✅"


def test_14_what_is_late_says_so_and_what_is_useless_is_skipped(person):
    person.say("tomorrow 10:30 call the bank")
    person.say("every day at 10:15 bus to the office")
    card = person.press(person.say("/list"), "2")
    card = person.press(card, "Never too late")
    card = person.press(card, "Too late after 15 min")
    assert "Too late after 30 min" in card.labels
    product, tomorrow = person.product, NOW.date() + timedelta(days=1)
    product.pass_time(datetime.combine(tomorrow, time(10, 12), BERLIN) - NOW)
    product.sweep(presence.beat)
    with person.seeing(2) as late:
        product.clock.shift(timedelta(hours=1, minutes=27))  # asleep, and nothing was sent
        presence.beat()
        product.pass_time(timedelta(minutes=1))
    skipped, due = late
    assert skipped.text == (
        "Skipped bus to the office (10:15): you set “useless after 30 min”. Next Thu 8 Oct, 10:15. "
        "I was offline 10:12–11:39."
    )
    assert due.text == "⏰ call the bank · due 10:30, 1 h 10 min late: I was offline 10:12–11:39."
    assert due.labels[:3] == ["✅ Done", "+20m", "+1h"]


def test_15_clock_changes_are_announced_and_too_frequent_repeats_refused(person):
    set_ = person.say("every day at 02:30 rotate logs")
    assert "✅ #1 rotate logs – every day at 02:30." in set_.text
    assert set_.text.endswith(
        "2 odd days: Sun 25 Oct 02:30 happens twice (I use the first), "
        "Sun 28 Mar 2038 has no 02:30 (I use 03:30)."
    )
    refused = person.say("every 10 seconds drink")
    assert refused.text == "The shortest repeat is 5 minutes, so I saved nothing."
    assert refused.labels == ["Every 5 min", "Every hour", "Cancel"]
    assert "#2 drink – every 5 minutes" in person.press(refused, "Every 5 min").text
