"""Dialogues 1 to 7 and 15: what is understood is confirmed, what is not is asked."""

from datetime import UTC, datetime, timedelta

import pytest

from bots.envelope import Envelope, IncomingMessage, Sender
from conversations.answering import answer
from reminders.chat import drafts
from reminders.models import Draft, Reminder
from tests.chat.person import Person


def entities(row, kind):
    return [e for e in row.entities if e["type"] == kind]


def test_the_zone_is_asked_only_when_an_hour_needs_it(stranger):
    heard = stranger.say("tomorrow 9am call the bank")
    assert heard.text.startswith("Got it: call the bank, tomorrow 09:00. To get the hour right:")
    assert not Reminder.objects.exists()
    heard = stranger.say("berlin")
    assert heard.text == (
        "🕘 Europe/Berlin, 14:05 now. ✅ #1 call the bank – Wed 7 Oct, 09:00 (in 18 h 55 min)."
    )
    assert heard.labels == ["Undo", "Edit"]
    assert stranger.reminder().due_at == datetime(2026, 10, 7, 7, 0, tzinfo=UTC)


def test_the_time_it_is_now_gives_the_zone(stranger):
    stranger.say("tomorrow 9am call the bank")
    heard = stranger.say("14:05")
    assert "Which one is yours?" in heard.text
    assert any("Berlin" in label for label in heard.labels)
    assert 2 <= len(heard.labels) <= 4
    heard = stranger.press(heard.shown, next(label for label in heard.labels if "Berlin" in label))
    assert "✅ #1 call the bank – Wed 7 Oct, 09:00" in heard.text
    assert heard.shown.kind == "edit"


def test_a_location_gives_the_zone_and_the_waiting_reminder(stranger):
    stranger.say("tomorrow 9am call the bank")
    place = IncomingMessage(
        event="location", attachment="location", latitude=35.68, longitude=139.7
    )
    heard = stranger.update(place)
    assert "🕘 Asia/Tokyo" in heard.text
    assert "#1 call the bank" in heard.text


def test_the_timezone_command_sets_the_waiting_reminder_too(stranger):
    stranger.say("tomorrow 9am call the bank")
    assert "#1 call the bank – Wed 7 Oct, 09:00" in stranger.say("/timezone Berlin").text


def test_a_place_at_sea_is_asked_again(stranger):
    stranger.say("tomorrow 9am call the bank")
    place = IncomingMessage(event="location", attachment="location", latitude=0.0, longitude=0.0)
    assert "no time zone for that place" in stranger.update(place).text


def test_an_unknown_city_is_asked_again_and_a_new_matter_is_not_swallowed(stranger):
    stranger.say("tomorrow 9am call the bank")
    assert "I don’t know a time zone for “atlantis”" in stranger.say("atlantis").text
    assert "#1 tea" in stranger.say("in 5 min tea").text
    assert "#2 call the bank" in stranger.say("berlin").text


@pytest.mark.parametrize(
    "words",
    [
        "/remind tomorrow 9:30 buy milk", "/remind buy milk tomorrow 9:30", "/remind me to buy milk tomorrow 9:30",
        "/remind 9:30 tomorrow buy milk", "/remind me tomorrow at 9:30 to buy milk",
        "remind me to buy milk at 9:30 tomorrow", "buy milk tomorrow 9:30", "9:30 buy milk tomorrow",
    ],
)  # fmt: skip
def test_what_and_when_come_in_any_order(person, words):
    assert person.say(words).text.startswith("✅ #1 buy milk – Wed 7 Oct, 09:30")


def test_a_relative_time_needs_no_zone(stranger):
    heard = stranger.say("in 25 min take the cake out")
    assert heard.text == "✅ #1 take the cake out – in 25 min."
    assert heard.labels == ["Undo", "Edit"]


def test_a_relative_time_is_confirmed_with_the_hour_where_the_zone_is_known(person):
    heard = person.say("in 25 min take the cake out")
    assert heard.text == "✅ #1 take the cake out – today 14:30 (in 25 min)."
    (moment,) = entities(heard.shown, "date_time")
    assert moment["unix_time"] == int(person.reminder().due_at.timestamp())
    assert "date_time_format" not in moment  # in private, the words stand as they are


