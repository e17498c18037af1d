"""The answers a resolver of lost sends relies on, and the faults it must survive."""

import asyncio
import time

import httpx
import pytest

from tests.machine import within

pytestmark = pytest.mark.acceptance
ABSENT = "400 Bad Request: message to edit not found"
FOREIGN = "400 Bad Request: message can't be edited"
OWN = "400 Bad Request: there is no live location in the message to edit"
INLINE = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
REPLY = {"keyboard": [["A"]]}


async def probe(talk, number, chat_id=0):
    return await talk.refusal(
        "stopMessageLiveLocation", chat_id=chat_id or talk.person, message_id=number
    )


async def test_absent_foreign_and_own_are_told_apart(talk):
    own = (await talk.send("mine"))["message_id"]
    theirs = (await talk.write("theirs"))["message_id"]
    assert await probe(talk, own) == OWN
    assert await probe(talk, theirs) == FOREIGN
    assert await probe(talk, theirs + 1) == ABSENT


async def test_a_message_of_another_chat_is_absent(talk):
    group = await talk.group()
    elsewhere = (await talk.send(chat_id=group["chat_id"]))["message_id"]
    assert await probe(talk, elsewhere) == ABSENT
    assert await probe(talk, elsewhere, group["chat_id"]) == OWN


@pytest.mark.parametrize(("cached", "answer"), [(False, ABSENT), (True, OWN)])
async def test_a_deleted_message_is_absent_unless_the_server_remembers_it(talk, cached, answer):
    number = (await talk.send())["message_id"]
    await talk.act(f"chats/{talk.chat}/delete", message_id=number, cached=cached)
    assert await probe(talk, number) == answer


@pytest.mark.parametrize(
    ("method", "params", "answer"),
    [
        ("sendMessage", {"text": "x", "reply_markup": INLINE}, OWN),
        ("sendMessage", {"text": "x", "reply_markup": REPLY}, FOREIGN),
        ("sendMessage", {"text": "x", "reply_markup": {"remove_keyboard": True}}, FOREIGN),
        ("sendMessage", {"text": "x", "reply_markup": {"force_reply": True}}, FOREIGN),
        ("sendDice", {}, FOREIGN),
        ("sendContact", {"phone_number": "1", "first_name": "x"}, FOREIGN),
        ("sendLocation", {"latitude": 1, "longitude": 2}, FOREIGN),
    ],
)
async def test_each_kind_of_own_message_answers_as_telegram_does(talk, method, params, answer):
    sent = await talk.result(method, chat_id=talk.person, **params)
    assert await probe(talk, sent["message_id"]) == answer


async def test_service_messages_and_own_forwards_look_foreign(talk):
    group = await talk.group()
    await talk.updates(offset=-1)
    (service,) = await talk.updates(offset=-1)
    assert await probe(talk, service["message"]["message_id"], group["chat_id"]) == FOREIGN
    number = (await talk.send())["message_id"]
    to = {"chat_id": talk.person, "from_chat_id": talk.person, "message_id": number}
    forwarded = await talk.result("forwardMessage", **to)
    assert forwarded["forward_origin"]["sender_user"]["id"] == talk.bot
    assert await probe(talk, forwarded["message_id"]) == FOREIGN


@pytest.mark.parametrize(("rights", "answer"), [({}, FOREIGN), ({"can_edit_messages": True}, OWN)])
async def test_in_a_channel_others_posts_look_own_with_the_right_to_edit(talk, rights, answer):
    channel = await talk.group("channel")
    path = f"chats/{channel['id']}"
    body = {"bot": talk.bot, "status": "administrator", "rights": rights}
    await talk.act(f"{path}/members", **body)
    post = await talk.write("theirs", chat=channel["id"])
    assert await probe(talk, post["message_id"], channel["chat_id"]) == answer


async def test_a_live_location_is_stopped_by_the_probe(talk):
    place = {"latitude": 1, "longitude": 2, "live_period": 60}
    sent = await talk.result("sendLocation", chat_id=talk.person, **place)
    to = {"chat_id": talk.person, "message_id": sent["message_id"]}
    assert "live_period" not in (await talk.result("stopMessageLiveLocation", **to))["location"]


async def test_the_keyboard_probe_tells_same_from_other(talk):
    sent = await talk.send(reply_markup=INLINE)
    to = {"chat_id": talk.person, "message_id": sent["message_id"], "reply_markup": INLINE}
    assert "message is not modified" in await talk.refusal("editMessageReplyMarkup", **to)
    await talk.act(f"chats/{talk.chat}/delete", message_id=sent["message_id"], cached=True)
    gone = await talk.refusal("editMessageReplyMarkup", **to)
    assert gone == "400 Bad Request: MESSAGE_ID_INVALID"


async def test_a_blocked_bot_may_still_probe_and_an_old_group_too(talk):
    number = (await talk.send())["message_id"]
    await talk.act(f"chats/{talk.chat}/block")
    assert await probe(talk, number) == OWN
    group = await talk.group()
    in_group = (await talk.send(chat_id=group["chat_id"]))["message_id"]
    await talk.act(f"chats/{group['id']}/migrate")
    assert await probe(talk, in_group, group["chat_id"]) == OWN


async def test_a_send_can_land_after_its_connection_was_dropped(talk):
    people = talk.sandbox.people
    fault = {"method": "sendMessage", "chat_id": talk.person, "drop": True, "seconds": 0.3}
    await people.post("faults", **fault)
    with pytest.raises(httpx.HTTPError):
        await talk.send("late")
    assert (await people.get("sends", bot=talk.bot))["sends"] == []
    (row,) = await people.wait_for_sends(0, 1, bot=talk.bot)
    assert row["text"] == "late"


async def test_a_call_can_be_refused_before_or_after_it_was_accepted(talk):
    people = talk.sandbox.people
    error = {"error_code": 429, "description": "Too Many Requests: retry after 3"}
    for accept in (False, True):
        await people.post(
            "faults", chat_id=talk.person, accept=accept, parameters={"retry_after": 3}, **error
        )
        answer = await talk.sandbox.call("sendMessage", chat_id=talk.person, text=str(accept))
        assert answer["parameters"] == {"retry_after": 3}
    log = await people.get("sends", bot=talk.bot)
    assert [row["text"] for row in log["sends"]] == ["True"]


async def test_error_texts_can_change(talk):
    await talk.sandbox.people.post("texts", **{"message to edit not found": "no such message"})
    try:
        assert await probe(talk, 99999) == "400 Bad Request: no such message"
    finally:
        await talk.sandbox.people.post("faults/clear")
    assert await probe(talk, 99999) == ABSENT


async def test_long_polls_do_not_block_other_calls(talk):
    polls = [
        asyncio.create_task(talk.sandbox.people.get("changes", after=10**9, timeout=20))
        for _ in range(20)
    ]
    before = time.monotonic()
    await talk.send()
    assert time.monotonic() - before < within(2)
    for poll in polls:
        poll.cancel()
    await asyncio.gather(*polls, return_exceptions=True)
