"""Commands and words mean what a person means by them, and nothing that was said is dropped."""

import pytest


@pytest.fixture
def due(person):
    """Return a reminder that has come."""
    person.say("in 25 min take the cake out")
    return person.wait()


@pytest.mark.parametrize("said", ["done", "Done!", "ok", "👍", "erledigt", "готово"])
def test_done_may_be_written(person, due, said):
    heard = person.say(said, to=due)
    assert heard.text == "Done ✅"
    assert heard.labels == ["Undo"]
    assert person.seen_buttons(due) == []
    person.press(heard.shown, "Undo")
    assert person.seen_buttons(due)[0]["text"] == "✅ Done"


def test_repeats_written_below_a_reminder_make_it_repeat(person, due):
    heard = person.say("every day at 9:00", to=due)
    assert heard.text.startswith("✏️ #1 every day at 09:00.")
    assert person.reminder().rules


def test_a_time_that_has_passed_is_named_when_something_is_put_off(person, due):
    assert person.say("yesterday 9:00", to=due).text == "Mon 5 Oct, 09:00 has passed (it is 14:30)."
    person.say("tomorrow 9:00 bank")
    assert "has passed" in person.say("/pause until yesterday").text


def test_new_words_beside_a_new_time_are_kept(person):
    person.say("friday 10:00 dentist")
    heard = person.say("/edit 1 saturday 11:00 dentist with Bob")
    assert "“dentist” → dentist with Bob" in heard.text
    assert "Sat 10 Oct, 11:00" in heard.text
    assert person.reminder().text == "dentist with Bob"


def test_new_words_survive_the_question_about_the_time(stranger):
    stranger.settled("Europe/Berlin")
    stranger.say("friday 10am dentist")
    asked = stranger.say("change 1 to saturday at 8 dinner")
    assert asked.text == "Which one? dinner"
    stranger.press(asked.shown, "Sat 10 Oct 20:00")
    assert stranger.reminder().text == "dinner"


def test_a_moved_occurrence_is_shown_with_its_own_hour(person):
    person.say("every monday 9:00 report")
    heard = person.say("change 1 to friday 8:00")
    assert "Fri 9 Oct, 08:00" in heard.text


@pytest.mark.parametrize(
    ("command", "state"), [("/delete", "cancelled"), ("/cancel", "cancelled"), ("/pause", "paused")]
)
def test_a_command_in_answer_to_a_reminder_is_about_that_one(person, command, state):
    person.say("tomorrow 9:00 bank")
    shown = person.say("friday 10:00 dentist").shown
    person.say(command, to=shown)
    assert person.reminder(2).state == state
    assert person.reminder(1).state == "active"


def test_pausing_what_does_not_exist_says_so(person):
    person.say("tomorrow 9:00 bank")
    assert person.say("/pause 9").text == "#9 isn’t yours or doesn’t exist."
    assert person.say("/resume 9").text == "#9 isn’t yours or doesn’t exist."


def test_remind_me_alone_explains_itself(person):
    assert person.say("/remind me").text.startswith("Write what and when")


def test_quiet_hours_are_turned_off_by_words(person):
    assert "Quiet hours: off" in person.say("/settings quiet off").text


def test_a_language_may_be_named_in_english(person):
    assert "Deutsch" in person.say("/language German").text


def test_the_zone_is_shown_with_the_way_to_change_it(person):
    assert "To change it: /timezone Lisbon" in person.say("/timezone").text


def test_a_card_leads_back_to_the_list(person):
    person.say("tomorrow 9:00 bank")
    card = person.press(person.say("/list").shown, "1")
    assert "bank (#1)" in person.press(card.shown, "◀ List").text


def test_typing_another_time_can_be_cancelled(stranger):
    stranger.settled("Europe/Berlin")
    asked = stranger.say("dinner friday at 8")
    typed = stranger.press(asked.shown, "Other…")
    assert stranger.press(typed.shown, "Cancel").text == "Not saved."


def test_ringing_through_the_night_still_says_how_often(person):
    heard = person.say("nag me every 15m at 21:30 to take my pill")
    shown = person.press(heard.shown, "Ring through the night")
    assert "then every 15 min until Done (at most 6). It rings through the night." in shown.text


def test_help_names_cancel_and_the_look_back(person):
    shown = person.say("/help").text
    assert "/cancel – drop my question" in shown
    assert "/list done shows what has come" in shown
    assert "In a group" not in shown