def test_an_ambiguous_hour_is_asked_and_nothing_created(stranger):
    stranger.settled("Europe/Berlin")
    heard = stranger.say("dinner with Ana friday at 8")
    assert heard.text == "Which one? dinner with Ana"
    assert heard.labels == ["Fri 9 Oct 08:00", "Fri 9 Oct 20:00", "Other…"]
    assert not Reminder.objects.exists()
    heard = stranger.press(heard.shown, "Fri 9 Oct 20:00")
    assert heard.shown.kind == "edit"
    assert heard.text == "✅ #1 dinner with Ana – Fri 9 Oct, 20:00 (in 3 days)."
    assert heard.labels == ["Undo", "Edit"]


def test_ten_presses_of_a_choice_create_one_reminder(stranger):
    stranger.settled("Europe/Berlin")
    asked = stranger.say("dinner with Ana friday at 8")
    data = asked.buttons[1]["callback_data"]
    heard = [stranger.press_data(asked.shown, data) for _ in range(10)]
    assert Reminder.objects.count() == 1
    assert [one.toasts for one in heard[1:]] == [["Already set: #1."]] * 9


def test_a_typed_hour_answers_the_choice_on_its_day(stranger):
    stranger.settled("Europe/Berlin")
    stranger.say("dinner with Ana friday at 8")
    assert "Fri 9 Oct, 19:30" in stranger.say("19:30").text


def test_an_unanswered_question_expires_and_says_so(stranger):
    stranger.settled("Europe/Berlin")
    asked = stranger.say("dinner with Ana friday at 8")
    stranger.clock.shift(timedelta(minutes=14))
    assert drafts.expire() == 0
    stranger.clock.shift(timedelta(minutes=2))
    assert drafts.expire() == 1
    assert drafts.expire() == 0
    edit = stranger.chat.messages.filter(kind="edit").get()
    assert edit.text == "Not saved. Send it again with a time."
    assert edit.params["message_id"] == asked.shown.message_id
    assert edit.params["reply_markup"] == {"inline_keyboard": []}
    late = stranger.press_data(asked.shown, asked.buttons[0]["callback_data"])
    assert late.toasts == ["This question has expired."]
    assert not Reminder.objects.exists()


def test_a_question_can_be_cancelled_by_its_button_and_by_command(person):
    asked = person.say("today 13:00 send invoice")
    assert person.press(asked.shown, "Cancel").text == "Not saved."
    person.say("today 13:00 send invoice")
    assert person.say("/cancel").text == "Not saved."
    assert not Draft.objects.filter(state="open").exists()


def test_a_past_time_is_refused_with_its_reading(person):
    heard = person.say("today 13:00 send invoice")
    assert heard.text == "Today 13:00 has passed (it is 14:05)."
    assert heard.labels == ["Tomorrow 13:00", "In 1 h", "Cancel"]
    heard = person.press(heard.shown, "Tomorrow 13:00")
    assert "#1 send invoice – Wed 7 Oct, 13:00" in heard.text


def test_what_is_not_understood_is_named(person):
    heard = person.say("remind me the day after the party to thank Leo")
    assert heard.text == (
        "I have the text (thank Leo) but not the time: I don’t know when “the party” is. "
        "Give me a date, e.g. sat 10:00."
    )
    assert heard.labels == ["Tomorrow 09:00", "Sat 09:00", "Cancel"]
    assert "#1 thank Leo – Sat 10 Oct, 10:00" in person.say("sat 10:00").text


def test_bare_words_are_kept_and_the_time_is_asked(person):
    heard = person.say("buy milk")
    assert heard.text.endswith("When should I bring this back?")
    labels = ["1 h", "Tonight 20:00", "Tomorrow 09:00", "Mon 09:00", "Type a time…", "Cancel"]
    assert heard.labels == labels
    assert "#1 buy milk – Mon 12 Oct, 09:00" in person.press(heard.shown, "Mon 09:00").text


@pytest.mark.parametrize("attachment", ["photo", "document", "voice", "video_note"])
def test_media_is_brought_back_as_a_reply(person, attachment):
    heard = person.update(
        IncomingMessage(event="media", attachment=attachment, file_id="F", message_id=55)
    )
    assert heard.shown.reply_to_message_id == 55
    heard = person.press(heard.shown, "Mon 09:00")
    assert "#1 this" in heard.text
    due = person.wait()
    assert due.reply_to_message_id == 55
    assert due.text.startswith("⏰ You asked me to bring this back.")


def test_a_voice_message_is_answered_honestly(person):
    heard = person.update(IncomingMessage(event="media", attachment="voice", message_id=55))
    assert heard.text == "I can’t listen yet, but I can bring this back to you. When?"


