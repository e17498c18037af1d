"""Dialogue 13: in a group people see one another's reminders, and only some may change them."""

from datetime import timedelta

import pytest

from bots.envelope import IncomingMessage
from conversations import migration
from conversations.models import Chat, Message
from reminders.models import Delivery, Reminder
from tests.chat.person import Person
from tests.chat_rules.conftest import GROUP


def keys(group, thread=0):
    return group.ana.say("/remind@keys_bot thursday 18:00 bring the keys", thread_id=thread)


def test_a_reminder_in_a_topic_is_answered_there_with_its_creators_name(group):
    heard = keys(group, thread=9)
    assert heard.text == "✅ #1 bring the keys – Thu 8 Oct, 18:00 (in 2 days), by Ana."
    assert heard.labels == ["➕ Me too", "Edit", "🗑 Delete"]
    assert heard.shown.thread_id == 9
    assert Reminder.objects.get().thread_id == 9


def test_it_comes_in_the_same_topic_and_mentions_its_creator(group):
    keys(group, thread=9)
    row = group.ana.wait()
    assert row.thread_id == 9
    assert row.text == "⏰ bring the keys\nAna"
    mention = row.entities[-1]
    assert (mention["type"], mention["user"]["id"]) == ("text_mention", 501)


def test_commands_for_other_bots_are_left_alone(group):
    heard = group.ana.say("/remind@another_bot 5m tea")
    assert not heard.rows
    assert not Reminder.objects.exists()


def test_what_people_say_to_each_other_is_left_alone(group):
    assert not group.ana.say("tomorrow 9am call the bank").rows
    assert not Reminder.objects.exists()


def test_words_that_begin_with_the_bots_name_are_for_it(group):
    heard = group.ana.say("@keys_bot tomorrow 9am call the bank")
    assert heard.text.startswith("✅ #1 call the bank")


def test_an_open_question_is_answered_only_by_an_answer_to_it(group):
    question = group.ana.say("/remind@keys_bot feed the cat").shown
    assert not group.ana.say("tomorrow 9:00").rows
    heard = group.ana.say("tomorrow 9:00", to=question)
    assert "feed the cat" in heard.messages[-1].text
    assert Reminder.objects.get().creator_id == 501


def test_a_stranger_to_the_reminder_is_refused_in_a_toast_only(group):
    set_ = keys(group).shown
    group.tell_admins(503)
    heard = group.ben.press(set_, "🗑 Delete")
    assert heard.toasts == ["Only Ana or a group admin can change this."]
    assert [row.kind for row in heard.rows] == ["toast"]
    assert Reminder.objects.get().state == "active"


@pytest.mark.parametrize(
    "verb",
    ["del", "pause", "resume", "skip", "end", "urgent", "nag", "late", "time", "text", "edit", "pm", "keep", "to"],
)  # fmt: skip
def test_no_button_of_it_is_a_strangers(group, verb):
    set_ = group.ana.say("/remind@keys_bot every day at 9:00 water the plants").shown
    group.tell_admins(503)
    before = Reminder.objects.values().get()
    heard = group.ben.press_data(set_, f"r1:{verb}:{before['id']}:1800")
    assert heard.toasts == ["Only Ana or a group admin can change this."]
    assert [row.kind for row in heard.rows] == ["toast"]
    assert Reminder.objects.values().get() == before


def test_undo_and_questions_are_their_askers(group):
    group.tell_admins(503)
    asked = group.ana.say("/remind@keys_bot feed the cat").shown
    assert group.ben.press(asked, "1 h").toasts
    assert not Reminder.objects.exists()
    card = group.ana.press(asked, "1 h").edits[-1]
    gone = group.ana.press_data(asked, f"r1:del:{Reminder.objects.get().pk}").edits[-1]
    assert group.ben.press(gone, "Undo").toasts == ["Only who did it can take it back."]
    assert Reminder.objects.get().state == "cancelled"
    assert card.text.startswith("✅ #1 feed the cat")


def test_an_admin_may_change_it(group):
    set_ = keys(group).shown
    group.tell_admins(503)
    heard = group.carla.press(set_, "🗑 Delete")
    assert heard.text == "🗑 #1 deleted."
    assert Reminder.objects.get().state == "cancelled"


def test_while_the_admins_are_unknown_one_is_asked_to_press_again(group):
    set_ = keys(group).shown
    heard = group.carla.press(set_, "🗑 Delete")
    assert heard.toasts == ["Let me check who is an admin here. Please try again in a moment."]
    assert Reminder.objects.get().state == "active"


