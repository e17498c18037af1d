"""Updates of every odd shape, by their numbers in the list of bad inputs."""

import asyncio
import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from telegram.error import BadRequest

from bots.envelope import UnreadableUpdateError, chat_id_of, read_message
from bots.errors import CallError, sort_error
from bots.inbox import store
from bots.models import Update
from bots.text import clean_json
from conversations import flooding, parcels, sending
from conversations.models import Chat, Message
from reminders.calendars.models import CalendarFile
from reminders.models import Reminder
from tests.chat.person import BOT
from tests.chat_rules import hostile
from tests.chat_rules.wire import BERLIN, CHAT, GROUP, USER, callback, message, shown, stored

PHOTO = [{"file_id": "P", "file_unique_id": "p", "width": 1, "height": 1}]


def test_44_tomorrow_is_the_chats_tomorrow(receive, clock):
    clock.move_to(datetime(2026, 10, 6, 23, 59, 59, tzinfo=BERLIN))  # 21:59:59 UTC, the same day
    receive(message("tomorrow 10:00 tea"))
    assert stored() == ("tea", "2026-10-07 10:00")
    receive(message("/delete 1"))
    clock.move_to(datetime(2026, 10, 7, 0, 0, 0, tzinfo=UTC))  # 02:00 in Berlin
    receive(message("tomorrow 10:00 tea"))
    due = Reminder.objects.get(number=2).due_at.astimezone(BERLIN)
    assert f"{due:%d %H:%M}" == "08 10:00"


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0, 0), (90, 0), (-90, 180), (1e9, 0), (52.5, 13.4)]
)
def test_62_places(receive, latitude, longitude):
    rows = receive(message(location={"latitude": latitude, "longitude": longitude}))
    assert len(shown(rows)) == 1
    assert Chat.objects.get(chat_id=CHAT["id"]).timezone in {"Europe/Berlin", "Antarctica/McMurdo"}


def test_62_a_place_that_is_no_number_is_set_aside(receive):
    with pytest.raises(UnreadableUpdateError):
        receive(message(location={"latitude": float("nan"), "longitude": 0.0}))


@pytest.mark.parametrize(
    "kind",
    ["photo", "sticker", "voice", "video_note", "contact", "poll", "dice", "location", "video", "animation",
     "audio", "document", "story", "game", "venue", "checklist"],
)  # fmt: skip
def test_77_messages_without_words(receive, kind):
    place = {"latitude": 52.5, "longitude": 13.4}
    content = {"file_id": "X", "file_unique_id": "x", "file_size": 3, "emoji": "🎲", "value": 3,
               "phone_number": "1", "question": "?", "title": "x", "location": place, **place}  # fmt: skip
    rows = shown(receive(message(**{kind: PHOTO if kind == "photo" else content})))
    assert len(rows) == 1
    assert stored() is None


@pytest.mark.parametrize(
    ("caption", "right"),
    [("tea in 5 min", ("tea", "2026-10-06 14:10")), ("just tea", None), ("", None)],
)
def test_78_a_caption_alone(receive, caption, right):
    assert len(shown(receive(message(photo=PHOTO, caption=caption)))) == 1
    assert stored() == right


def test_79_an_edit_that_comes_after_the_reminder_did(receive, clock, person):
    first = message("in 30 min tea")
    receive(first)
    person.wait()
    words = {"text": "in 45 min green tea", "edit_date": 1791290200}
    assert len(shown(receive({"edited_message": {**first["message"], **words}}))) == 1
    assert stored() == ("green tea", "2026-10-06 15:20")


def test_79_an_edit_of_a_message_the_bot_never_saw(receive):
    body = {"message_id": 3, "date": 0, "edit_date": 1, "chat": CHAT, "from": USER}
    assert receive({"edited_message": {**body, "text": "in 5 min tea"}}) == []
    assert stored() is None


def test_80_an_edit_that_deletes_the_time_keeps_it(receive):
    first = message("in 30 min tea")
    receive(first)
    receive({"edited_message": {**first["message"], "text": "green tea", "edit_date": 1}})
    assert stored() == ("green tea", "2026-10-06 14:35")


