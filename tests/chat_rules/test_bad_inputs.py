"""Hostile and odd messages: one kind answer each, no crash, and only clean text stored.

Every update takes the whole way of handlers as JSON: cleaned as the inbox cleans it, read as the
dispatcher reads it, answered in its transaction. The numbers are those of the list of bad inputs.
"""

import json
import logging
import time
from itertools import count, pairwise

import pytest

from bots.envelope import Envelope, UnreadableUpdateError, chat_id_of, read_message
from bots.text import clean_json
from conversations.answering import answer
from conversations.models import Chat, Message
from reminders.models import Reminder
from tests.chat.person import BOT

USER = {"id": 77, "is_bot": False, "first_name": "Mia", "language_code": "en"}
CHAT = {"id": 77, "type": "private", "first_name": "Mia"}
_numbers = count(50_000)


@pytest.fixture
def receive(person, caplog):
    """Return a function that takes a raw update and returns the rows that answer it."""

    def take(raw, bot_id=BOT):
        number = next(_numbers)
        # As it comes from the wire: lone surrogates survive JSON, too.
        clean = clean_json(json.loads(json.dumps({"update_id": number, **raw})))
        said = read_message(clean, bot_id)
        chat_id = chat_id_of(clean)
        assert chat_id is not None
        began = time.monotonic()
        told = answer(Envelope(bot_id, number, chat_id, number, f"{bot_id}:{number}", said))
        assert time.monotonic() - began < 1
        rows = [Message.objects.get(pk=pk) for pk in told.message_ids]
        assert not [r for r in caplog.records if r.levelno >= logging.ERROR], caplog.text
        assert not [row for row in rows if row.text.startswith("Sorry, something went wrong")]
        for row in rows:
            assert len(row.text.encode("utf-16-le")) // 2 <= 4096
            person.deliver(row)
        return rows

    return take


def message(text=None, **more):
    number = next(_numbers)
    body = {"message_id": number, "date": 1791288300, "chat": CHAT, "from": USER, **more}
    return {"message": body if text is None else {**body, "text": text}}


def shown(rows):
    return [row for row in rows if row.method == "sendMessage"]


WORDS = {
    1: "", 2: "   ", 3: "\u200b\u200b", 4: "\u2800", 5: "\u3164", 6: "\ufeff", 7: "wa\x00ter",
    8: "\ud83d", 9: "\u202ecod.exe in 5 min", 10: "\u2066\u2066open in 5 min", 11: "👨‍👩‍👧‍👦 in 5 min",
    12: "🇩", 13: "Z" + "\u0301" * 500, 14: "b" * 4096, 15: "b" * 4097, 16: "🙂" * 4096,
    17: "w" * 4096, 18: "\n" * 4096, 19: "in " + "9" * 100_000 + " minutes tea",
    20: "in ٣ minutes tea", 21: "in ² minutes tea ½", 22: "in 1_000 minutes tea", 23: "-5 min tea",
    24: "in 0 min tea", 25: "in 1e400 minutes tea", 26: "in NaN minutes tea, in inf hours",
    27: "remind me", 28: "/remind", 29: "/remind@another_bot 5m tea", 30: "/REMIND 5M TEA",
    31: "/remind 5m\nwater\nthe plants", 32: "in\t5\u00a0min\u2009tea",
    33: "in 99999999999 years tea", 34: "1 january 10000 tea", 35: "31 feb tea", 36: "29 feb 2027 tea",
    37: "tea at 30:99", 38: "tea at 24:00", 39: "tea at 12am, tea at 12pm", 40: "28.3.2027 02:30 tea",
    41: "25.10.2026 02:30 tea", 42: "yesterday tea", 43: "now tea", 44: "tomorrow tea", 45: "3/4 tea",
    46: "tea at 5pm and at 7pm on friday and monday", 47: "every 1 second tea", 48: "every 0 days tea",
    49: "every day until yesterday tea", 50: "FREQ=SECONDLY tea",
    51: "/remind FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 tea", 52: "/remind FREQ=DAILY;COUNT=1000000000 tea",
    53: "every 0 weeks, INTERVAL=0 tea", 54: "FREQ=DAILY;BYSETPOS=" + ",".join(map(str, range(1500))),
    55: "FREQ=DAILY\nDTSTART:20200101 tea", 56: "/timezone ../../etc/passwd", 57: "/timezone  ",
    58: "/timezone " + "A" * 4000, 59: "/timezone Europe/Berlin\x00", 60: "/timezone UTC+3",
    61: "/timezone EST", 63: "<b onclick=x>&\"' in 5 min", 64: "<re: in 5 min>",
    65: "_*[]()~`>#+-=|{}.!\\ in 5 min", 66: "{{ settings.SECRET_KEY }} {% debug %} in 5 min",
    67: "%s %n {0} %(name)s in 5 min", 68: "'; DROP TABLE reminders_reminder; -- in 5 min",
    69: "<script>alert(1)</script> in 5 min", 70: '=HYPERLINK("http://x") @SUM -1+1 in 5 min',
    71: "http://169.254.169.254/ file:///etc/passwd in 5 min", 72: "tg://user?id=1 javascript:alert(1) in 5 min",
    73: "a" * 28 + "!" + " in" * 500, 74: "(" * 2000 + ")" * 2000,
    75: 'tea in 5 min\n{"level":"info","event":"x"}', 76: "\x1b[2J tea in 5 min",
}  # fmt: skip


