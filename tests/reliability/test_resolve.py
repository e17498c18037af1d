"""The search for a lost answer, step by step, against an account whose ids are known."""

import asyncio
import os

import pytest

from bots.departures import Departures
from bots.errors import Verdict
from bots.probing import ABSURD_ID
from conversations import doubt, parcels
from conversations.migration import follow
from conversations.models import Attempt, Chat, Message
from tests.reliability.account import PERSON, Story, age, refusal

pytestmark = pytest.mark.django_db(transaction=True)
LOG_CHAT = 900


def settle(message: Message, *, is_5xx: bool = False) -> float:
    seconds = asyncio.run(doubt.settle(message, "the answer was lost", is_5xx=is_5xx))
    message.refresh_from_db()
    return seconds


def steps(message: Message) -> list[tuple]:
    found = message.attempts.order_by("-number").first().steps
    return [(step["step"], step.get("id"), step["answer"]) for step in found]


@pytest.fixture
def story(account):
    made = Story(account)
    made.theirs(101)
    made.ours(102)
    return made


def test_a_message_that_arrived_is_found_at_once(story, account):
    lost = story.lost()
    account.put(103, "own", "the words")
    assert settle(lost) == 0
    assert (lost.state, lost.message_id, lost.possible_repeat) == ("sent", 103, False)
    attempt = lost.attempts.get()
    assert (attempt.outcome, attempt.telegram_id, attempt.recheck_at) == ("sent", 103, None)
    assert account.probed()[:2] == [ABSURD_ID, 102], "the control comes first"
    assert Chat.objects.get(pk=lost.chat_id).in_flight is None
    assert steps(lost)[-1] == ("result", None, "delivered")
    assert any("candidate 103: own" in line for line in attempt.timeline)


def test_the_worked_example_of_a_crash(account):
    """Last known 812, killed; the person wrote 814 meanwhile, and 813 is the only id that is left."""
    story = Story(account)
    for number in (807, 808, 810, 811, 812):
        story.theirs(number)
    story.ours(809)
    lost = story.lost(ago=7)
    account.put(813, "own", "the words")
    story.update(1, story.said(814, ago=2))
    assert settle(lost) == 0
    assert lost.message_id == 813
    assert account.probed()[:3] == [ABSURD_ID, 809, 813]
    assert 814 not in account.probed()


def test_the_waiting_updates_come_in_first(story, account):
    lost = story.lost()
    account.pending = 3
    assert settle(lost) == 0.5
    assert account.probed() == []
    account.pending = 0
    account.put(103, "own", "the words")
    assert settle(lost) == 0
    assert lost.message_id == 103


def test_while_it_is_looked_for_the_chat_sends_nothing_else(story, account):
    lost = story.lost()
    other = Message.objects.create(
        chat=story.chat,
        key="other",
        direction="out",
        method="sendMessage",
        text="x",
        state="queued",
    )
    assert settle(lost) > 0
    assert lost.state == "sending"
    with pytest.raises(parcels.BusyError):
        parcels.claim(other.pk)


def test_nothing_is_denied_before_the_settle_time(story, account):
    lost = story.lost()
    story.update(1, story.said(104))
    for seconds in (0.2, 2, 9, 30, 55):
        age(lost, seconds)
        assert settle(lost) > 0, seconds
        assert lost.state == "sending"
    assert len(account.probed()) <= 18, "probes are kept for the end"


def test_a_late_landing_is_found_by_a_later_look(story, account):
    lost = story.lost()
    assert settle(lost) > 0
    account.put(103, "own", "the words")
    assert settle(lost) == 0
    assert (lost.state, lost.message_id) == ("sent", 103)


def test_with_a_later_id_the_absence_is_proof_and_it_is_sent_again_unmarked(story, account):
    lost = story.lost()
    settle(lost)
    age(lost, 80)
    story.update(1, story.said(105, ago=3))
    assert settle(lost) == 0
    assert (lost.state, lost.possible_repeat) == ("queued", False)
    attempt = lost.attempts.get()
    assert attempt.outcome == "not_sent"
    assert attempt.recheck_at is not None
    assert {103, 104} <= set(account.probed())


def test_a_message_the_person_wrote_before_the_settle_time_bounds_nothing(story, account):
    lost = story.lost()
    age(lost, 80)
    story.update(1, story.said(105, ago=40))  # it only came late
    assert settle(lost) == 0
    assert (lost.state, lost.possible_repeat) == ("queued", True)
    assert ("result", None, "no later id is known") in steps(lost)


def test_gaps_alone_prove_it_where_every_id_is_recorded(story, account):
    lost = story.lost()
    for number in (97, 98, 99, 100):
        story.theirs(number)
    age(lost, 70)
    story.ours(103)
    settle(lost)
    assert lost.state == "queued"
    assert not lost.possible_repeat
    assert account.probed() == [ABSURD_ID, 103], "only the control was asked"