def test_a_forwarded_message_is_brought_back(person):
    heard = person.say("see you at 9 tomorrow", forwarded=True)
    assert heard.text == "When should I bring this back?"


def test_an_album_is_asked_about_once(person):
    for number in range(3):
        said = IncomingMessage(
            event="media", attachment="photo", media_group_id="g", message_id=60 + number
        )
        heard = person.update(said)
        assert len(heard.messages) == (1 if number == 0 else 0)


def test_a_caption_may_say_when(person):
    said = IncomingMessage(
        event="media", attachment="photo", text="tomorrow 9am pay this", message_id=60
    )
    assert "#1 pay this – Wed 7 Oct, 09:00" in person.update(said).text


def test_a_time_in_answer_to_a_message_brings_that_message_back(person):
    person.say("in 20 days check the lease")
    source = person.chat.messages.filter(direction="in", text__startswith="in 20").get()
    heard = person.say("tomorrow 9am", to=source)
    assert "Wed 7 Oct, 09:00" in heard.text
    assert person.reminder(2).source_message_id == source.message_id


def test_the_time_typed_after_the_button(person):
    heard = person.say("buy milk")
    heard = person.press(heard.shown, "Type a time")
    assert "Write the time" in heard.text
    assert "I don’t see a time" in person.say("whenever").text
    assert "#1 buy milk – Fri 9 Oct, 18:00" in person.say("fri 18:00").text


def test_a_button_with_an_hour_asks_for_the_zone_first(stranger):
    heard = stranger.say("buy milk")
    heard = stranger.press(heard.shown, "Tomorrow 09:00")
    assert "what time is it for you now" in heard.text
    assert "#1 buy milk – Wed 7 Oct, 09:00" in stranger.say("Berlin").text


def test_a_monthly_repeat_shows_its_next_times_and_marks_the_clamped(person):
    heard = person.say("every month on the 31st at 10 pay rent")
    assert heard.text == (
        "✅ #1 pay rent – monthly on the 31st (last day in shorter months), 10:00. "
        "Next: Sat 31 Oct · Mon 30 Nov* · Thu 31 Dec"
    )
    assert heard.labels == ["Undo", "Edit", "Show 5"]
    heard = person.press(heard.shown, "Show 5")
    assert "Sun 31 Jan 2027 · Sun 28 Feb 2027*" in heard.text


def test_clock_changes_are_announced(person):
    heard = person.say("every day at 02:30 rotate logs")
    assert "✅ #1 rotate logs – every day at 02:30." in heard.text
    assert heard.text.endswith(
        "2 odd days: Sun 25 Oct 02:30 happens twice (I use the first), "
        "Sun 28 Mar 2027 has no 02:30 (I use 03:30)."
    )


def test_too_frequent_repeats_are_refused_and_better_ones_offered(person):
    heard = person.say("every 10 seconds drink")
    assert heard.text == "The shortest repeat is 5 minutes, so I saved nothing."
    assert heard.labels == ["Every 5 min", "Every hour", "Cancel"]
    heard = person.press(heard.shown, "Every 5 min")
    assert "#1 drink – every 5 minutes" in heard.text


def test_a_time_too_far_away_is_refused(person):
    assert "up to 5 years ahead" in person.say("in 30 years open the box").text
    assert "#1 open the box" in person.say("in 3 years").text


def test_a_minus_before_a_time_is_refused_with_an_example(person):
    heard = person.say("-5 min tea")
    assert heard.text == (
        "With a minus before it that time has passed, so I saved nothing. "
        "Give me one ahead, e.g. in 5 min."
    )
    assert "#1 tea" in person.say("in 5 min").text


def test_a_choice_of_moments_is_asked(person):
    heard = person.say("tomorrow 9 or friday 10 call")
    assert heard.text == "Which one? call"
    assert len(heard.labels) == 3
    heard = person.press(heard.shown, heard.labels[1])
    assert "#1 call – Fri 9 Oct, 10:00" in heard.text


def test_several_reminders_in_one_message_are_asked_for_one_by_one(person):
    heard = person.say("call mom at 5pm, dentist at 7pm")
    assert heard.text == (
        "These are several reminders, and a message makes one. Send me each by itself:\n"
        "call mom at 5pm\ndentist at 7pm"
    )
    assert "#1 call mom – " in person.say("call mom at 5pm").text
    assert "#2 dentist – " in person.say("dentist at 7pm").text


