"""Every update is one row, however often and in whatever order it comes."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from telegram.error import NetworkError

from bots import inbox
from bots.inbox import Inbox, RawUpdate, store
from bots.models import Bot, Update

BOT = 42


@pytest.fixture
def bot(db):
    return Bot.objects.create(pk=BOT)


def raw(update_id, **body):
    return {"update_id": update_id, "message": {"chat": {"id": 7}, "message_id": 1, **body}}


def test_a_repeat_is_counted_and_not_stored_again(bot):
    assert [store(BOT, raw(5)) for _ in range(3)] == [True, False, False]
    assert Update.objects.get().repeats == 2


def test_the_same_number_of_another_bot_is_another_update(bot):
    Bot.objects.create(pk=43)
    assert store(BOT, raw(5))
    assert store(43, raw(5))


def test_sequences_keep_growing_when_telegram_restarts_its_ids(bot):
    store(BOT, raw(900))
    Bot.objects.filter(pk=BOT).update(last_received_at=timezone.now() - timedelta(days=8))
    store(BOT, raw(3))
    store(BOT, raw(4))
    first, second, third = Update.objects.order_by("pk").values_list("sequence", flat=True)
    assert first < second < third


def test_a_lower_id_without_a_silence_is_out_of_order(bot):
    store(BOT, raw(900))
    store(BOT, raw(899))
    first, second = Update.objects.order_by("pk").values_list("sequence", flat=True)
    assert second < first


@pytest.mark.parametrize(
    "kind", ["edited_message", "callback_query", "my_chat_member", "something_new"]
)
def test_every_kind_has_a_sequence(bot, kind):
    body = (
        {"message": {"chat": {"id": 7}}, "data": "x"}
        if kind == "callback_query"
        else {"chat": {"id": 7}}
    )
    store(BOT, {"update_id": 6, kind: body})
    row = Update.objects.get()
    assert (row.kind, row.chat_id, row.sequence) == (kind, 7, 6)


def test_what_no_database_takes_is_cleaned(bot):
    store(BOT, raw(7, text="a\x00b\ud83dc", number=float("inf")))
    message = Update.objects.get().payload["message"]
    assert message["text"] == "a b\ufffdc"
    assert message["number"] is None


@pytest.mark.django_db(transaction=True)
async def test_trouble_with_the_database_makes_ptb_ask_again(monkeypatch):
    def fail(bot_id, item):
        raise OperationalError("locked")

    monkeypatch.setattr(inbox, "store", fail)
    woken = []
    with pytest.raises(NetworkError):
        await Inbox(BOT, lambda: woken.append(1)).put(RawUpdate(1, raw(1)))
    assert woken == []
