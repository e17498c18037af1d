"""Undo gives everything back: what was changed, and the buttons of what had come."""

from datetime import datetime

import pytest

from tests.chat.person import BERLIN


def labels(person, row):
    return [button["text"] for button in person.seen_buttons(row)]


def test_a_reminder_whose_done_is_taken_back_can_be_answered_again(person):
    person.say("in 25 min take the cake out")
    due = person.wait()
    before = labels(person, due)
    done = person.press(due, "✅ Done")
    undone = person.press(done.shown, "Undo")
    assert undone.toasts == ["Taken back."]
    assert undone.text == "⏰ take the cake out"
    assert labels(person, due) == before
    assert person.press(undone.shown, "✅ Done").toasts == ["Done ✅"]


@pytest.mark.parametrize("label", ["✅ Done", "+20m"])
def test_a_second_tap_on_an_answer_leaves_undo_where_it_is(person, label):
    person.say("in 25 min take the cake out")
    due = person.wait()
    data = next(b for b in person.seen_buttons(due) if b["text"] == label)["callback_data"]
    person.press_data(due, data)
    again = person.press_data(due, data)
    assert again.toasts[0].startswith("Already")
    assert again.edits == []
    assert labels(person, due) == ["Undo"]


@pytest.mark.parametrize("label", ["⏸ Pause", "🗑 Delete"])
def test_a_second_tap_on_a_card_leaves_undo_where_it_is(person, label):
    person.say("tomorrow 9:00 bank")
    row = person.say("/list").shown
    person.press(row, "1")
    data = next(b for b in person.seen_buttons(row) if b["text"] == label)["callback_data"]
    person.press_data(row, data)
    shown = labels(person, row)
    assert shown[0] == "Undo"
    person.press_data(row, data)
    assert labels(person, row) == shown


def test_words_that_put_off_are_taken_back_and_the_reminder_has_its_buttons_again(person):
    person.say("every weekday at 09:00 stand-up meeting")
    due = person.wait()
    before = labels(person, due)
    put_off = person.say("39 minutes", to=due)
    assert labels(person, due) == []
    undone = person.press(put_off.messages[0], "Undo").edits
    # Nobody was ever told the number of the one that was put off.
    assert undone[0].text.startswith("↩️ #1 stand-up meeting is as it was.")
    assert undone[1].text.startswith("⏰ stand-up meeting")
    assert labels(person, due) == before


def test_what_has_no_words_is_named_when_it_is_taken_back(person):
    from bots.envelope import IncomingMessage

    asked = person.update(IncomingMessage(event="media", attachment="photo", message_id=90))
    created = person.press(asked.shown, "Tomorrow 09:00")
    assert person.press(created.shown, "Undo").text == "↩️ #1 this photo is gone."


def test_a_change_that_is_taken_back_says_when_it_comes_now(person):
    person.say("friday 10:00 dentist")
    changed = person.say("change 1 to saturday 11:00")
    undone = person.press(changed.shown, "Undo")
    assert undone.text == "↩️ #1 dentist is as it was. Fri 9 Oct, 10:00 (in 3 days)."


def test_an_hour_needs_the_zone_before_anything_is_put_off_until_it(stranger):
    stranger.say("in 25 min take the cake out")
    due = stranger.wait()
    asked = stranger.press(due, "Tomorrow")
    assert "what time is it for you now?" in asked.text
    assert stranger.reminder().state == "finished"
    heard = stranger.say("berlin")
    assert "again Wed 7 Oct, 09:00" in heard.text
    assert stranger.reminder().due_at == datetime(2026, 10, 7, 9, 0, tzinfo=BERLIN)
    assert labels(stranger, due) == []


def test_typed_hours_wait_for_the_zone_too(stranger):
    stranger.say("in 25 min take the cake out")
    due = stranger.wait()
    assert "what time is it for you now?" in stranger.say("tomorrow 9am", to=due).text
    assert "again Wed 7 Oct, 09:00" in stranger.say("lisbon").text


def test_no_hours_of_another_zone_are_shown_while_none_is_known(stranger):
    stranger.say("in 25 min take the cake out")
    due = stranger.wait()
    done = stranger.press(due, "✅ Done")
    assert done.text == "⏰ take the cake out\nDone ✅"
    data = stranger.press_data(
        due, due.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    )
    assert data.toasts == ["Already answered."]
    stranger.say("in 2 hours call mum")
    assert "in 2 h: call mum (#2)" in stranger.say("/list").text


def test_a_zone_chosen_among_several_leads_on_to_what_waited_for_it(stranger):
    stranger.say("in 25 min take the cake out")
    stranger.press(stranger.wait(), "Tomorrow")
    which = stranger.say("14:30")
    assert "again Wed 7 Oct, 09:00" in stranger.press(which.shown, "Berlin").text


def test_another_matter_may_come_before_the_zone(stranger):
    stranger.say("in 25 min take the cake out")
    stranger.press(stranger.wait(), "Tomorrow")
    assert "#2 call mum" in stranger.say("in 20 min call mum").text


def test_a_day_chosen_before_the_zone_is_kept_while_the_zone_is_asked_twice(stranger):
    asked = stranger.say("buy milk")
    stranger.press(asked.shown, "Tomorrow 09:00")
    which = stranger.say("14:05")
    assert "#1 buy milk – Wed 7 Oct, 09:00" in stranger.press(which.shown, "Berlin").text
