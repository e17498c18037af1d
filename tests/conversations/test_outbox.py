"""The outbox: one claim wins, one message in flight per chat, and every ending is written down."""

import pytest

from conversations import outbox, parcels
from conversations.models import Attempt, Chat, Message
from conversations.replies import Change, Say, Toast

pytestmark = pytest.mark.django_db


def queue(chat, *effects):
    return outbox.write(
        chat, effects or [Say("pong", {"text": "x"})], f"k{Message.objects.count()}"
    )


def test_a_row_is_claimed_once(chat):
    [row] = queue(chat)
    parcel = parcels.claim(row.pk)
    assert isinstance(parcel, parcels.Parcel)
    again = parcels.claim(row.pk)
    assert isinstance(again, Message), "an earlier attempt may have sent it"
    assert again.state == "sending"


def test_one_message_is_in_flight_per_chat(chat):
    first, second = [queue(chat)[0], queue(chat)[0]]
    parcel = parcels.claim(first.pk)
    with pytest.raises(parcels.BusyError):
        parcels.claim(second.pk)
    parcels.note_sent(parcel, {"message_id": 10})
    assert isinstance(parcels.claim(second.pk), parcels.Parcel)


def test_what_was_written_earlier_goes_first(chat, bot):
    other = Chat.objects.create(bot=bot, chat_id=8)
    queue(other)
    for key in ("delivery:1", "broadcast:1:1"):  # their own workflows send these
        outbox.write(chat, [Say("pong", {"text": "x"})], key)
    queue(chat, Toast())
    first, second = queue(chat, Say("pong", {"text": "1"}))[0], queue(chat)[0]
    parcel = parcels.claim(second.pk)
    assert parcel.message.pk == first.pk
    parcels.note_sent(parcel, {"message_id": 10})
    assert parcels.claim(second.pk).message.pk == second.pk


def test_a_delivery_waits_for_no_answer(chat):
    queue(chat)
    [delivery] = outbox.write(chat, [Say("pong", {"text": "x"})], "delivery:1")
    assert parcels.claim(delivery.pk).message.pk == delivery.pk


def test_a_toast_waits_for_nobody(chat):
    parcels.claim(queue(chat)[0].pk)
    assert isinstance(parcels.claim(queue(chat, Toast())[0].pk), parcels.Parcel)


def test_the_receipt_is_the_message_id_and_raises_the_ledger(chat):
    [row] = queue(chat)
    sent = parcels.note_sent(parcels.claim(row.pk), {"message_id": 77})
    chat.refresh_from_db()
    chat.bot.refresh_from_db()
    assert (sent.state, sent.message_id, chat.in_flight) == ("sent", 77, None)
    assert (chat.highest_message_id, chat.bot.highest_message_id) == (77, 77)
    assert Attempt.objects.get().outcome == "sent"


def test_a_supergroup_has_its_own_counter(bot):
    group = Chat.objects.create(bot=bot, chat_id=-1001234567890, type="supergroup")
    parcels.note_sent(parcels.claim(queue(group)[0].pk), {"message_id": 900})
    bot.refresh_from_db()
    assert bot.highest_message_id == 0


def test_a_released_row_is_queued_again_and_frees_the_chat(chat):
    [row] = queue(chat)
    parcels.release(parcels.claim(row.pk), "not_sent", "connection refused")
    row.refresh_from_db()
    chat.refresh_from_db()
    assert (row.state, chat.in_flight) == ("queued", None)


def test_a_permanent_refusal_closes_the_chat(chat):
    [row] = queue(chat)
    parcels.note_failed(
        parcels.claim(row.pk), "bot was blocked by the user", chat_state=Chat.State.BLOCKED
    )
    row.refresh_from_db()
    chat.refresh_from_db()
    assert (row.state, chat.state) == ("failed", "blocked")


def test_an_edit_of_ours_keeps_what_was_said_before(chat):
    [row] = queue(chat)
    parcels.note_sent(parcels.claim(row.pk), {"message_id": 5})
    [change] = queue(chat, Change(5, "pong", {"text": "new"}))
    parcels.note_sent(parcels.claim(change.pk), True)
    row.refresh_from_db()
    assert row.text == "pong: new"
    assert row.edits[0]["text"] == "pong: x"


def test_a_message_of_unknown_fate_says_that_it_may_be_a_repeat(chat):
    [row] = queue(chat)
    Message.objects.filter(pk=row.pk).update(possible_repeat=True)
    params = parcels.call_params(parcels.claim(row.pk))
    assert params["text"] == "pong: x\n(may be a repeat)"


def test_the_longest_text_has_room_for_the_mark_of_a_repeat(chat):
    Chat.objects.filter(pk=chat.pk).update(language="es")
    row = queue(chat, Say("pong", {"text": "😀" * 4096}))[0]
    Message.objects.filter(pk=row.pk).update(possible_repeat=True)
    text = parcels.call_params(parcels.claim(row.pk))["text"]
    assert text == f"{row.text}\n(puede que sea una repetición)"
    assert len(text.encode("utf-16-le")) // 2 <= 4096


def test_links_are_never_looked_up(chat):
    params = parcels.call_params(parcels.claim(queue(chat)[0].pk))
    assert params["link_preview_options"] == {"is_disabled": True}
