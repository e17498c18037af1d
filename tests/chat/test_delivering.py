"""Dialogues 8, 9 and 14: a reminder comes with its buttons, honest about lateness; old buttons are harmless."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from conversations.models import Message
from reminders import firing
from reminders.chat.models import Preferences, Presence
from reminders.contracts import Claim, Recorded
from reminders.models import Delivery, Reminder


def standup(person):
    person.say("every weekday at 09:00 stand-up meeting")
    return person.reminder()


def test_a_reminder_comes_with_its_buttons(person):
    person.say("in 25 min take the cake out")
    due = person.wait()
    assert due.text == "⏰ take the cake out"
    assert [b["text"] for b in person.seen_buttons(due)] == [
        "✅ Done", "+20m", "+1h", "+3h", "Tomorrow", "More…",
    ]  # fmt: skip
    assert all(len(b["callback_data"].encode()) <= 64 for b in person.seen_buttons(due))


def test_done_is_noted_shown_and_can_be_undone(person):
    person.say("in 25 min take the cake out")
    due = person.wait()
    heard = person.press(due, "✅ Done")
    assert heard.toasts == ["Done ✅"]
    assert heard.text == "⏰ take the cake out\n✅ done at 14:30"
    assert heard.labels == ["Undo"]
    delivery = Delivery.objects.get()
    assert delivery.done_at is not None
    assert delivery.done_by == "Mia"
    person.press(heard.shown, "Undo")
    delivery.refresh_from_db()
    assert delivery.done_at is None


def test_ten_presses_of_done_have_one_effect_and_the_old_copy_says_when(person):
    person.say("in 25 min take the cake out")
    due = person.wait()
    data = person.seen_buttons(due)[0]["callback_data"]
    heard = [person.press_data(due, data) for _ in range(10)]
    assert [one.toasts for one in heard[1:]] == [["Already done at 14:30."]] * 9
    assert all(one.edits == [] for one in heard[1:])
    assert [b["text"] for b in person.seen_buttons(due)] == ["Undo"]
    assert Reminder.objects.get().events.filter(verb="done").count() == 1


def test_an_old_copy_loses_its_buttons_once_undo_is_over(person):
    person.say("in 25 min take the cake out")
    due = person.wait()
    data = person.seen_buttons(due)[0]["callback_data"]
    person.press_data(due, data)
    person.clock.shift(timedelta(minutes=11))
    assert person.press_data(due, data).toasts == ["Already done at 14:30."]
    assert person.seen_buttons(due) == []


def test_snoozing_what_comes_once_moves_it(person):
    person.say("in 25 min take the cake out")
    due = person.wait()
    heard = person.press(due, "+20m")
    assert "💤 again today 14:50" in heard.text
    reminder = person.reminder()
    assert reminder.state == "active"
    assert reminder.fire_at == datetime(2026, 10, 6, 12, 50, tzinfo=UTC)
    assert Reminder.objects.count() == 1
    again = person.wait()
    assert again.text == "⏰ take the cake out"


def test_snoozing_can_be_undone(person):
    person.say("in 25 min take the cake out")
    heard = person.press(person.wait(), "+1h")
    person.press(heard.shown, "Undo")
    assert person.reminder().state == "finished"


def test_ten_presses_of_snooze_have_one_effect(person):
    standup(person)
    due = person.wait()
    data = person.seen_buttons(due)[1]["callback_data"]
    heard = [person.press_data(due, data) for _ in range(10)]
    assert Reminder.objects.filter(parent__isnull=False).count() == 1
    assert heard[9].toasts[0].startswith("Already put off:")


def test_one_occurrence_is_put_off_by_words_and_the_series_stays(person):
    series = standup(person)
    due = person.wait()
    assert due.text.startswith("⏰ stand-up meeting · repeats every weekday")
    heard = person.say("39 minutes", to=due)
    assert heard.messages[0].text == (
        "💤 Today’s one again at 09:39. The series stays at 09:00 (next Thu 8 Oct)."
    )
    series.refresh_from_db()
    assert series.local_due.strftime("%a %H:%M") == "Thu 09:00"
    child = Reminder.objects.get(parent=series)
    assert child.local_due.strftime("%a %H:%M") == "Wed 09:39"
    assert person.wait(child).text.startswith("⏰ stand-up meeting")
    heard = person.press(heard.messages[0], "Undo")
    child.refresh_from_db()
    assert child.state in {"cancelled", "finished"}


def test_snooze_without_an_answer_means_the_last_one(person):
    person.say("in 25 min take the cake out")
    person.wait()
    heard = person.say("/snooze 39m")
    assert "again today 15:09" in heard.messages[0].text
    assert person.say("/snooze 5m").messages[0].text.startswith("Already put off")


def test_snooze_explains_itself(person):
    assert "No reminder has come yet" in person.say("/snooze 5m").text
    person.say("in 25 min take the cake out")
    person.wait()
    assert "For how long?" in person.say("/snooze").text
    assert "I don’t see a time" in person.say("/snooze whenever").text


def test_more_shows_more_and_back(person):
    standup(person)
    due = person.wait()
    heard = person.press(due, "More…")
    labels = [b["text"] for b in person.seen_buttons(due)]
    assert "Skip next (Thu 8 Oct)" in labels
    assert "⏸ Pause" in labels
    assert heard.edits[0].method == "editMessageReplyMarkup"
    person.press(due, "◀ Back")
    assert [b["text"] for b in person.seen_buttons(due)][-1] == "More…"


def test_the_next_one_alone_is_left_out(person):
    series = standup(person)
    due = person.wait()
    person.press(due, "More…")
    heard = person.press(due, "Skip next (Thu 8 Oct)")
    assert "Thu 8 Oct is left out. Next Fri 9 Oct, 09:00." in heard.text
    series.refresh_from_db()
    assert series.local_due.strftime("%a %H:%M") == "Fri 09:00"
    person.press(heard.shown, "Undo")
    series.refresh_from_db()
    assert series.local_due.strftime("%a %H:%M") == "Thu 09:00"


def test_the_button_of_a_deleted_reminder_says_so(person):
    standup(person)
    due = person.wait()
    person.say("/delete 1")
    heard = person.press(due, "+20m")
    assert heard.toasts == ["This reminder has been deleted."]


def test_buttons_of_another_chat_do_nothing(person, clock):
    from tests.chat.person import Person

    person.say("in 25 min take the cake out")
    due = person.wait()
    other = Person(clock, chat_id=78, user_id=78, name="Eve")
    other.say("hello in 5 min")
    data = person.seen_buttons(due)[0]["callback_data"]
    assert other.press_data(due, data).toasts == ["This reminder does not exist any more."]
    assert Delivery.objects.get().done_at is None


def test_garbage_buttons_are_answered(person):
    person.say("in 25 min take the cake out")
    row = Message.objects.filter(direction="out").first()
    for data in (
        "o1:z:1:" + "9" * 50,
        "o1::",
        "r1:x:1",
        "u1:²",
        "q1:99999999999999999999:1",
        "l1:x",
        "t1:",
        "s1:",
        "u1",
    ):
        heard = person.press_data(row, data)
        assert "Sorry" not in "".join(r.text for r in heard.rows), data


def test_what_is_late_says_how_late_and_why(person):
    Presence.objects.create(
        began_at=datetime(2026, 10, 6, 8, 0, tzinfo=UTC),
        seen_at=datetime(2026, 10, 7, 8, 12, tzinfo=UTC),
    )
    person.say("tomorrow 10:30 call the bank")
    due = person.wait(late=timedelta(hours=1, minutes=10))
    assert due.text == "⏰ call the bank · due 10:30, 1 h 10 min late: I was offline 10:12–11:40."


def test_what_is_late_for_another_reason_says_only_how_late(person):
    person.say("tomorrow 10:30 call the bank")
    due = person.wait(late=timedelta(minutes=20))
    assert due.text == "⏰ call the bank · due 10:30, 20 min late. Sorry."


def test_what_is_of_no_use_any_more_is_skipped_and_says_so(person):
    person.say("every day at 10:15 bus to the office")
    card = person.press(person.say("/list").shown, "1").shown
    person.press(card, "Never too late")
    heard = person.press(card, "Too late after 15 min")
    assert "Too late after 30 min" in heard.labels
    due = person.wait(late=timedelta(minutes=40))
    assert due.text == (
        "Skipped bus to the office (10:15): you set “useless after 30 min”. Next Thu 8 Oct, 10:15."
    )
    assert Delivery.objects.get().state == "skipped"


def test_missed_repeats_are_joined_into_one(person):
    person.say("every hour drink water")
    due = person.wait(late=timedelta(hours=3, minutes=5))
    assert "3 more times passed meanwhile; this stands for all of them." in due.text
    assert Delivery.objects.count() == 1
    assert person.reminder().fire_at > datetime.now(UTC)


def test_alerts_come_before(person):
    heard = person.say("dentist fri 15:00, remind 1h before")
    assert "Before that: 1 h ahead." in heard.text
    alert = person.wait()
    assert alert.text == "🔔 dentist · in 1 h: today 15:00"
    assert person.wait().text == "⏰ dentist"


def test_putting_off_an_alert_leaves_the_time_itself_alone(person):
    person.say("dentist fri 15:00, remind 1h before")
    alert = person.wait()
    heard = person.press(alert, "+20m")
    assert "again today 14:20" in heard.text
    reminder = person.reminder()
    assert reminder.local_due.strftime("%H:%M") == "15:00"
    assert person.wait(person.reminder(2)).text == "⏰ dentist"
    due = person.wait(reminder)
    assert person.press(due, "✅ Done").toasts == ["Done ✅"]


def test_done_at_the_alert_spares_the_reminder_itself(person):
    person.say("dentist fri 15:00, remind 1h before")
    person.press(person.wait(), "✅ Done")
    assert person.reminder().state == "finished"


def test_a_repeat_after_completion_waits_for_done(person):
    person.say("water the plants every 3 days after done")
    reminder = person.reminder()
    assert reminder.after_done == [3, "day"]
    due = person.wait()
    reminder.refresh_from_db()
    assert (reminder.state, reminder.fire_at) == ("active", None)
    person.clock.shift(timedelta(days=1))
    person.press(due, "✅ Done")
    reminder.refresh_from_db()
    assert reminder.local_due.strftime("%d %H:%M") == "13 09:00"


def test_a_series_nobody_answers_is_asked_about(person):
    person.say("every day at 9:00 stretch")
    for _ in range(6):
        assert "still useful" not in person.wait().text
    due = person.wait()
    assert "The last 7 went by without an answer. Is this still useful?" in due.text
    assert [b["text"] for b in person.seen_buttons(due)][-2:] == ["Keep", "Stop"]
    assert person.press(due, "Keep").toasts == ["Kept."]
    assert person.reminder().unanswered == 0


def test_a_better_time_is_offered_only_to_those_who_want_it(person):
    person.say("every day at 9:00 stretch")
    for day in range(4):
        due = person.wait(person.reminder())
        heard = person.press(due, "+3h")
        offered = [row.text for row in heard.messages]
        assert bool(offered) == (day == 3), offered
        if day == 2:
            Preferences.objects.update_or_create(chat=person.chat, defaults={"suggestions": True})
    assert "until about 12:00. Shall I move the whole series?" in offered[0]
    person.press(heard.messages[0], "Move to 12:00")
    assert person.reminder().local_due.hour == 12


def test_snoozes_are_the_chats_own(person):
    assert "+10m · Evening" in person.say("/settings snooze 10m evening").text
    person.say("in 25 min take the cake out")
    assert [b["text"] for b in person.seen_buttons(person.wait())] == [
        "✅ Done",
        "+10m",
        "Evening",
        "More…",
    ]


@pytest.mark.parametrize("state", ["active", "paused", "cancelled", "finished"])
def test_a_claim_that_its_workflow_never_heard_of_is_sent(person, clock, state):
    """A process that was frozen may claim and be told that it was too slow: the next turn goes on."""
    person.say("every day at 09:00 take the pill")
    reminder = person.reminder()
    clock.move_to(reminder.fire_at)
    claimed = firing.claim(Claim(reminder.pk, firing.plan(reminder.pk).revision))
    Reminder.objects.filter(pk=reminder.pk).update(state=state)
    plan = firing.plan(reminder.pk)
    assert plan.fire_at is not None
    assert plan.fire_at <= timezone.now()
    assert firing.claim(Claim(reminder.pk, plan.revision)) == claimed
    firing.record(Recorded(claimed.delivery_id, "sent", ""))
    after = firing.plan(reminder.pk)
    assert after.fire_at is None or after.fire_at > timezone.now()