@pytest.mark.parametrize("number", WORDS)
def test_words(receive, number):
    rows = shown(receive(message(WORDS[number])))
    assert len(rows) == 1, [row.text for row in rows]
    for stored in Message.objects.values_list("text", flat=True):
        assert "\x00" not in stored
        assert "\x1b" not in stored
        stored.encode()


@pytest.mark.parametrize("number", WORDS)
def test_words_that_edit_a_message(receive, number):
    first = message("in 30 min tea")
    receive(first)
    body = {**first["message"], "text": WORDS[number], "edit_date": 1791288400}
    rows = receive({"edited_message": body})
    assert len(shown(rows)) <= 1
    reminder = Reminder.objects.get(number=1)
    assert reminder.text.strip()
    assert reminder.fire_at or reminder.state != "active"


@pytest.mark.parametrize("number", WORDS)
def test_words_below_a_photo(receive, number):
    photo = [{"file_id": "P", "file_unique_id": "p", "width": 1, "height": 1, "file_size": 1}]
    rows = shown(receive(message(photo=photo, caption=WORDS[number][:1024])))
    assert len(rows) == 1, [row.text for row in rows]


@pytest.mark.parametrize("number", WORDS)
def test_words_on_a_button(receive, number):
    for prefix in ("", "r1:", "q1:", "o1:z:", "u1:", "j1:in:", "h1:yes:", "i1:take:", "l1:", "g1:"):
        data = (prefix + WORDS[number])[:64]
        callback = {
            "id": "1", "from": USER, "chat_instance": "1", "data": data,
            "message": {"message_id": 5, "date": 0, "chat": CHAT},
        }  # fmt: skip
        rows = receive({"callback_query": callback})
        assert [row.kind for row in rows].count("toast") == 1
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("number", WORDS)
def test_words_in_names(receive, number):
    words = WORDS[number]
    sender = {**USER, "first_name": words, "last_name": words, "username": words[:32]}
    chat = {"id": -1005, "type": "supergroup", "title": words, "username": words[:32]}
    body = {
        "message_id": 1,
        "date": 0,
        "chat": chat,
        "from": sender,
        "text": "/remind in 5 min tea",
    }
    assert len(shown(receive({"message": body}))) == 1
    assert Reminder.objects.get().text == "tea"