def test_the_log_chat_gives_the_bound_and_its_note_is_deleted(story, account, settings):
    settings.TELEGRAM_LOG_CHAT = str(LOG_CHAT)
    lost = story.lost()
    age(lost, 70)
    assert settle(lost) == 0
    assert (lost.state, lost.possible_repeat) == ("queued", False)
    (note,) = account.named("sendMessage")
    assert note["disable_notification"] is True
    assert [one["chat_id"] for one in account.named("deleteMessage")] == [str(LOG_CHAT)]
    assert (LOG_CHAT, 103) not in account.messages


@pytest.mark.parametrize("chat", ["-1001234567890", "@operators", ""])
def test_a_channel_or_supergroup_gives_no_bound(story, account, settings, chat):
    settings.TELEGRAM_LOG_CHAT = chat
    lost = story.lost()
    age(lost, 70)
    settle(lost)
    assert lost.possible_repeat
    assert account.named("sendMessage") == []


def test_the_log_chat_makes_sure_of_the_words(story, account, settings):
    settings.TELEGRAM_LOG_CHAT = str(LOG_CHAT)
    lost = story.lost()
    account.put(103, "own", "somebody else's words")  # a second process with this token
    account.put(104, "own", "the words")
    settle(lost)
    assert (lost.state, lost.message_id) == ("sent", 104)
    assert ("compared", 103, "other words") in steps(lost)


def test_two_own_ids_are_never_guessed_between(story, account):
    lost = story.lost()
    account.put(103, "own", "the words")
    account.put(104, "own", "other words")
    settle(lost)
    assert (lost.state, lost.possible_repeat) == ("queued", True)
    assert ("result", None, "several of our messages could be it") in steps(lost)


def test_another_message_in_doubt_is_never_mixed_up_with_it(story, account):
    held = story.lost("first", key="held", params={"on_doubt": "hold"})
    Message.objects.filter(pk=held.pk).update(state="unknown")
    Attempt.objects.filter(message=held).update(outcome="unknown")
    lost = story.lost()
    account.put(103, "own", "?")
    settle(lost)
    assert lost.possible_repeat


def test_a_message_of_another_chat_is_not_ours(story, account):
    other = Story(account, chat_id=600)
    other.theirs(103)
    account.put(104, "own", "unrecorded", 600)
    lost = story.lost()
    age(lost, 70)
    settle(lost)
    assert lost.state == "queued"


@pytest.mark.parametrize("change", ["own", "foreign", "absent"])
def test_changed_texts_stop_the_search_for_an_hour(story, account, change, caplog):
    if change == "absent":
        account.absent = "Bad Request: something new"
    else:
        account.texts[change] = "Bad Request: something new"
        Attempt.objects.filter(outcome="sent").delete() if change == "foreign" else None
    lost = story.lost()
    account.put(103, "own", "the words")
    settle(lost)
    assert (lost.state, lost.possible_repeat) == ("queued", True)
    assert "no searches for an hour" in str(steps(lost))
    assert "not looked for within the hour" in caplog.text
    asked = len(account.calls)
    Message.objects.filter(pk=lost.pk).update(state="sent", message_id=1)
    again = story.lost("another", key="again")
    settle(again)
    assert again.possible_repeat
    assert len(account.calls) == asked, "nothing was asked"


def test_a_stopped_live_location_is_a_surprise(story, account, monkeypatch):
    lost = story.lost()

    async def stops(method, params, *, patience=0):
        return {"pending_update_count": 0}

    monkeypatch.setattr(account, "call", stops)
    settle(lost)
    assert lost.possible_repeat


def test_deleted_controls_give_way_to_older_ones(story, account):
    story.theirs(104)
    story.ours(105)
    account.messages.pop((PERSON, 105))
    lost = story.lost()
    account.put(106, "own", "the words")
    settle(lost)
    assert lost.message_id == 106
    assert account.probed()[:3] == [ABSURD_ID, 105, 102]


def test_a_cleared_chat_gives_no_proof(story, account):
    account.messages.clear()
    lost = story.lost()
    age(lost, 70)
    settle(lost)
    assert lost.possible_repeat
    assert ("result", None, "no known message of this chat is there to compare with") in steps(lost)


def test_a_deleted_message_the_server_remembers_was_delivered(story, account):
    """A cached one answers as an own message: it existed."""
    lost = story.lost()
    account.put(103, "own", "the words")
    settle(lost)
    assert lost.state == "sent"


@pytest.mark.parametrize("verdict", [Verdict.NOT_SENT, Verdict.UNKNOWN])
def test_a_probe_without_an_answer_is_repeated_later(story, account, verdict):
    lost = story.lost()
    account.put(103, "own", "the words")
    account.on_call = lambda method, params: account.trouble.extend(
        [refusal("retry after 7", verdict, retry_after=7.0)]
        if method != "getWebhookInfo" and len(account.calls) == 4
        else []
    )
    assert settle(lost) == 7
    assert lost.state == "sending"
    assert settle(lost) == 0
    assert lost.message_id == 103


def test_a_chat_that_is_gone_ends_the_search(story, account):
    lost = story.lost()
    account.on_call = lambda method, params: account.trouble.extend(
        [refusal("Forbidden: bot was kicked", Verdict.CHAT_GONE)] if "Live" in method else []
    )
    settle(lost)
    assert lost.state == "queued"
    from bots.probing import trust

    assert not trust.is_withdrawn(story.bot.pk)