def test_what_is_known_of_admins_grows_old(group, clock):
    set_ = keys(group).shown
    group.tell_admins(503)
    clock.shift(timedelta(hours=2))
    assert "check who is an admin" in group.carla.press(set_, "🗑 Delete").toasts[0]


def test_anonymous_admins_are_admins(group):
    set_ = keys(group).shown
    group.tell_admins(503)
    group.ben.sender = group.ben.sender.__class__(id=1087968824, first_name="Group")
    assert group.ben.press(set_, "🗑 Delete").text == "🗑 #1 deleted."


@pytest.mark.parametrize("command", ["/delete 1", "/edit 1 friday 10:00", "/pause 1"])
def test_commands_keep_to_the_same_rights(group, command):
    keys(group)
    group.tell_admins(503)
    group.ben.say(command)
    reminder = Reminder.objects.get()
    assert (reminder.state, reminder.revision) == ("active", 1)


@pytest.mark.parametrize(
    "answer", [lambda ben, row: ben.press(row, "✅ Done"), lambda ben, row: ben.say("done", to=row)]
)
def test_anybody_may_say_that_it_is_done(group, answer):
    keys(group)
    group.tell_admins(503)
    heard = answer(group.ben, group.ana.wait())
    assert [*heard.toasts, *(row.text for row in heard.messages)] == ["Done ✅"]
    assert Delivery.objects.get().done_by == "Ben"


def test_only_its_people_may_put_it_off(group):
    keys(group)
    row = group.ana.wait()
    group.tell_admins(503)
    assert group.ben.press(row, "+1h").toasts == ["Only Ana or a group admin can change this."]
    for words in ("/snooze@keys_bot 1h", "1 hour", "every monday 9:00"):
        assert group.ben.say(words, to=row).text == "Only Ana or a group admin can change this."
    assert group.ana.press(row, "+1h").edits


@pytest.mark.parametrize("command", ["/settings", "/language", "/forget", "/export", "/digest"])
def test_what_concerns_everybody_is_for_admins(group, command):
    group.tell_admins(503)
    assert group.ben.say(command).text == "In a group only its admins can do this."
    assert group.carla.say(command).rows[0].text != "In a group only its admins can do this."


def test_the_first_time_zone_may_come_from_anybody_the_next_from_admins(group):
    group.tell_admins(503)
    Chat.objects.update(timezone="")
    assert "Europe/Berlin" in group.ben.say("/timezone Berlin").text
    assert group.ben.say("/timezone Tokyo").text == "In a group only its admins can do this."


def test_a_new_group_is_told_what_the_bot_sees(group):
    said = IncomingMessage(event="member", member_before="left", member_status="member")
    heard = group.ana.update(said)
    assert "/remind@keys_bot thursday 18:00 bring the keys" in heard.text
    assert "only commands" in heard.text
    promoted = IncomingMessage(
        event="member", member_before="member", member_status="administrator"
    )
    assert not group.ana.update(promoted).rows
    gone = IncomingMessage(event="member", member_before="member", member_status="kicked")
    assert not group.ana.update(gone).rows
    assert group.chat.state == "gone"


def test_me_too_counts_and_goes_back(group):
    set_ = keys(group).shown
    heard = group.ben.press(set_, "➕ Me too")
    assert heard.toasts == ["You’ll be mentioned here. For a private one: t.me/keys_bot?start=join_"
                            f"{Reminder.objects.get().pk}"]  # fmt: skip
    assert heard.labels == ["➕ Me too (1)", "Edit", "🗑 Delete"]
    assert group.carla.press(set_, "➕ Me too").labels[0] == "➕ Me too (2)"
    assert group.ben.press(set_, "➕ Me too").labels[0] == "➕ Me too (1)"
    assert group.ana.press(set_, "➕ Me too").toasts == ["It is yours: you hear of it anyway."]


def test_who_joined_is_mentioned_or_told_in_private(group, clock):
    set_ = keys(group).shown
    group.ben.press(set_, "➕ Me too")
    carla = Person(clock, chat_id=503, user_id=503, name="Carla")
    carla.say("/start")
    assert group.carla.press(set_, "➕ Me too").toasts == ["You’re in: I’ll tell you in private."]
    Chat.objects.filter(chat_id=GROUP).update(title="Flat 7")
    row = group.ana.wait()
    assert row.text == "⏰ bring the keys\nAna, Ben"
    private = carla.wait()
    assert private.text == "⏰ bring the keys\nfrom Ana in Flat 7"


def joined(group, clock, words):
    """Let Carla, who has started the bot, join a reminder of the group's; return her side."""
    set_ = group.ana.say(f"/remind@keys_bot {words}").shown
    carla = Person(clock, chat_id=503, user_id=503, name="Carla")
    carla.say("/start")
    group.carla.press(set_, "➕ Me too")
    return carla