@pytest.mark.parametrize(
    "kind",
    ["sticker", "voice", "video_note", "contact", "poll", "dice", "video", "animation", "audio",
     "document", "story", "game", "venue", "checklist"],
)  # fmt: skip
def test_77_messages_without_words(receive, kind):
    content = {"file_id": "X", "file_unique_id": "x", "file_size": 3, "emoji": "🎲", "value": 3,
               "phone_number": "1", "question": "?", "title": "x",
               "location": {"latitude": 1.0, "longitude": 2.0}}  # fmt: skip
    rows = shown(receive(message(**{kind: content})))
    assert len(rows) == 1
    assert "language" not in rows[0].text


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0, 0), (90, 0), (-90, 180), (52.5, 13.4), (1e9, 0)]
)
def test_62_places(receive, latitude, longitude):
    rows = receive(message(location={"latitude": latitude, "longitude": longitude}))
    assert len(shown(rows)) == 1


def test_62_a_place_that_is_no_number_is_set_aside(receive):
    with pytest.raises(UnreadableUpdateError):
        receive(message(location={"latitude": float("nan"), "longitude": 0.0}))


def test_79_80_an_edit_that_deletes_the_time_keeps_it(receive):
    first = message("in 30 min tea")
    receive(first)
    due = Reminder.objects.get().due_at
    receive({"edited_message": {**first["message"], "text": "green tea", "edit_date": 1}})
    reminder = Reminder.objects.get()
    assert (reminder.text, reminder.due_at) == ("green tea", due)


def test_81_an_album_is_answered_once(receive):
    photo = [{"file_id": "P", "file_unique_id": "p", "width": 1, "height": 1}]
    rows = [
        row for _ in range(10) for row in shown(receive(message(photo=photo, media_group_id="A")))
    ]
    assert len(rows) == 1


def test_82_a_forward_from_somebody_hidden(receive):
    origin = {"type": "hidden_user", "sender_user_name": "x", "date": 0}
    assert len(shown(receive(message("look", forward_origin=origin)))) == 1


def test_83_channels_and_anonymous_admins(receive):
    channel = {"id": -1007, "type": "channel", "title": "News"}
    post = {
        "message_id": 1,
        "date": 0,
        "chat": channel,
        "text": "in 5 min tea",
        "sender_chat": channel,
    }
    assert receive({"channel_post": post}) == []
    group = {"id": -1008, "type": "supergroup", "title": "G"}
    anonymous = {
        "id": 1087968824,
        "is_bot": True,
        "first_name": "Group",
        "username": "GroupAnonymousBot",
    }
    body = {"message_id": 1, "date": 0, "chat": group, "from": anonymous, "sender_chat": group,
            "text": "/remind in 5 min tea"}  # fmt: skip
    assert len(shown(receive({"message": body}))) == 1
    body = {"message_id": 2, "date": 0, "chat": group, "text": "/remind in 5 min tea"}
    assert len(shown(receive({"message": body}))) == 1


def test_84_an_answer_to_a_message_that_is_gone(receive):
    gone = {
        "message_id": 4,
        "date": 0,
        "chat": CHAT,
        "from": {"id": BOT, "is_bot": True, "first_name": "b"},
    }
    assert len(shown(receive(message("39 minutes", reply_to_message=gone)))) == 1


def test_86_a_button_of_another_chat_changes_nothing(receive):
    receive(message("in 30 min tea"))
    reminder = Reminder.objects.get()
    eve = {"id": 666, "is_bot": False, "first_name": "Eve"}
    for verb in ("del", "pause", "urgent", "end", "card", "five", "why"):
        callback = {"id": "1", "from": eve, "chat_instance": "1", "data": f"r1:{verb}:{reminder.pk}",
                    "message": {"message_id": 5, "date": 0, "chat": {"id": 666, "type": "private"}}}  # fmt: skip
        rows = receive({"callback_query": callback})
        assert "tea" not in "".join(row.text for row in rows)
    reminder.refresh_from_db()
    assert (reminder.state, reminder.revision) == ("active", 1)


