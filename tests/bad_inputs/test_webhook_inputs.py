"""Bad inputs through the webhook: stored clean and answered, or refused; never a 500, never stuck."""

import itertools

import pytest

from bots.models import Update
from conversations.flooding import HEARD_UNTIL
from conversations.models import Chat, Message
from reminders.models import Reminder
from tests.bad_inputs.hook import BOT
from tests.bad_inputs.inputs import TEXTS, each, numbered

_ids = itertools.count(70_000)
PHOTO = [{"file_id": "P", "file_unique_id": "p", "width": 1, "height": 1, "file_size": 1}]


def somebody(**more):
    return {"id": next(_ids), "is_bot": False, "first_name": "Mia", "language_code": "en", **more}


def message(text=None, *, sender=None, **more):
    """Return a message of a new person in a new chat."""
    sender = sender or somebody()
    body = {
        "message_id": 100, "date": 1791288300, "from": sender,
        "chat": {"id": sender["id"], "type": "private", "first_name": "Mia"}, **more,
    }  # fmt: skip
    return {"message": body if text is None else {**body, "text": text}}


def press(data, **more):
    sender = somebody()
    below = {"message_id": 5, "date": 0, "chat": {"id": sender["id"], "type": "private"}}
    return {"callback_query": {"id": "1", "from": sender, "chat_instance": "1", "data": data,
                               "message": below, **more}}  # fmt: skip


@each(TEXTS)
def test_words_of_a_message(hook, number):
    for words in TEXTS[number]:
        assert len(hook.take(message(words))) == 1


@each(TEXTS)
def test_words_below_a_photo(hook, number):
    assert len(hook.take(message(photo=PHOTO, caption=TEXTS[number][0]))) == 1


@each(TEXTS)
def test_words_that_edit_a_message(hook, number):
    first = message("in 30 min tea")
    hook.take(first)
    edited = {**first["message"], "text": TEXTS[number][0], "edit_date": 1791288400}
    assert len(hook.take({"edited_message": edited})) <= 1
    reminder = Reminder.objects.get(number=1)
    assert reminder.text.strip()
    assert reminder.fire_at or reminder.state != "active"


@each(TEXTS)
def test_words_on_a_button(hook, number):
    hook.take(press(TEXTS[number][0]), press(f"r1:{TEXTS[number][-1]}"[:64]))
    assert Message.objects.filter(kind="toast").count() == 2
    assert not Reminder.objects.exists()


@each(TEXTS)
def test_words_in_every_name(hook, number):
    words = TEXTS[number][0]
    sender = somebody(first_name=words, last_name=words, username=words, language_code=words)
    group = {"id": -next(_ids), "type": "supergroup", "title": words, "username": words}
    file = {"file_id": words, "file_name": f"{words}.ics"}
    hidden = {"type": "hidden_user", "sender_user_name": words}
    told = hook.take(
        message("/remind in 5 min tea", sender=sender, chat=group),
        message(document=file, media_group_id=words, forward_origin=hidden),
    )
    assert [row.text for row in told if "tea" in row.text]
    assert Reminder.objects.get().text == "tea"


MISPLACED = (
    lambda words, chat: message("/ping", chat={**chat, "type": words}),
    lambda words, chat: message("/ping", chat=chat, message_id=words),
    lambda words, chat: message("/ping", chat=chat, date=words),
    lambda words, chat: message(
        "/ping", chat=chat, entities=[{"type": words, "offset": words, "length": words}]
    ),
    lambda words, chat: message("/ping", chat=chat, entities=words),
    lambda words, chat: press(words[:64], id=words, chat_instance=words),
    lambda words, chat: {words or "empty": {"chat": chat, words: words}},
    lambda words, chat: {"my_chat_member": {"chat": chat, "from": somebody(), "date": 1,
                                            "new_chat_member": {"status": words}}},
)  # fmt: skip