def test_81_an_album_is_answered_once(receive):
    rows = [
        row for _ in range(10) for row in shown(receive(message(photo=PHOTO, media_group_id="A")))
    ]
    assert len(rows) == 1


def test_82_a_forward_from_somebody_hidden(receive):
    origin = {"type": "hidden_user", "sender_user_name": "x", "date": 0}
    assert len(shown(receive(message("tomorrow 9:00 look", forward_origin=origin)))) == 1
    assert stored() is None


def test_83_channels_and_anonymous_admins(receive):
    channel = {"id": -1007, "type": "channel", "title": "News"}
    words = {"message_id": 1, "date": 0, "text": "/remind in 5 min tea"}
    post = {**words, "text": "in 5 min tea", "chat": channel, "sender_chat": channel}
    assert receive({"channel_post": post}) == []
    anonymous = {
        "id": 1087968824,
        "is_bot": True,
        "first_name": "G",
        "username": "GroupAnonymousBot",
    }
    body = {**words, "chat": GROUP, "from": anonymous, "sender_chat": GROUP}
    assert len(shown(receive({"message": body}))) == 1
    assert stored() == hostile.TEA
    assert len(shown(receive({"message": {**words, "message_id": 2, "chat": GROUP}}))) == 1


@pytest.mark.parametrize("own", [BOT, 5])
def test_84_an_answer_to_a_message_that_is_gone(receive, own):
    gone = {"message_id": 4, "date": 0, "chat": CHAT, "from": {"id": own, "is_bot": True}}
    assert len(shown(receive(message("39 minutes", reply_to_message=gone)))) == 1


@pytest.mark.django_db(transaction=True)
def test_85_a_closed_topic_is_answered_beside_it(receive, monkeypatch):
    calls = []

    class Line:
        async def call(self, method, params):
            calls.append(params)
            if "message_thread_id" in params:
                raise CallError(sort_error(BadRequest("TOPIC_CLOSED"), elapsed=0.1))
            return {"message_id": 900}

    monkeypatch.setattr(parcels.lines, "of", lambda bot_id: Line())
    body = {"chat": GROUP, "message_thread_id": 7, "is_topic_message": True}
    (row,) = shown(receive(message("/remind in 5 min tea", **body)))
    Message.objects.filter(pk=row.pk).update(state="queued", message_id=None)
    told = asyncio.run(sending.deliver(row.pk))
    assert (told.state, [call.get("message_thread_id") for call in calls]) == ("sent", [7, None])
    assert Chat.objects.get(chat_id=GROUP["id"]).state == "active"
    assert stored() == hostile.TEA
    receive.check([])


def test_86_a_button_of_another_chat_changes_nothing(receive):
    receive(message("in 30 min tea"))
    reminder = Reminder.objects.get()
    eve = {"id": 666, "is_bot": False, "first_name": "Eve"}
    elsewhere = {"message_id": 5, "date": 0, "chat": {"id": 666, "type": "private"}}
    for verb in ("del", "pause", "urgent", "end", "card", "five", "why"):
        rows = receive(callback(f"r1:{verb}:{reminder.pk}", **{"from": eve}, message=elsewhere))
        assert "tea" not in "".join(row.text for row in rows)
    reminder.refresh_from_db()
    assert (reminder.state, reminder.revision) == ("active", 1)


def test_86_a_button_of_a_deleted_reminder_says_so(receive):
    receive(message("in 30 min tea"))
    receive(message("/delete 1"))
    rows = receive(callback(f"r1:pause:{Reminder.objects.get().pk}"))
    assert rows[0].text == "This reminder has been deleted."


@pytest.mark.parametrize("data", ["x" * 64, "🙂" * 16, "r1:" + "9" * 61, "\x00" * 64, ":" * 64])
def test_86_64_bytes_of_garbage(receive, data):
    receive(message("in 5 min tea"))
    rows = receive(callback(data))
    assert [row.kind for row in rows].count("toast") == 1
    assert stored() == hostile.TEA


