"""A broadcast reaches each open chat once, can be held and stopped, and ends (O19)."""

import asyncio
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from temporalio import activity

from bots.database import in_database
from bots.temporal import build_worker, connect
from conversations.contracts import Delivered, Delivery
from conversations.models import Chat, Message
from conversations.operators import AuditEntry
from reminders import activities, broadcasting
from reminders.broadcast_contracts import BroadcastInput
from reminders.broadcast_workflow import BroadcastWorkflow
from reminders.models import Broadcast, BroadcastRecipient
from tests.followups.conftest import make_chat, signed_in
from tests.machine import within

pytestmark = pytest.mark.django_db
TEXT = "We are moving house on Sunday."
State = Broadcast.State


@pytest.fixture
def chats(bot):
    people = [make_chat(bot, number, f"P{number}") for number in range(11, 36)]
    blocked = make_chat(bot, 50, "Blocked", state=Chat.State.BLOCKED)
    return [*people, blocked]


@pytest.fixture
def draft(operator):
    return Broadcast.objects.create(text=TEXT, author=operator, author_name="operator")


def mark_sent(ids):
    for number, pk in enumerate(ids, 1):
        Message.objects.filter(pk=pk).update(state="sent", message_id=1000 + number)


def test_starting_fixes_who_gets_it(chats, draft, bot):
    assert broadcasting.start(draft)
    make_chat(bot, 60, "Newcomer")
    assert (draft.state, draft.total) == ("sending", 26)
    assert not broadcasting.start(draft)
    assert draft.recipients.count() == 26


def test_chunks_carry_each_chat_once_and_skip_the_closed(chats, draft):
    broadcasting.start(draft)
    first = broadcasting.next_chunk(draft.pk, 20)
    mark_sent(first.message_ids)
    second = broadcasting.next_chunk(draft.pk, 20)
    mark_sent(second.message_ids)
    end = broadcasting.next_chunk(draft.pk, 20)
    assert (len(first.message_ids), len(second.message_ids)) == (20, 5)
    assert not end.goes_on
    draft.refresh_from_db()
    assert draft.state == "finished"
    assert draft.counts() == {
        "waiting": 0, "skipped": 1, "on_its_way": 0, "sent": 25, "failed": 0, "unknown": 0,
    }  # fmt: skip
    assert draft.recipients.get(chat__title="Blocked").outcome == "blocked the bot"


def test_what_an_earlier_run_left_unsent_comes_again_not_anew(chats, draft):
    broadcasting.start(draft)
    first = broadcasting.next_chunk(draft.pk, 20)
    again = broadcasting.next_chunk(draft.pk, 20)
    assert again.message_ids[:10] == first.message_ids[:10]
    assert Message.objects.count() == 25


def test_a_paused_one_writes_nothing_until_it_goes_on(chats, draft):
    broadcasting.start(draft)
    assert broadcasting.set_state(draft, State.SENDING, after=State.PAUSED)
    assert broadcasting.next_chunk(draft.pk, 20).waits
    assert not Message.objects.exists()
    assert broadcasting.set_state(draft, State.PAUSED, after=State.SENDING)
    assert broadcasting.next_chunk(draft.pk, 20).message_ids


def test_a_stopped_one_reaches_nobody_else(chats, draft):
    broadcasting.start(draft)
    mark_sent(broadcasting.next_chunk(draft.pk, 20).message_ids)
    assert broadcasting.set_state(draft, State.SENDING, State.PAUSED, after=State.CANCELLED)
    assert not broadcasting.next_chunk(draft.pk, 20).goes_on
    assert draft.counts()["sent"] == 20
    assert draft.counts()["waiting"] == 6 - 0


@pytest.mark.parametrize(
    ("audience", "wanted"),
    [
        ({}, 4),
        ({"types": ["private"]}, 3),
        ({"types": ["group", "supergroup"]}, 1),
        ({"language": "de"}, 1),
        ({"active_days": 7}, 1),
        ({"bot": 999}, 0),
    ],
)
def test_the_audience_is_narrowed(bot, audience, wanted):
    make_chat(bot, 1, "A")
    make_chat(bot, 2, "B", language="de")
    make_chat(bot, 3, "C", last_incoming_at=timezone.now())
    make_chat(bot, -4, "D", type="supergroup")
    make_chat(bot, -5, "E", type="group", state=Chat.State.MIGRATED)
    assert broadcasting.audience_of(audience).count() == wanted