@each(TEXTS)
def test_words_where_the_bot_api_has_none(hook, number):
    """Types, ids and kinds that are words: set aside or answered, and nothing waits. Two for each."""
    words, chat = TEXTS[number][-1], {"id": next(_ids), "type": "private"}
    hook.take(*(MISPLACED[(number + step) % len(MISPLACED)](words, chat) for step in (0, 3)))


def _without_words():
    content = {**PHOTO[0], "emoji": "🎲", "value": 3, "phone_number": "1", "question": "?", "title": "x",
               "location": {"latitude": 1.0, "longitude": 2.0}, "latitude": 1.0, "longitude": 2.0}  # fmt: skip
    kinds = ("sticker", "voice", "poll", "dice", "contact", "location", "video_note", "story", "game")
    return [message(photo=PHOTO), *(message(**{kind: content}) for kind in kinds)]


def _edits():
    old = message("in 30 min tea")["message"]
    return [{"message": old}, {"edited_message": {**old, "edit_date": 1}},
            {"edited_message": {**old, "text": "green tea", "edit_date": 2}}]  # fmt: skip


def _channels_and_nobody():
    channel = {"id": -1007, "type": "channel", "title": "News"}
    group = {"id": -1008, "type": "supergroup", "title": "G"}
    body = {"message_id": 1, "date": 0, "text": "/remind in 5 min tea"}
    return [
        {"channel_post": {**body, "chat": channel, "sender_chat": channel}},
        {"message": {**body, "chat": group, "sender_chat": group}},
        {"message": {**body, "chat": group}},
    ]


def _closed_topic():
    group = {"id": -1009, "type": "supergroup", "title": "G", "is_forum": True}
    body = message("/remind in 5 min tea", chat=group)["message"]
    closed = {"message_thread_id": 9, "is_topic_message": True}
    return [
        {"message": {**body, **closed}},
        message(chat=group, forum_topic_closed={}, **closed),
        {"message": {**body, "message_thread_id": 2**63}},
    ]


def _membership():
    group = {"id": -1010, "type": "supergroup", "title": "G"}
    me = {"id": BOT, "is_bot": True, "first_name": "b"}
    steps = itertools.pairwise(["left", "member", "administrator", "restricted", "kicked"])
    return [
        {"my_chat_member": {"chat": group, "from": somebody(), "date": 0,
                            "old_chat_member": {"user": me, "status": before},
                            "new_chat_member": {"user": me, "status": after}}}
        for before, after in steps
    ]  # fmt: skip


def _far_chats():
    return [
        message("/ping", sender=somebody(id=number if abs(number) < 2**63 else 5),
                chat={"id": number, "type": "private", "first_name": "x"})
        for number in (-(10**15), 2**63 - 1, -(2**63) + 1, 2**63, -(2**63), 10**30)
    ]  # fmt: skip


def _odd_people():
    names = [None, "xx", "", "de-AT-x", "🙂", "x" * 500]
    return [
        message("/start", sender={"id": next(_ids), "is_bot": False, "first_name": "🙂" * 64,
                                  "language_code": code})
        for code in names
    ]  # fmt: skip


SHAPES = {
    77: _without_words,
    78: lambda: [message(photo=PHOTO, caption="in 5 min only below a photo")],
    79: lambda: _edits()[:2],
    80: _edits,
    81: lambda: [message(photo=PHOTO, media_group_id="A", message_id=n) for n in range(1, 11)],
    82: lambda: [message("x", forward_origin={"type": "hidden_user", "sender_user_name": "?"})],
    83: _channels_and_nobody,
    84: lambda: [message("x", reply_to_message={"message_id": 10**12, "date": 0})],
    85: _closed_topic,
    86: lambda: [press("\x07" * 64), press("r1:pause:1"), press(f"r1:pause:{10**40}"), press("🙂" * 16)],
    87: lambda: [press("r1:card:1"), press("x", message=None), press("x", message={"message_id": 1})],
    88: lambda: [{"brand_new": {"chat": {"id": 5}, "x": [1, {"y": None}]}}, {"brand_new": 5}, {}],
    89: _far_chats,
    90: lambda: [{"update_id": n, **message("/ping")} for n in (0, -5, 7, 2**62)],
    91: lambda: [message("in 5 min tea", date=n) for n in (0, -1, 4102444800, 10**12, 2**63)],
    92: _odd_people,
    93: _membership,
}  # fmt: skip


