"""Dialogues 11 and 12: lists, edits, deletion, pauses, history, settings, and a moved life."""

from datetime import timedelta

import pytest

from bots.envelope import IncomingMessage
from conversations.models import Attempt
from reminders import firing
from reminders.chat.models import Preferences
from reminders.contracts import Claim
from reminders.models import Delivery, Reminder


def plan(person):
    person.say("tomorrow 10:30 call the bank")
    person.say("in 25 min take the cake out")
    person.say("every month on the 31st at 10:00 pay rent")
    person.say("fri 18:00 bring the keys")
    person.say("nag me every 15m at 21:30 to take my pill")


def test_the_list_is_grouped_by_day(person):
    plan(person)
    heard = person.say("/list")
    assert heard.text == (
        "Today\n14:30 take the cake out (#2)\n21:30 take my pill (#5, nag)\n"
        "Tomorrow\n10:30 call the bank (#1)\n"
        "This week\nFri 9 Oct, 18:00 bring the keys (#4)\n"
        "Later\nSat 31 Oct, 10:00 pay rent (#3, 🔁)"
    )
    assert heard.labels == ["2", "5", "1", "4", "3"]


def test_the_list_has_pages_of_eight(person):
    for number in range(1, 20):
        person.say(f"in {number} hours thing {number}")
    heard = person.say("/list")
    assert heard.text.endswith("11 more ▶")
    assert heard.labels == [*map(str, range(1, 9)), "▶"]
    heard = person.press(heard.shown, "▶")
    assert heard.labels == [*map(str, range(9, 17)), "◀", "▶"]
    heard = person.press(heard.shown, "▶")
    assert heard.labels == ["17", "18", "19", "◀"]
    assert "more" not in heard.text


def test_the_list_can_be_filtered(person):
    plan(person)
    heard = person.say("/list BANK")
    assert heard.text == "Tomorrow\n10:30 call the bank (#1)"
    assert person.say("/list dentist").text == "Nothing planned with “dentist”."


def test_an_empty_list_says_so(person):
    assert person.say("/list").text == "Nothing is planned."
    assert person.say("/list done").text == "Nothing has come yet."


def test_what_has_come_is_listed(person):
    person.say("in 25 min take the cake out")
    person.press(person.wait(), "✅ Done")
    assert person.say("/list done").text == "The last ones\ntoday 14:30 take the cake out (#1) ✅"


def test_a_number_of_the_list_opens_the_card(person):
    plan(person)
    heard = person.press(person.say("/list").shown, "3")
    assert heard.text.startswith("#3 pay rent\nmonthly on the 31st")
    assert heard.labels[:2] == ["Time", "Text"]
    assert "Skip next (Sat 31 Oct)" in heard.labels


def test_several_are_deleted_and_come_back(person):
    plan(person)
    heard = person.say("/delete 2 5 99")
    assert heard.text == "🗑 #2 and #5 deleted. #99 isn’t yours or doesn’t exist."
    assert person.reminder(2).state == "cancelled"
    heard = person.press(heard.shown, "Undo")
    assert heard.text == "↩️ #2 take the cake out is as it was. #5 take my pill is as it was."
    assert person.reminder(5).state == "active"
    assert person.reminder(5).fire_at == person.reminder(5).due_at


def test_editing_the_message_edits_the_reminder(person):
    person.say("tomorrow 9am call the bank")
    heard = person.edit(person.last_said, "tomorrow 10:30 call the bank about the card")
    assert heard.text == (
        "✏️ #1 Wed 7 Oct 09:00 → 10:30, “call the bank” → call the bank about the card"
    )
    struck = [e for e in heard.shown.entities if e["type"] == "strikethrough"]
    assert len(struck) == 1
    assert heard.labels[0] == "Undo"
    person.press(heard.shown, "Undo")
    assert person.reminder().text == "call the bank"
    assert person.reminder().local_due.hour == 9


def test_an_edit_that_changes_nothing_is_told_so_and_one_of_an_unknown_message_is_quiet(person):
    person.say("tomorrow 9am call the bank")
    assert (
        person.edit(person.last_said, "tomorrow 9am call the bank").text
        == "#1 is like that already."
    )
    assert person.edit(999, "tomorrow 9am anything").rows == []


def test_an_edit_that_drops_the_time_keeps_it(person):
    person.say("tomorrow 9am call the bank")
    heard = person.edit(person.last_said, "call the other bank")
    assert "“call the bank” → call the other bank" in heard.text
    assert person.reminder().local_due.hour == 9