@pytest.mark.acceptance
@pytest.mark.django_db(transaction=True)
async def test_the_workflow_sends_to_the_end_and_waits_while_it_is_paused(embedded, settings, bot):
    settings.TEMPORAL_TASK_QUEUE = queue = f"q-{uuid.uuid4()}"
    draft, sent = await in_database(_prepared, bot), []
    client = await connect(target=embedded.address)

    @activity.defn(name="deliver")
    async def deliver(delivery: Delivery) -> Delivered:
        sent.append(delivery.message_id)
        await in_database(mark_sent, [delivery.message_id])
        return Delivered("sent")

    contracts = ["conversations.contracts", "reminders.broadcast_contracts"]
    acts = [activities.next_chunk, deliver]
    async with build_worker(client, [BroadcastWorkflow], acts, passed_through=contracts):
        handle = await client.start_workflow(
            BroadcastWorkflow.run, BroadcastInput(draft.pk), id=queue, task_queue=queue
        )
        await asyncio.wait_for(_until(lambda: len(sent) >= 20), within(20))
        await in_database(draft.move, State.SENDING, after=State.PAUSED)
        before = len(sent)
        await handle.signal(BroadcastWorkflow.nudge)
        await in_database(draft.move, State.PAUSED, after=State.SENDING)
        await handle.signal(BroadcastWorkflow.nudge)
        await asyncio.wait_for(handle.result(), within(20))
    await in_database(draft.refresh_from_db)
    assert 20 <= before <= 25
    assert (len(sent), len(set(sent)), draft.state) == (25, 25, "finished")


def _prepared(bot):
    for number in range(11, 36):
        make_chat(bot, number, f"P{number}")
    draft = Broadcast.objects.create(text=TEXT)
    broadcasting.start(draft)
    return draft


async def _until(condition):
    while not condition():
        await asyncio.sleep(0.02)


def page_of(broadcast, name="change", *more):
    return reverse(f"admin:reminders_broadcast_{name}", args=[broadcast.pk, *more])


def test_a_draft_is_written_previewed_started_held_and_stopped(desk, chats):
    data = {"text": TEXT, "reason": "maintenance", "language": "en"}
    desk.post("/admin/reminders/broadcast/add/", data)
    draft = Broadcast.objects.get()
    page = desk.get(page_of(draft)).content.decode()
    assert "25 chats get it" in page
    assert "1 that blocked the bot or cannot be reached is skipped" in page
    assert not BroadcastRecipient.objects.exists()
    for verb, state in (
        ("start", "sending"), ("pause", "paused"), ("resume", "sending"), ("cancel", "cancelled"),
    ):  # fmt: skip
        desk.post(page_of(draft, "do", verb))
        draft.refresh_from_db()
        assert draft.state == state
    assert "came too late" in desk.post(page_of(draft, "do", "pause"), follow=True).content.decode()
    assert AuditEntry.objects.filter(verb="start broadcast").exists()


def test_looking_at_an_address_that_starts_it_starts_nothing(desk, draft):
    assert desk.get(page_of(draft, "do", "start")).status_code == 405
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_one_that_has_started_is_written_no_more(desk, draft):
    broadcasting.start(draft)
    assert desk.post(page_of(draft), {"text": "other", "reason": "x"}).status_code == 403
    draft.refresh_from_db()
    assert draft.text == TEXT


def test_its_author_tries_it_on_their_own_chat_first(desk, draft, bot, settings):
    settings.ADMIN_USERS = [77]
    own, other = make_chat(bot, 77, "Me"), make_chat(bot, 78, "Somebody else")
    desk.post(page_of(draft, "try"), {"chat": own.pk})
    message = Message.objects.get()
    assert (message.chat, message.text) == (own, TEXT)
    assert desk.post(page_of(draft, "try"), {"chat": other.pk}).status_code == 404


@pytest.mark.parametrize("role", ["viewer", "blind"])
def test_who_may_not_write_or_read_starts_nothing(role, draft, request):
    client = signed_in(request.getfixturevalue(role))
    assert client.post(page_of(draft, "do", "start")).status_code == 403
    assert client.post(page_of(draft), {"text": "x", "reason": "x"}).status_code == 403
    assert TEXT not in client.get(page_of(draft)).content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"
