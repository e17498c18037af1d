"""Minutes after a message was sent again: the first copy came after all, or it did not."""

import asyncio
from datetime import timedelta

import pytest
from django.utils import timezone

from bots.errors import Verdict
from conversations import doubt, parcels
from conversations.ghosts import Ghosts
from conversations.models import Attempt, Message
from tests.reliability.account import PERSON, Story, age, refusal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def resent(account) -> Message:
    """A message that was proven not to have arrived, and was sent again as 106."""
    story = Story(account)
    story.theirs(101)
    story.ours(102)
    row = story.lost()
    age(row, 80)
    story.update(1, story.said(105, ago=3))
    asyncio.run(doubt.settle(row, "lost"))
    parcel = parcels.claim(row.pk)
    account.put(106, "own", "the words")
    parcels.note_sent(parcel, {"message_id": 106})
    row.refresh_from_db()
    return row


def sweep(row: Message) -> int:
    """Let the time for the second look come."""
    first = row.attempts.get(number=1)
    assert first.recheck_at > timezone.now() + timedelta(minutes=4)
    Attempt.objects.filter(pk=first.pk).update(recheck_at=timezone.now())
    return looks(row)


def looks(row: Message) -> int:
    count = asyncio.run(Ghosts().sweep())
    row.refresh_from_db()
    return count


def end_of(row: Message) -> tuple[str, str]:
    first = row.attempts.get(number=1)
    return first.outcome, first.steps[-1]["answer"]


def test_no_late_copy_ends_it(resent):
    assert sweep(resent) == 1
    assert resent.message_id == 106
    assert end_of(resent) == ("not_sent", "no late copy")
    assert looks(resent) == 0


def test_a_late_copy_stays_and_the_recorded_second_one_is_deleted(resent, account):
    account.put(103, "own", "the words")
    sweep(resent)
    assert account.named("deleteMessage") == [{"chat_id": PERSON, "message_id": 106}]
    assert resent.message_id == 103
    assert end_of(resent) == ("ghost", "the second copy, 106, was deleted")
    assert resent.attempts.get(number=1).telegram_id == 103


def test_a_second_copy_that_cannot_be_deleted_says_that_it_is_a_repeat(resent, account):
    account.put(103, "own", "the words")
    account.deletes = False
    sweep(resent)
    assert account.messages[PERSON, 106][1] == "the words\n(this is a repeat)"
    assert resent.message_id == 106


def test_a_second_copy_that_was_answered_is_left_alone(resent, account):
    account.put(103, "own", "the words")
    Message.objects.create(
        chat=resent.chat,
        key="press",
        direction="in",
        kind="callback",
        state="received",
        target=resent,
    )
    sweep(resent)
    assert account.named("deleteMessage") == []
    assert "both copies stay" in end_of(resent)[1]


def test_a_guessed_id_is_never_deleted(resent, account):
    account.put(103, "own", "one")
    account.put(104, "own", "another")
    sweep(resent)
    assert account.named("deleteMessage") == []
    assert end_of(resent) == ("not_sent", "cannot be told")


def test_somebody_elses_words_are_no_late_copy(resent, account, settings):
    settings.TELEGRAM_LOG_CHAT = "900"
    account.put(103, "own", "other words")
    sweep(resent)
    assert {one["chat_id"] for one in account.named("deleteMessage")} == {"900"}
    assert end_of(resent) == ("not_sent", "no late copy")


@pytest.mark.parametrize("moment", ["probe", "delete"])
def test_a_look_without_an_answer_is_made_again(resent, account, moment):
    account.put(103, "own", "the words")
    wanted = "stopMessageLiveLocation" if moment == "probe" else "deleteMessage"
    account.on_call = lambda method, params: account.trouble.extend(
        [refusal("away", Verdict.UNKNOWN)] if method == wanted and not account.trouble else []
    )
    sweep(resent)
    first = resent.attempts.get(number=1)
    assert first.recheck_at is not None, "its lease runs"
    account.on_call = lambda method, params: None
    Attempt.objects.filter(pk=first.pk).update(recheck_at=timezone.now())
    looks(resent)
    assert end_of(resent)[0] == "ghost"


def test_two_workers_never_look_at_one_attempt_together(resent, account):
    resent.attempts.filter(number=1).update(recheck_at=timezone.now())
    assert looks(resent) == 1
    assert looks(resent) == 0