def test_a_copy_is_done_or_put_off_by_its_own_person_alone(group, clock):
    carla = joined(group, clock, "thursday 18:00 bring the keys")
    in_group = group.ana.wait(Reminder.objects.get())
    copy = carla.wait()
    assert [b["text"] for b in carla.seen_buttons(copy)][:2] == ["✅ Done", "+20m"]
    assert carla.press(copy, "+1h").edits
    assert carla.press(carla.wait(), "✅ Done").toasts == ["Done ✅"]
    assert not Delivery.objects.get(message=in_group).done_at
    assert group.ana.press(in_group, "✅ Done").toasts == ["Done ✅"]
    assert not Message.objects.filter(chat__chat_id=GROUP, text__contains="Carla has").exists()


def test_a_copy_is_made_once_for_each_occurrence(group, clock):
    carla = joined(group, clock, "every day at 18:00 water the plants")
    group.ana.wait(Reminder.objects.get())
    first = carla.wait()
    group.ana.wait(Reminder.objects.get(chat__chat_id=GROUP))
    carla.wait()
    assert Reminder.objects.filter(chat__chat_id=503, origin="joined").count() == 2
    heard = carla.press(first, "➖ Not me any more")
    assert "➖ Not me any more" not in heard.labels
    assert heard.labels[0] == "✅ Done"
    group.ana.wait(Reminder.objects.get(chat__chat_id=GROUP))
    assert Reminder.objects.filter(chat__chat_id=503, origin="joined").count() == 2


def test_an_alert_tells_those_who_joined_when_it_will_be(group, clock):
    carla = joined(group, clock, "thursday 18:00 dentist, remind 1h before")
    group.ana.wait(Reminder.objects.get())
    (told,) = Message.objects.filter(chat=carla.chat, text__startswith="🔔")
    assert told.text.startswith("🔔 dentist · in 1 h: today 18:00\nfrom Ana")
    assert Reminder.objects.count() == 1


def test_a_question_in_a_group_says_how_to_answer_it(group):
    question = group.ana.say("/remind@keys_bot feed the cat").shown
    assert question.text.endswith("To answer in words, reply to this message.")
    typed = group.ana.press(question, "Type a time…")
    assert typed.text.endswith("To answer in words, reply to this message.")


def test_the_link_works_only_for_those_who_joined(group, clock):
    set_ = keys(group).shown
    link = f"/start join_{Reminder.objects.get().pk}"
    ben = Person(clock, chat_id=502, user_id=502, name="Ben")
    assert ben.say(link).text == "Press “Me too” below the reminder in your group first."
    group.ben.press(set_, "➕ Me too")
    assert "bring the keys" in ben.say(link).text
    assert group.ana.wait().text == "⏰ bring the keys\nAna"


def test_a_press_from_another_chat_shows_nothing(group, clock):
    set_ = keys(group).shown
    eve = Person(clock, chat_id=666, user_id=666, name="Eve")
    heard = eve.press_data(set_, f"j1:in:{Reminder.objects.get().pk}")
    assert "keys" not in "".join(row.text for row in heard.rows)
    assert not Reminder.objects.get().joiners.exists()


def test_everything_moves_when_the_group_becomes_a_supergroup(group):
    keys(group)
    new = -1009999999999
    group.ana.update(IncomingMessage(event="migrated", new_chat_id=new))
    chat = Chat.objects.get(chat_id=new)
    assert Reminder.objects.get().chat == chat
    assert not Chat.objects.filter(chat_id=GROUP).exists()
    migration.follow(chat.pk, new)
    assert Chat.objects.count() == 1


def test_the_history_says_who_did_it_to_those_who_look(group):
    group.ana.say("/remind thursday 18:00 bring the keys")
    assert "created – by you" in group.ana.say("/why 1").text
    assert "created – by Ana" in group.ben.say("/why 1").text


def test_deleting_and_pausing_wait_until_it_is_known_who_is_an_admin(group):
    group.ana.say("/remind thursday 18:00 bring the keys")
    for command in ("/delete 1", "/pause 1", "/resume 1"):
        assert group.ben.say(command).text.startswith("Let me check who is an admin")
    group.tell_admins(503)
    for command in ("/delete 1", "/pause 1"):
        assert group.ben.say(command).text == "#1 isn’t yours or doesn’t exist."


def test_help_in_a_group_says_how_to_begin(group):
    assert "In a group, begin with: /remind@keys_bot" in group.ana.say("/help").text


def test_a_group_whose_city_is_known_is_not_asked_for_it(group):
    assert "your city" not in group.ana.say("/start").text