def test_86_a_button_of_a_deleted_reminder_says_so(receive):
    receive(message("in 30 min tea"))
    receive(message("/delete 1"))
    data = f"r1:pause:{Reminder.objects.get().pk}"
    callback = {"id": "1", "from": USER, "chat_instance": "1", "data": data,
                "message": {"message_id": 5, "date": 0, "chat": CHAT}}  # fmt: skip
    assert receive({"callback_query": callback})[0].text == "This reminder has been deleted."


def test_88_an_unknown_kind_of_update_is_recorded(receive):
    assert (
        receive({"brand_new_thing": {"chat": CHAT, "from": USER, "shape": [1, {"x": None}]}}) == []
    )


@pytest.mark.parametrize("chat_id", [2**63, -(2**63), 10**30, "77", None, True])
def test_89_ids_no_chat_can_have(chat_id):
    update = {"update_id": 1, "message": {"message_id": 1, "chat": {"id": chat_id}, "text": "x"}}
    assert chat_id_of(update) in {None, True}


@pytest.mark.parametrize("chat_id", [-(10**15), 2**63 - 1, -(2**63) + 1])
def test_89_large_ids(receive, chat_id):
    chat = {"id": chat_id, "type": "private", "first_name": "x"}
    body = {
        "message_id": 1,
        "date": 0,
        "chat": chat,
        "from": {**USER, "id": 2**52},
        "text": "/ping x",
    }
    assert len(shown(receive({"message": body}))) == 1


@pytest.mark.parametrize("date", [0, -1, 4102444800, 10**12])
def test_91_odd_dates(receive, date):
    assert len(shown(receive(message("in 5 min tea", date=date)))) == 1


@pytest.mark.parametrize("code", [None, "xx", "", "de-AT-x", "🙂", "x" * 500])
def test_92_people_with_odd_names_and_languages(receive, code):
    chat = {"id": 92, "type": "private"}
    sender = {"id": 92, "is_bot": False, "first_name": "🙂" * 64, "language_code": code}
    body = {"message_id": 1, "date": 0, "chat": chat, "from": sender, "text": "/start"}
    assert len(shown(receive({"message": body}))) == 1
    assert Chat.objects.get(chat_id=92).language in {"en", "de"}


def test_93_added_promoted_muted_and_kicked_in_one_go(receive):
    chat = {"id": -1009, "type": "supergroup", "title": "G"}
    me = {"id": BOT, "is_bot": True, "first_name": "b"}
    answers = []
    steps = ["left", "member", "administrator", "restricted", "kicked"]
    for before, after in pairwise(steps):
        change = {"chat": chat, "from": USER, "date": 0, "old_chat_member": {"user": me, "status": before},
                  "new_chat_member": {"user": me, "status": after}}  # fmt: skip
        answers += shown(receive({"my_chat_member": change}))
    assert len(answers) == 1
    assert Chat.objects.get(chat_id=-1009).state == "gone"


@pytest.mark.parametrize(
    "body",
    [[], "x", 5, None, {"chat": CHAT}, {"chat": CHAT, "message_id": "x"}, {"chat": CHAT, "message_id": None},
     {"chat": CHAT, "message_id": 1, "from": [1]}, {"chat": CHAT, "message_id": 1, "entities": 5},
     {"chat": CHAT, "message_id": 10**400, "text": "x"}],
)  # fmt: skip
def test_96_shapes_no_message_has_are_set_aside_or_answered(receive, body):
    update = clean_json({"update_id": 1, "message": body})
    if chat_id_of(update) is None:
        return
    try:
        read_message(update, BOT)
    except UnreadableUpdateError:
        return
    receive({"message": body})


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_nothing_visible_is_answered_with_how_to_begin(receive, number):
    rows = receive(message(WORDS[number]))
    assert rows[0].text.startswith("Write what and when, for example:")


@pytest.mark.parametrize("number", [9, 10])
def test_9_10_marks_that_turn_the_direction_are_not_stored(receive, number):
    receive(message(WORDS[number]))
    assert Reminder.objects.get().text in {"cod.exe", "open"}