def test_a_reminder_does_not_become_several_by_an_edit(person):
    person.say("call mom at 5pm")
    heard = person.say("change 1 to tea at 5pm, lunch at 7pm")
    assert heard.text.startswith("These are several reminders")
    assert person.reminder().text == "call mom"


def test_a_bare_hour_can_be_moved_to_the_evening_with_one_tap(person):
    heard = person.say("tomorrow at 8 dinner")
    assert heard.labels == ["Undo", "Edit", "Make it 20:00"]
    heard = person.press(heard.shown, "Make it 20:00")
    assert heard.text.startswith("✏️ #1 Wed 7 Oct 08:00 → 20:00")
    assert person.reminder().local_due.hour == 20


def test_words_in_quotes_are_not_the_time(person):
    person.say('tomorrow 9am read "monday notes"')
    assert person.reminder().text == 'read "monday notes"'
    assert person.reminder().local_due.day == 7


def test_a_word_that_looks_like_a_day_can_be_protected(person):
    heard = person.say("tomorrow 9am send the monday report to Kim")
    heard = person.press(heard.shown, "“monday” is not the time")
    assert person.reminder().text == "send the monday report to Kim"
    assert person.reminder().local_due.day == 7


def test_creation_can_be_undone_once_for_ten_minutes(person):
    heard = person.say("in 25 min take the cake out")
    undone = person.press(heard.shown, "Undo")
    assert undone.text == "↩️ #1 take the cake out is gone."
    assert person.reminder().state == "cancelled"
    again = person.press_data(heard.shown, heard.buttons[0]["callback_data"])
    assert again.toasts == ["Already undone."]


def test_an_undo_that_is_too_late_says_so(person):
    heard = person.say("in 25 min take the cake out")
    person.clock.shift(timedelta(minutes=11))
    late = person.press(heard.shown, "Undo")
    assert late.toasts == ["That was more than 10 minutes ago, so it stays."]
    assert person.reminder().state == "active"


def test_the_same_update_twice_is_one_reminder_and_one_reply(person):
    said = IncomingMessage(text="in 5 min tea", message_id=90, sender=Sender(id=77))
    envelope = Envelope(1000001, 9999, 77, 9999, "1000001:9999", said)
    assert answer(envelope) == answer(envelope)
    assert Reminder.objects.count() == 1


def test_a_person_who_writes_18_30_counts_to_twenty_four(stranger):
    stranger.settled("Europe/Berlin")
    stranger.say("today 18:30 dinner")
    heard = stranger.say("dinner with Ana friday at 8")
    assert "#2 dinner with Ana – Fri 9 Oct, 08:00" in heard.text
    assert heard.labels == ["Undo", "Edit", "Make it 20:00"]


def test_a_question_in_a_group_is_not_answered_by_chatter(clock, db):
    ana = Person(clock, chat_id=-5, user_id=77, name="Ana", chat_type="group").settled(
        "Europe/Berlin"
    )
    asked = ana.say("/remind today 13:00 bring the keys")
    assert "has passed" in asked.text
    assert ana.say("15:00").rows == []
    assert "#1 bring the keys – today 15:00" in ana.say("15:00", to=asked.shown).text
    ben = Person(clock, chat_id=-5, user_id=78, name="Ben", chat_type="group")
    asked = ana.say("/remind today 13:00 bring the keys")
    assert ben.press(asked.shown, "In 1 h").toasts == ["This question is not for you."]


def test_a_window_repeats_within_its_hours(person):
    heard = person.say("on weekdays 10:00-20:00 every 90 minutes stretch")
    assert heard.text.startswith("✅ #1 stretch – ")
    assert len(person.reminder().rules) >= 1


def test_a_greeting_is_no_reminder(person):
    assert person.say("hi").text.startswith("Hello Mia! I remind you of things")
    assert (
        person.say("thanks").text == "Write what and when, for example: tomorrow 9am call the bank"
    )
    assert person.say("\u200b\u200b").text.startswith("Write what and when")
    assert not Draft.objects.exists()


def test_many_times_a_day_show_their_hours(person):
    heard = person.say("every 2 hours drink water")
    assert heard.text.endswith("Next: today 16:05 · 18:05 · 20:05")


def test_a_repeat_after_completion_says_how_long_after(person):
    heard = person.say("water plants every 3 days after done")
    assert heard.text.endswith("(in 3 days), then again 3 days after each Done.")