def test_words_beside_the_time_that_puts_off_are_kept_and_said(person, due):
    heard = person.say("tomorrow 9 and bring the papers", to=due).messages[0]
    assert heard.text == (
        "💤 take the cake out, bring the papers again Wed 7 Oct, 09:00. I added “bring the papers”."
    )
    person.press(heard, "Undo")
    assert person.reminder().text == "take the cake out"
    assert person.seen_buttons(due)[0]["text"] == "✅ Done"


def test_words_beside_the_time_belong_to_the_one_that_is_put_off(person):
    person.say("every weekday at 09:00 stand-up meeting")
    heard = person.say("39 minutes, bring the papers", to=person.wait())
    assert heard.messages[0].text == (
        "💤 Today’s one again at 09:39. The series stays at 09:00 (next Thu 8 Oct). "
        "I added “bring the papers”."
    )
    assert person.reminder().text == "stand-up meeting"
    assert person.reminder(2).text == "stand-up meeting, bring the papers"


def test_an_occurrence_put_off_to_another_day_says_which(person):
    person.say("every weekday at 09:00 stand-up meeting")
    heard = person.say("tomorrow 10:00", to=person.wait())
    assert heard.messages[0].text == (
        "💤 stand-up meeting again Thu 8 Oct, 10:00. The series stays at 09:00 (next Thu 8 Oct)."
    )


def test_words_kept_until_the_zone_is_known_are_kept_then(stranger):
    stranger.say("in 25 min take the cake out")
    stranger.say("tomorrow 9am and bring the papers", to=stranger.wait())
    assert "I added “bring the papers”." in stranger.say("berlin").text
    assert stranger.reminder().text == "take the cake out, bring the papers"


@pytest.mark.parametrize(
    "said",
    [
        "again in 1 hour",
        "later: 20 min",
        "No, tomorrow",
        "noch mal in 20 min",
        "in 2 hours, thanks",
    ],
)
def test_words_that_only_ask_to_put_it_off_are_no_new_matter(person, due, said):
    heard = person.say(said, to=due)
    assert heard.messages[0].text.startswith("💤 take the cake out again")
    assert "added" not in heard.messages[0].text


def test_even_the_longest_reminder_has_room_for_more_words(person):
    person.say("in 25 min " + "a" * 3500)
    person.say("tomorrow 9 and bring the papers", to=person.wait())
    assert person.reminder().text.endswith("a, bring the papers")


@pytest.mark.parametrize("words", ["1 2 3", "#1 #2", "1, 2", "1, 2, 3"])
def test_several_at_once_are_edited_one_by_one(person, words):
    for number in "123":
        person.say(f"tomorrow 1{number}:00 call {number}")
    heard = person.say(f"/edit {words}")
    assert heard.text == (
        "I change one at a time. Which one first? Or write, for example: /edit 1 friday 10:00"
    )
    assert heard.labels == [f"#{number}" for number in words if number.isdigit()]
    assert "call 2" in person.press(heard.shown, "#2").text
    assert person.reminder().text == "call 1"


def test_only_those_that_exist_are_offered_for_editing(person):
    person.say("tomorrow 9:00 bank")
    assert person.say("/edit 7 1 9").labels == ["#1"]
    assert person.say("/edit 7 8 9").text.startswith("There is no such reminder here.")


def test_a_number_alone_beside_the_one_to_edit_is_its_new_hour(person):
    person.say("tomorrow 9:00 bank")
    assert "09:00 → 10:00" in person.say("/edit 1 10").text


@pytest.mark.parametrize(
    "word",
    ["done", "Done", "erledigt", "hecho", "fait", "terminé", "fatto", "feito", "готово", "сделано"],
)
def test_looking_back_may_be_asked_for_in_every_language(person, due, word):
    assert person.say(f"/list {word}").text.startswith("The last ones\n")


def test_words_beside_the_time_that_answers_a_confirmation_are_added(person):
    shown = person.say("friday 10:00 dentist").shown
    heard = person.say("saturday 11:00 and bring the papers", to=shown)
    assert "“dentist” → dentist, bring the papers" in heard.text
    assert "Sat 10 Oct, 11:00" in heard.text
    assert "→" in person.say("better 12:00", to=shown).text
    assert person.reminder().text == "dentist, bring the papers"


def test_words_beside_repeats_written_below_a_reminder_are_added(person, due):
    heard = person.say("every day at 9:00 with care", to=due)
    assert "“take the cake out” → take the cake out, with care" in heard.text
