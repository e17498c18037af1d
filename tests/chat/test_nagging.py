"""Dialogue 10: asked again until it is done, within bounds and with quiet nights."""

from datetime import timedelta

import pytest

from conversations.models import Chat, Message
from reminders.chat.models import Preferences
from reminders.models import Delivery
from tests.chat.person import NOW


def pill(person):
    return person.say("nag me every 15m at 21:30 to take my pill")


def test_the_confirmation_says_how_often_and_where_the_night_rests(person):
    heard = pill(person)
    assert heard.text.startswith(
        "✅ #1 take my pill – today 21:30 (in 7 h 25 min), then every 15 min until Done (at most 6)."
    )
    assert heard.text.endswith("Quiet from 22:00, so after 21:45 I wait until 08:00.")
    assert heard.labels == ["Undo", "Edit", "Ring through the night"]


def test_asking_again_counts_and_takes_the_earlier_buttons_away(person):
    pill(person)
    first = person.wait()
    assert first.text == "⏰ take my pill"
    assert [b["text"] for b in person.seen_buttons(first)][:2] == ["✅ Done", "Stop asking"]
    second = person.wait()
    assert second.text == "⏰ take my pill · 2nd time, next 08:00"
    assert person.seen_buttons(first) == []
    third = person.wait()
    assert third.text == "⏰ take my pill · 3rd time, next 08:15 · held since 22:00 (quiet hours)"


def test_the_last_time_says_so(person):
    pill(person)
    rows = [person.wait() for _ in range(7)]
    assert rows[-1].text == "⏰ take my pill · 7th time. This is the last time I ask."
    assert person.reminder().state == "finished"
    assert "Stop asking" not in [b["text"] for b in person.seen_buttons(rows[-1])]


def test_done_ends_the_asking(person):
    pill(person)
    heard = person.press(person.wait(), "✅ Done")
    assert person.reminder().state == "finished"
    person.press(heard.shown, "Undo")
    assert person.reminder().fire_kind == "nag"
    assert person.reminder().state == "active"


def test_asking_can_be_stopped_without_being_done(person):
    pill(person)
    heard = person.press(person.wait(), "Stop asking")
    assert "I ask no more about this one." in heard.text
    assert person.reminder().state == "finished"
    assert Delivery.objects.get().done_at is None


def test_an_old_nag_is_the_same_occurrence(person):
    pill(person)
    first = person.wait()
    data = person.chat.messages.get(pk=first.pk).params["reply_markup"]["inline_keyboard"][0][0][
        "callback_data"
    ]
    second = person.wait()
    person.press_data(first, data)
    assert person.reminder().state == "finished"
    assert Message.objects.filter(kind="edit", params__message_id=second.message_id).exists()


def test_it_rings_through_the_night_on_request(person):
    heard = pill(person)
    heard = person.press(heard.shown, "Ring through the night")
    assert "It rings through the night." in heard.text
    person.wait()
    person.wait()
    assert person.wait().text == "⏰ take my pill · 3rd time, next 22:15"


def test_the_profile_sets_how_often(person):
    Preferences.objects.create(chat=person.chat, nagging="gentle")
    assert (
        "then every 30 min until Done (at most 3)"
        in person.say("nag me at 10:00 to take my pill").text
    )


def test_quiet_hours_may_hold_everything(person):
    Preferences.objects.create(chat=person.chat, quiet="all")
    heard = person.say("today 23:10 lock the door")
    assert "That is in your quiet hours" in heard.text
    due = person.wait()
    assert due.text == "⏰ lock the door · held since 23:10 (quiet hours)"
    assert person.reminder().due_at == Delivery.objects.get().due_at


def test_urgent_is_never_held(person):
    Preferences.objects.create(chat=person.chat, quiet="all")
    person.say("urgent: today 23:10 lock the door")
    assert person.reminder().held_since is None


def test_a_series_is_asked_about_only_until_its_next_time(person):
    person.say("every hour nag me every 30m to drink")
    person.wait()
    person.wait()
    assert person.wait().text.startswith("⏰ drink · repeats every hour")


def test_snoozing_a_nagging_one_stops_the_asking_until_then(person):
    person.say("nag me every 15m in 1 hour to take my pill")
    due = person.wait()
    person.press(due, "+3h") if "+3h" in [
        b["text"] for b in person.seen_buttons(due)
    ] else person.say("3h", to=due)
    reminder = person.reminder()
    assert reminder.fire_kind == "due"
    assert reminder.fire_at - Delivery.objects.get().due_at >= timedelta(hours=3)


def test_without_a_zone_there_is_no_night(stranger):
    stranger.clock.move_to(NOW + timedelta(hours=9))
    stranger.say("in 5 minutes nag me every 15m to take my pill")
    stranger.wait()
    assert stranger.reminder().held_since is None


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "take pill at 18:00, every 15 minutes until done"), ("en", "every 15 minutes until done take pill"),
     ("de", "alle 15 Minuten bis erledigt Tablette nehmen"),
     ("ru", "каждые 15 минут до выполнения принять таблетку")],
)  # fmt: skip
def test_the_words_say_how_often_it_asks_until_done(person, locale, words):
    Chat.objects.update(language=locale)
    person.say(words)
    assert (person.reminder().nag_every, person.reminder().rules) == (900, [])


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "nag me at 21:30 every 15 minutes: pills"), ("de", "nerv mich um 21:30 alle 15 minuten: medizin"),
     ("es", "insísteme a las 21:30 cada 15 minutos: medicina"),
     ("fr", "harcèle-moi à 21:30 toutes les 15 minutes : médicament"),
     ("it", "assillami alle 21:30 ogni 15 minuti: medicina"),
     ("pt", "insista às 21:30 a cada 15 minutos: remédio"),
     ("ru", "доставай меня в 21:30 каждые 15 минут: лекарство")],
)  # fmt: skip
def test_a_moment_may_stand_before_how_often_it_asks(person, locale, words):
    Chat.objects.update(language=locale)
    person.say(words)
    reminder = person.reminder()
    assert (reminder.nag_every, reminder.rules) == (900, [])
    assert reminder.local_due.strftime("%d %H:%M") == "06 21:30"


def test_a_series_may_stand_before_how_often_it_asks(person):
    person.say("nag me every day at 9:00 every 15 minutes, 4 times: pills")
    reminder = person.reminder()
    assert reminder.rules == ["FREQ=DAILY"]
    assert (reminder.text, reminder.nag_every, reminder.nag_times) == ("pills", 900, 4)