@numbered(SHAPES, "shape")
def test_odd_shapes(hook, shape):
    bodies = shape()
    hook.take(*bodies)
    assert len(hook.take(message("/ping and after that"))) == 1
    assert Chat.objects.filter(title="Mia").exists()


@pytest.mark.parametrize("_number", [pytest.param(94, id="94")])
def test_a_flood_is_kept_whole_and_answered_little(hook, full, _number):
    most, flooder = (1000 if full else 200), somebody()
    told = hook.take(
        *(message(f"/ping {n}", sender=flooder, message_id=n) for n in range(1, most + 1))
    )
    assert Message.objects.filter(direction="in").count() == most
    assert len(told) <= HEARD_UNTIL + 1
    assert len(hook.take(message("/ping and somebody else"))) == 1


@pytest.mark.parametrize("number", [pytest.param(2**63, id="90")])
def test_a_number_that_no_row_can_have_is_refused_and_logged(hook, caplog, number):
    assert hook.post({**message("/ping"), "update_id": number}) == 200
    assert not Update.objects.exists()
    assert "update refused by the database" in caplog.text
    caplog.clear()


deep = b'{"a":' * 10_000 + b"1" + b"}" * 10_000
BODIES = {
    "nothing": (b" ", 400),
    "array": (b"[]", 400),
    "word": (b'"text"', 400),
    "null": (b"null", 400),
    "object": (b"{}", 400),
    "cut off": (b"{", 400),
    "number as text": (b'{"update_id": "1"}', 400),
    "true": (b'{"update_id": true}', 400),
    "a half": (b'{"update_id": 1.5}', 400),
    "infinite": (b'{"update_id": 1e400}', 400),
    "5000 digits": (b'{"update_id": ' + b"9" * 5000 + b"}", 400),
    "utf-16": (b'\xff\xfe{"update_id": 1}', 400),
    "invalid utf-8": (b'{"update_id": 8000001, "message": "\xff\xff"}', 400),
    "deep": (deep, 400),
    "deep inside": (b'{"update_id": 8000002, "message": ' + deep + b"}", 400),
    "duplicate keys": (b'{"update_id": 1, "update_id": 8000004, "message": {"message_id": 1}}', 200),
    "1e308": (b'{"update_id": 8000005, "message": {"message_id": 1e308, "chat": {"id": 1e308}}}', 200),
    "NUL": (b'{"update_id": 8000007, "message": {"text": "\\u0000\\ud83d"}}', 200),
    "NaN": (b'{"update_id": 8000008, "\\u0000": NaN, "x": [Infinity, -Infinity]}', 200),
    "10^400": (b'{"update_id": 8000009, "message": {"chat": {"id": 5}, "message_id": 1' + b"0" * 400 + b"}}", 200),
    "too large": (b'{"update_id": 8000010, "x": "' + b"a" * 2**20 + b'"}', 413),
    "large": (b'{"update_id": 8000011, "message": {"chat": {"id": 5}, "message_id": 1, "date": 1, "text": "'
              + "ж".encode() * 500_000 + b'"}}', 200),
    "many entities": (b'{"update_id": 8000012, "message": {"chat": {"id": 5}, "message_id": 1, "text": "x", "entities": ['
                      + b"{}," * 300_000 + b"{}]}}", 200),
}  # fmt: skip


@pytest.mark.parametrize("name", [pytest.param(n, id=f"96 {n}") for n in BODIES])
def test_odd_bodies(hook, name):
    body, status = BODIES[name]
    assert hook.post(body) == status
    hook.handle()
    assert Update.objects.count() == (status == 200)
    assert len(hook.take(message("/ping and after that"))) == 1