def test_editing_a_message_with_an_open_question_asks_anew(person):
    asked = person.say("today 13:00 send invoice")
    heard = person.edit(person.last_said, "today 15:00 send invoice")
    assert "#1 send invoice – today 15:00" in heard.text
    assert person.seen_buttons(asked.shown) == []


def test_a_change_by_its_number(person):
    plan(person)
    heard = person.say("change 1 to friday 10")
    assert heard.text.startswith("✏️ #1 Wed 7 Oct, 10:30 → Fri 9 Oct, 10:00")
    heard = person.say("/edit 1 11:15")
    assert heard.text.startswith("✏️ #1 Fri 9 Oct 10:00 → 11:15")
    assert "There is no such reminder" in person.say("/edit 99 11:15").text


def test_a_change_in_answer_to_the_confirmation(person):
    heard = person.say("tomorrow 9am call the bank")
    heard = person.say("10:30", to=heard.shown)
    assert heard.text.startswith("✏️ #1 Wed 7 Oct 09:00 → 10:30")
    heard = person.say("/edit", to=heard.shown)
    assert heard.labels == ["Time", "Text", "🗑 Delete", "◀ Back"]


def test_a_change_by_buttons(person):
    heard = person.say("tomorrow 9am call the bank")
    heard = person.press(heard.shown, "Edit")
    heard = person.press(heard.shown, "Time")
    assert "Write the new time" in heard.text
    heard = person.say("fri 18:00")
    assert heard.messages[0].text.startswith("✏️ #1 Wed 7 Oct, 09:00 → Fri 9 Oct, 18:00")
    heard = person.press(heard.messages[0], "Edit")
    person.press(heard.shown, "Text")
    heard = person.say("call the other bank at noon")
    assert "→ call the other bank at noon" in heard.messages[0].text
    assert person.reminder().local_due.hour == 18


def test_the_time_of_a_series_moves_the_series(person):
    person.say("every weekday at 9:00 meeting")
    heard = person.say("/edit 1 9:30")
    assert "every weekday at 09:30" in heard.text
    assert person.reminder().local_due.strftime("%a %H:%M") == "Wed 09:30"


def test_a_past_time_in_an_edit_is_asked(person):
    person.say("tomorrow 9am call the bank")
    heard = person.edit(person.last_said, "today 13:00 call the bank")
    assert "has passed" in heard.text
    heard = person.press(heard.shown, "Tomorrow 13:00")
    assert heard.text.startswith("✏️ #1 Wed 7 Oct 09:00 → 13:00")
    assert Reminder.objects.count() == 1


def test_one_is_paused_and_resumed(person):
    plan(person)
    assert "One reminder is paused." in person.say("/pause 3").text
    assert "⏸ paused: pay rent (#3, 🔁)" in person.say("/list").text
    assert "One reminder goes on." in person.say("/resume 3").text
    assert person.reminder(3).state == "active"


def test_everything_is_paused_until_a_day_and_nothing_said_once_is_lost(person):
    plan(person)
    heard = person.say("/pause until friday")
    assert heard.text.startswith("⏸ 5 reminders are paused until Fri 9 Oct, 00:00.")
    assert "⏸ paused until Fri 9 Oct, 00:00" in person.say("/list").text
    reminder = person.reminder(1)
    person.clock.move_to(reminder.paused_until + timedelta(seconds=1))
    firing.claim(Claim(reminder.pk, reminder.revision))
    due = person.wait(person.reminder(1))
    assert due.text == "⏰ call the bank · held since Wed 7 Oct, 10:30"


def test_a_pause_can_be_undone(person):
    plan(person)
    heard = person.say("/pause")
    person.press(heard.shown, "Undo")
    assert set(Reminder.objects.values_list("state", flat=True)) == {"active"}


def test_pause_by_the_card(person):
    person.say("every weekday at 9:00 meeting")
    heard = person.press(person.say("/list").shown, "1")
    heard = person.press(heard.shown, "⏸ Pause")
    assert "paused until you resume it" in heard.text
    heard = person.press(person.press(heard.shown, "◀ Back").shown, "▶️ Resume")
    assert person.reminder().state == "active"


def test_why_tells_what_happened(person):
    person.say("in 25 min take the cake out")
    due = person.wait()
    Attempt.objects.create(message=due, number=1, outcome="not_sent", error="Too Many Requests")
    person.press(due, "✅ Done")
    heard = person.say("/why 1")
    lines = heard.text.splitlines()
    assert lines[0] == "#1 take the cake out"
    assert [line.partition(" · ")[2] for line in lines[1:]] == [
        "created – by you", "a try did not get through: Too Many Requests", "sent", "done – by you",
    ]  # fmt: skip
    assert "no such reminder" in person.say("/why 9").text