def test_at_most_thirty_ids_are_asked_about(story, account):
    lost = story.lost()
    for seconds in (0.2, 1.5, 4, 9, 25):
        age(lost, seconds)
        settle(lost)
    age(lost, 80)
    story.update(1, story.said(160, ago=3))
    settle(lost)
    assert len(account.probed()) == 30
    assert (lost.state, lost.possible_repeat) == ("queued", True)
    assert ("result", None, "too many ids could be it") in steps(lost)


@pytest.mark.parametrize("kind", ["callback_query", "message"])
def test_a_pressed_button_or_a_reply_names_it_without_a_probe(story, account, kind):
    lost = story.lost()
    shown = {"message_id": 103, "text": "the words", "from": {"id": story.bot.pk, "is_bot": True}}
    chat = {"id": PERSON, "type": "private"}
    body = story.said(104, reply_to_message=shown)
    if kind == "callback_query":
        body = {"id": "1", "from": {"id": PERSON}, "data": "x", "message": {**shown, "chat": chat}}
    story.update(1, body, kind)
    settle(lost)
    assert (lost.state, lost.message_id) == ("sent", 103)
    assert account.probed() == []


def test_a_group_that_was_upgraded_meanwhile_is_searched_under_its_old_id(account):
    story = Story(account, chat_id=-77, kind="group")
    story.theirs(101)
    story.ours(102)
    lost = story.lost()
    follow(story.chat.pk, -1000000000077)
    account.put(103, "own", "the words", -77)
    settle(lost)
    assert (lost.state, lost.message_id) == ("sent", 103)
    assert {params["chat_id"] for _, params in account.calls if "chat_id" in params} == {-77}
    assert Chat.objects.get(pk=story.chat.pk).highest_message_id == 0, "the new counter is its own"


@pytest.mark.parametrize("kind", ["supergroup", "channel"])
def test_supergroups_and_channels_keep_to_the_policy(account, kind):
    story = Story(account, chat_id=-1000000000005, kind=kind)
    story.ours(3)
    lost = story.lost()
    settle(lost)
    assert (lost.state, lost.possible_repeat) == ("queued", True)
    assert account.calls == []


def test_it_can_be_turned_off(story, account, settings):
    settings.TELEGRAM_RESOLVE = False
    lost = story.lost()
    settle(lost)
    assert (lost.state, lost.possible_repeat) == ("queued", True)
    assert account.calls == []


def test_what_is_held_is_left_to_an_operator(story, account):
    lost = story.lost(params={"on_doubt": "hold"})
    age(lost, 70)
    settle(lost)
    assert (lost.state, lost.possible_repeat) == ("unknown", False)


def test_a_second_doubt_is_not_repeated_again(story, account, settings):
    settings.TELEGRAM_RESOLVE = False
    lost = story.lost()
    settle(lost)
    parcels.claim(lost.pk)
    settle(lost)
    assert lost.state == "unknown"
    assert lost.attempts.count() == 2


def test_after_5xx_pages_it_is_repeated_three_times(story, account, settings):
    settings.TELEGRAM_RESOLVE = False
    lost = story.lost()
    for states in ("queued", "queued", "queued", "unknown"):
        settle(lost, is_5xx=True)
        assert lost.state == states
        if lost.state == "queued":
            parcels.claim(lost.pk)
    assert [one.outcome for one in lost.attempts.all()] == 4 * ["server_error"]
    assert lost.possible_repeat


def test_after_a_5xx_page_a_lost_answer_is_still_a_doubt(story, account, settings):
    settings.TELEGRAM_RESOLVE = False
    lost = story.lost()
    for is_5xx, state in ((True, "queued"), (False, "queued"), (False, "unknown")):
        settle(lost, is_5xx=is_5xx)
        assert lost.state == state
        if lost.state == "queued":
            parcels.claim(lost.pk)


def test_a_process_that_comes_late_with_its_finding_changes_nothing(story, account):
    """It was frozen; another one has concluded and is sending again."""
    lost = story.lost()
    age(lost, 80)
    story.update(1, story.said(105, ago=3))
    first = lost.attempts.get()
    settle(lost)
    parcels.claim(lost.pk)
    from conversations.search import UNKNOWN

    doubt._conclude(first, UNKNOWN, "late")
    lost.refresh_from_db()
    assert lost.state == "sending"


def test_what_a_killed_process_had_not_called_yet_is_sent_again_unmarked(
    story, account, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    killed = Departures()
    killed.open()
    lost = story.lost()
    killed.begin(lost.attempts.get().key)
    assert settle(lost) > 0, "as long as the process lives it may still call"
    os.close(killed._page.fileno)
    assert settle(lost) == 0
    assert (lost.state, lost.possible_repeat) == ("queued", False)
    attempt = lost.attempts.get()
    assert (attempt.outcome, attempt.recheck_at) == ("not_sent", None)
    assert Chat.objects.get(pk=lost.chat_id).in_flight is None
