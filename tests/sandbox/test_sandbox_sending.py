"""What a bot sends is checked, counted, shown and logged as Telegram would."""

import pytest

from bots.sandbox.methods import METHODS

pytestmark = pytest.mark.acceptance
TWO_BUTTONS = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


@pytest.mark.parametrize(
    ("params", "answer"),
    [
        ({"text": ""}, "400 Bad Request: message text is empty"),
        ({"text": " \n "}, "400 Bad Request: message text is empty"),
        ({"text": "x" * 4097}, "400 Bad Request: message is too long"),
        ({"chat_id": 1}, "400 Bad Request: chat not found"),
        ({"chat_id": ""}, "400 Bad Request: chat_id is empty"),
        ({"text": "\ud800"}, "400 Bad Request: strings must be encoded in UTF-8"),
        ({"reply_parameters": {"message_id": 99999}},
         "400 Bad Request: message to be replied not found"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "x" * 65}]]}},
         "400 Bad Request: BUTTON_DATA_INVALID"),
        ({"message_thread_id": 5}, "400 Bad Request: message thread not found"),
    ],
)  # fmt: skip
async def test_what_telegram_refuses_is_refused(talk, params, answer):
    assert await talk.refusal("sendMessage", **{"chat_id": talk.person, "text": "x"} | params) == (
        answer
    )