def test_settings_are_pressed_through(person):
    heard = person.say("/settings")
    assert "Quiet hours: 22:00–08:00, only asking again waits" in heard.text
    heard = person.press(heard.shown, "Quiet hours")
    assert "everything waits unless urgent" in heard.text
    heard = person.press(heard.shown, "12-hour clock")
    assert "✅ #1 tea – Wed 7 Oct, 9:00 AM" in person.say("tomorrow 9am tea").text
    person.press(heard.shown, "3/4 is 3 April")
    person.chat.refresh_from_db()
    assert person.chat.day_first is True


def test_the_first_press_of_the_clock_counts(stranger):
    stranger.settled("Europe/Berlin")
    heard = stranger.press(stranger.say("/settings").shown, "12-hour clock")
    assert "24-hour clock" in heard.labels
    assert "Wed 7 Oct, 9:00 AM" in stranger.say("tomorrow 9am tea").text


def test_settings_by_words(person):
    assert "23:00–07:30" in person.say("/settings quiet 23-7:30").text
    assert "Up to four of these" in person.say("/settings snooze 99x").text
    assert "I can set these by words" in person.say("/settings quiet 25-7").text
    assert Preferences.objects.get(chat=person.chat).quiet_until.hour == 7


def test_moving_to_another_zone_asks_about_what_repeats(person):
    person.say("every weekday at 9:00 meeting")
    person.say("every day at 8:00 pill")
    person.say("in 3 hours tea")
    heard = person.say("/timezone Tokyo")
    assert "🕘 Asia/Tokyo, 21:05 now." in heard.text
    assert "2 repeating reminders stay on Berlin time. Move them?" in heard.text
    heard = person.press(heard.shown, "Move all")
    assert "2 repeating reminders moved." in heard.text
    assert person.reminder(1).timezone == "Asia/Tokyo"
    assert person.reminder(1).local_due.strftime("%a %H:%M") == "Wed 09:00"
    assert person.reminder(3).timezone == "Europe/Berlin"


def test_some_repeats_move_and_others_stay(person):
    person.say("every weekday at 9:00 meeting")
    person.say("every day at 8:00 pill")
    heard = person.press(person.say("/timezone Tokyo").shown, "Choose")
    assert "Which ones move to Tokyo time?" in heard.text
    assert heard.labels == ["#1 meeting", "#2 pill", "Keep"]
    heard = person.press(heard.shown, "#2 pill")
    assert "One repeating reminder moved." in heard.text
    assert heard.labels == ["#1 meeting", "Keep"]
    assert "stay as they are" in person.press(heard.shown, "Keep").text
    zones = [person.reminder(number).timezone for number in (1, 2)]
    assert zones == ["Europe/Berlin", "Asia/Tokyo"]


def test_repeats_may_stay_on_the_old_time(person):
    person.say("every weekday at 9:00 meeting")
    heard = person.say("/timezone Tokyo")
    assert "stay as they are" in person.press(heard.shown, "Keep").text
    assert person.reminder().timezone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("München", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("JAPAN", "Asia/Tokyo"),
        ("europe/berlin", "Europe/Berlin"),
        ("san francisco", "America/Los_Angeles"),
        ("germany", "Europe/Berlin"),
    ],
)
def test_zones_are_found_by_what_people_know(person, words, zone):
    person.say(f"/timezone {words}")
    person.chat.refresh_from_db()
    assert person.chat.timezone == zone


@pytest.mark.parametrize("words", ["../../etc/passwd", "A" * 5000, "14:99", "²"])
def test_bad_zones_are_refused(person, words):
    assert "I don’t know a time zone" in person.say(f"/timezone {words}").text


def test_a_zone_learnt_later_keeps_the_instant(stranger):
    stranger.say("in 2 hours tea")
    before = stranger.reminder().fire_at
    place = IncomingMessage(event="location", attachment="location", latitude=52.5, longitude=13.4)
    assert "Europe/Berlin" in stranger.update(place).text
    reminder = stranger.reminder()
    assert (reminder.fire_at, reminder.timezone) == (before, "Europe/Berlin")
    assert reminder.start_local == "2026-10-06T16:05:00"


def test_numbers_that_are_no_numbers_do_nothing(person):
    for words in ("²", "1" * 500, "-1", "٣"):
        assert "Sorry" not in person.say(f"/delete {words}").text
    assert not Delivery.objects.exists()