def test_87_a_button_below_a_message_that_is_not_accessible(receive):
    receive(message("in 5 min tea"))
    old = {
        "message_id": 5,
        "date": 0,
        "chat": CHAT,
    }  # https://core.telegram.org/bots/api#inaccessiblemessage
    rows = receive(callback(f"r1:five:{Reminder.objects.get().pk}", message=old))
    assert [row.kind for row in rows].count("toast") == 1
    assert stored() == hostile.TEA


def test_87_a_button_without_its_message_belongs_to_no_chat():
    body = {"id": "1", "from": USER, "chat_instance": "1", "data": "x", "inline_message_id": "i"}
    assert chat_id_of({"update_id": 1, "callback_query": body}) is None


def test_88_an_unknown_kind_of_update_is_recorded(receive):
    body = {"chat": CHAT, "from": USER, "shape": [1, {"x": None}]}
    assert receive({"brand_new_thing": body}) == []
    assert Update.objects.filter(kind="brand_new_thing").count() == 1


@pytest.mark.parametrize("chat_id", [2**63, -(2**63), 10**30, "77", None])
def test_89_ids_no_chat_can_have(receive, chat_id):
    update = {"update_id": 1, "message": {"message_id": 1, "chat": {"id": chat_id}, "text": "x"}}
    assert store(BOT, update)
    assert Update.objects.get(update_id=1).chat_id is None
    receive.check([])


@pytest.mark.parametrize("chat_id", [-(10**15), 2**63 - 1, -(2**63) + 1])
def test_89_large_ids(receive, chat_id):
    chat = {"id": chat_id, "type": "private", "first_name": "x"}
    sender = {**USER, "id": 2**52}
    rows = shown(receive(message("in 5 min tea", chat=chat, **{"from": sender})))
    assert len(rows) == 1
    assert stored() == hostile.TEA


def test_90_update_ids_of_every_kind(receive):
    receive(message("in 5 min tea"), update_id=9000)
    for number in (0, -1, -(2**40), 8999, 1):
        assert len(shown(receive(message("/ping"), update_id=number))) == 1
    assert not store(BOT, {"update_id": 0, **message("in 5 min tea")})
    sequences = Update.objects.order_by("update_id").values_list("sequence", flat=True)
    assert all(one < other for one, other in pairwise(sequences))
    assert stored() == hostile.TEA


@pytest.mark.parametrize("date", [0, -1, 4102444800, 10**12])
def test_91_odd_dates(receive, date):
    assert len(shown(receive(message("in 5 min tea", date=date)))) == 1
    assert stored() == hostile.TEA


@pytest.mark.parametrize("code", [None, "xx", "", "de-AT-x", "🙂", "x" * 500])
def test_92_people_with_odd_names_and_languages(receive, code):
    chat = {"id": 92, "type": "private"}
    sender = {"id": 92, "is_bot": False, "first_name": "🙂" * 64, "language_code": code}
    assert len(shown(receive(message("/start", chat=chat, **{"from": sender})))) == 1
    assert Chat.objects.get(chat_id=92).language in {"en", "de"}
    receive(message("in 5 min tea", chat=chat, **{"from": sender}))
    assert Reminder.objects.get().creator_name == "🙂" * 64


def test_93_added_promoted_muted_and_kicked_in_one_go(receive):
    me = {"id": BOT, "is_bot": True, "first_name": "b"}
    answers = []
    steps = ["left", "member", "administrator", "restricted", "kicked"]
    for before, after in pairwise(steps):
        change = {"chat": GROUP, "from": USER, "date": 0, "old_chat_member": {"user": me, "status": before},
                  "new_chat_member": {"user": me, "status": after}}  # fmt: skip
        answers += shown(receive({"my_chat_member": change}))
    assert len(answers) == 1
    assert Chat.objects.get(chat_id=GROUP["id"]).state == "gone"


def test_94_a_thousand_updates_in_one_second(receive):
    rows = [row for n in range(1000) for row in shown(receive(message(f"in {n + 5} min tea")))]
    assert Update.objects.filter(state="answered").count() == 1000
    assert Message.objects.filter(direction="in", kind="text").count() == 1000
    assert sum(row.params.get("tag") == flooding.MARK for row in rows) == 1
    assert len(rows) <= flooding.HEARD_UNTIL + 1
    assert Reminder.objects.count() <= 20