async def test_markup_does_not_count_as_text(talk):
    sent = await talk.send("<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent["text"]) == 4096


async def test_unknown_methods_and_tokens(talk):
    assert await talk.refusal("sendNothing") == "404 Not Found"
    wrong = await talk.sandbox.call("getMe", token=f"{talk.bot}:other")
    assert (wrong["error_code"], wrong["description"]) == (401, "Unauthorized")
    await talk.sandbox.people.post("bots", token=f"{talk.bot}:test", revoked=True)
    assert await talk.refusal("getMe") == "401 Unauthorized"


async def test_a_bot_may_write_only_to_whom_wrote_first_and_did_not_block_it(talk):
    stranger = await talk.sandbox.people.post("people", first_name="Shy")
    body = {"kind": "private", "bot": talk.bot, "person": stranger["id"]}
    await talk.sandbox.people.post("chats", **body)
    refused = await talk.refusal("sendMessage", chat_id=stranger["id"], text="x")
    assert refused == "403 Forbidden: bot can't initiate conversation with a user"
    await talk.act(f"chats/{talk.chat}/block")
    blocked = await talk.refusal("sendMessage", chat_id=talk.person, text="x")
    assert blocked == "403 Forbidden: bot was blocked by the user"
    (update,) = await talk.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await talk.act(f"people/{talk.person}", deactivated=True)
    gone = await talk.refusal("sendMessage", chat_id=talk.person, text="x")
    assert gone == "403 Forbidden: user is deactivated"


async def test_private_chats_and_basic_groups_share_a_counter_and_supergroups_do_not(talk):
    group, wide = await talk.group(), await talk.group("supergroup")
    start = (await talk.send())["message_id"]
    in_group = (await talk.send(chat_id=group["chat_id"]))["message_id"]
    in_wide = (await talk.send(chat_id=wide["chat_id"]))["message_id"]
    written = (await talk.write())["message_id"]
    assert (in_group, written) == (start + 1, start + 2)
    assert in_wide == 2
    assert (await talk.send(chat_id=wide["chat_id"]))["message_id"] == 3


async def test_a_migrated_group_names_its_new_number(talk):
    group = await talk.group()
    await talk.updates(offset=-1)
    new = await talk.act(f"chats/{group['id']}/migrate")
    answer = await talk.sandbox.call("sendMessage", chat_id=group["chat_id"], text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new["chat_id"]}
    assert (await talk.send(chat_id=new["chat_id"]))["chat"]["type"] == "supergroup"
    told = [update["message"] for update in await talk.updates() if "message" in update]
    assert {"migrate_to_chat_id", "migrate_from_chat_id"} <= {name for one in told for name in one}


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("kicked", "403 Forbidden: bot was kicked from the group chat"),
        ("left", "403 Forbidden: bot is not a member of the group chat"),
        ("restricted", "400 Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_a_bot_that_was_removed_or_muted_is_told(talk, status, answer):
    group = await talk.group()
    await talk.act(f"chats/{group['id']}/members", bot=talk.bot, status=status)
    assert await talk.refusal("sendMessage", chat_id=group["chat_id"], text="x") == answer


async def test_privacy_mode_hides_what_is_not_for_the_bot(talk):
    group = await talk.group("supergroup")
    await talk.updates(offset=-1)
    (last,) = await talk.updates(offset=-1)
    sent = await talk.send(chat_id=group["chat_id"])
    for text in ("just us", "/list", "/list@somebody_else_bot"):
        await talk.write(text, chat=group["id"])
    await talk.write("an answer", chat=group["id"], reply_to=sent["message_id"])
    found = await talk.updates(offset=last["update_id"] + 1)
    assert [update["message"]["text"] for update in found] == ["/list", "an answer"]


async def test_a_topic_is_kept_and_a_closed_one_refused(talk):
    forum = await talk.group("supergroup", forum=True)
    opened = await talk.act(f"chats/{forum['id']}/topics", name="Trips")
    thread = opened["topics"][0]["message_thread_id"]
    to = {"chat_id": forum["chat_id"], "message_thread_id": thread}
    assert (await talk.send(**to))["message_thread_id"] == thread
    await talk.act(f"chats/{forum['id']}/topics", message_thread_id=thread, closed=True)
    assert await talk.refusal("sendMessage", text="x", **to) == "400 Bad Request: TOPIC_CLOSED"


async def test_edits_change_or_say_that_nothing_changed(talk):
    sent = await talk.send("one", reply_markup=TWO_BUTTONS)
    to = {"chat_id": talk.person, "message_id": sent["message_id"]}
    edited = await talk.result("editMessageText", text="two", **to)
    assert (edited["text"], "reply_markup" in edited) == ("two", False)
    again = await talk.refusal("editMessageText", text="two", **to)
    assert again.startswith("400 Bad Request: message is not modified: specified new message")
    await talk.result("deleteMessage", **to)
    gone = await talk.refusal("editMessageText", text="three", **to)
    assert gone == "400 Bad Request: message to edit not found"


async def test_a_press_waits_for_its_answer_which_counts_once(talk):
    sent = await talk.send("?", reply_markup=TWO_BUTTONS)
    path = f"chats/{talk.chat}/press"
    press = await talk.act(path, message_id=sent["message_id"], data="a", timeout=0)
    assert press["answered"] is False
    (update,) = await talk.updates()
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("a", sent["message_id"])
    answer = {"callback_query_id": query["id"], "text": "Done"}
    assert await talk.result("answerCallbackQuery", **answer) is True
    assert (await talk.refusal("answerCallbackQuery", **answer)).startswith(
        "400 Bad Request: query is too old and response timeout expired"
    )


async def test_files_are_uploaded_fetched_and_sent_again(talk):
    sandbox = talk.sandbox
    address = f"/bot{sandbox.token}/sendDocument"
    files = {"document": ("notes.txt", b"abc", "text/plain")}
    form = {"chat_id": str(talk.person), "caption": "<b>c</b>", "parse_mode": "HTML"}
    answer = await sandbox.people.client.post(address, data=form, files=files)
    message = answer.json()["result"]
    assert message["document"]["file_name"] == "notes.txt"
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    found = await talk.result("getFile", file_id=message["document"]["file_id"])
    path = f"/file/bot{sandbox.token}/{found['file_path']}"
    assert (await sandbox.people.client.get(path)).content == b"abc"
    again = await talk.result("sendDocument", chat_id=talk.person, document=found["file_id"])
    assert again["document"]["file_unique_id"] == found["file_unique_id"]


ODD = ("", "x", -1, 10**30, [], [[]], {}, {"a": 1}, "[", '[{"type": "bold", "offset": "x"}]')
NAMES = (
    *("chat_id", "text", "entities", "reply_markup", "reply_parameters", "message_id", "offset"),
    *("message_ids", "commands", "scope", "latitude", "reaction", "allowed_updates", "file_id"),
)


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_odd_parameters_are_refused_and_never_break_anything(talk, method):
    sent = await talk.send()
    usual = {"chat_id": talk.person, "message_id": sent["message_id"], "text": "x"}
    for place, odd in enumerate(ODD):
        for name in (NAMES[place], NAMES[place + 4], NAMES[(place * 3) % len(NAMES)]):
            answer = await talk.sandbox.call(method, **usual | {name: odd})
            assert answer.get("error_code", 200) < 500, (name, odd)


async def test_accepted_sends_are_logged_and_refused_ones_are_not(talk):
    await talk.refusal("sendMessage", chat_id=talk.person, text="")
    sent = await talk.send("logged")
    log = await talk.sandbox.people.get("sends", bot=talk.bot)
    (row,) = log["sends"]
    assert (row["method"], row["message_id"]) == ("sendMessage", sent["message_id"])
    assert (row["text"], row["payload"]["text"]) == ("logged", "logged")
    assert (await talk.sandbox.people.get("sends", bot=talk.bot, after=log["after"]))["sends"] == []


async def test_other_sites_and_other_content_types_are_refused(talk):
    client = talk.sandbox.people.client
    foreign = await client.post(
        "/sandbox/api/people", json={"first_name": "x"}, headers={"Origin": "https://evil.example"}
    )
    form = await client.post("/sandbox/api/people", data={"first_name": "x"})
    rebound = await client.get("/sandbox/api/state", headers={"Host": "evil.example"})
    assert (foreign.status_code, form.status_code, rebound.status_code) == (403, 415, 403)