@pytest.mark.parametrize(
    "body",
    [[], "x", 5, None, {"chat": CHAT}, {"chat": CHAT, "message_id": "x"}, {"chat": CHAT, "message_id": None},
     {"chat": CHAT, "message_id": 1, "from": [1]}, {"chat": CHAT, "message_id": 1, "entities": 5},
     {"chat": CHAT, "message_id": 10**400, "text": "x"}],
)  # fmt: skip
def test_shapes_no_message_has_are_set_aside_or_answered(receive, body):
    update = clean_json({"update_id": 1, "message": body})
    if chat_id_of(update) is None:
        return
    try:
        read_message(update, BOT)
    except UnreadableUpdateError:
        return
    receive({"message": body})


_EVENT = "BEGIN:VEVENT\nSUMMARY:tea\nDTSTART:20261009T150000\n"
_CALENDAR = f"BEGIN:VCALENDAR\n{_EVENT}RRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR"


@pytest.mark.parametrize(
    "text",
    [_CALENDAR, _CALENDAR.lower(), f"look:\n{_EVENT}RRULE:FREQ=SECONDLY", _EVENT * 60,
     _EVENT + "BEGIN:VALARM\nTRIGGER:-PT1H\nREPEAT:999999999\n" * 70,
     _EVENT + "RDATE:" + ",".join(["20270101T090000"] * 240),
     _EVENT.replace("START", "START;TZID=Mars/Olympus") + "RRULE:FREQ=DAILY"],
    ids=["rule", "small", "within", "many", "alarms", "dates", "zone"],
)  # fmt: skip
def test_95_the_text_of_a_calendar_is_asked_for_as_a_file(receive, text):
    (row,) = shown(receive(message(text)))
    assert row.text.startswith("That is the text of a calendar, so I saved nothing.")
    assert stored() is None


@pytest.mark.parametrize(
    ("file", "answer"),
    [({"file_name": "x.ics", "file_size": 300_000_000}, "This file is larger"),
     ({"file_name": "\u202ex.ICS", "file_size": 2**62}, "This file is larger"),
     ({"file_name": "x.ics.zip", "file_size": 1000}, "When should I bring this back?"),
     ({"mime_type": "text/calendar", "file_size": -5}, "When should I bring this back?")],
    ids=["large", "huge", "packed", "nameless"],
)  # fmt: skip
def test_95_calendar_files_made_to_hurt(receive, file, answer):
    (row,) = shown(receive(message(document={"file_id": "F", "file_unique_id": "u", **file})))
    assert row.text.startswith(answer)
    assert stored() is None


@pytest.mark.parametrize("name", ["x.ics", "../../x.ics", "😀" * 200 + ".ICS"])
def test_95_a_calendar_file_is_fetched_before_it_is_answered(receive, name):
    file = {"file_id": "F", "file_unique_id": "u", "file_name": name, "file_size": 1000}
    assert shown(receive(message(document=file))) == []
    assert CalendarFile.objects.get().file_id == "F"
    assert stored() is None


@pytest.mark.parametrize(
    "text",
    ["[]", "null", '"text"', '{"a":' * 680 + "1" + "}" * 680, '{"n": 1e308}', '{"n": 1' + "0" * 308 + "}",
     '{"update_id": 1, "update_id": 2, "message": {"text": "in 5 min tea"}}', '{"text": "\udcff\udcff"}'],
    ids=["array", "null", "word", "deep", "1e308", "10^308", "duplicate", "invalid"],
)  # fmt: skip
def test_96_the_text_of_a_webhook_is_but_words_without_a_time(receive, text):
    (row,) = shown(receive(message(text)))
    assert row.text.startswith("I have the text (")
    assert stored() is None


def test_every_number_of_the_list_is_tried():
    named = {int(found) for name in globals() for found in re.findall(r"^test_(\d+)_", name)}
    assert named | hostile.NUMBERS == set(range(1, 97))
