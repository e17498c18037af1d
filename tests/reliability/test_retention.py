"""What is old enough goes, batch by batch; what somebody still needs stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bots.models import Bot, Update
from conversations import retention
from conversations.models import Attempt, Chat, Message, Upkeep
from reminders.models import Delivery, Event, Reminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def chat() -> Chat:
    return Chat.objects.create(bot=Bot.objects.create(pk=7), chat_id=1)


def ago(days: float):
    return timezone.now() - timedelta(days=days)


def update(number: int, days: float, state: str = "answered") -> Update:
    return Update.objects.create(
        bot_id=7, update_id=number, sequence=number, kind="message", chat_id=1,
        payload={"update_id": number}, state=state, received_at=ago(days),
    )  # fmt: skip


def message(chat: Chat, key: str, days: float, state: str = "sent", **fields) -> Message:
    return Message.objects.create(
        chat=chat,
        key=key,
        direction="out",
        kind="document",
        state=state,
        created_at=ago(days),
        **fields,
    )


def test_contents_of_updates_go_before_the_updates_themselves(chat):
    update(1, 29), update(2, 31), update(3, 91)
    waiting = update(4, 400, "handed_over")
    counts = retention.apply_all()
    assert (counts["contents of updates"], counts["updates"]) == (2, 1)
    left = {row.update_id: row.payload for row in Update.objects.all()}
    assert left == {1: {"update_id": 1}, 2: {}, 4: {"update_id": 4}}
    assert Update.objects.get(pk=waiting.pk).payload, "nobody has answered it yet"


def test_messages_go_with_their_attempts_and_what_waits_stays(chat):
    old = message(chat, "old", 731)
    Attempt.objects.create(message=old, number=1, began_at=ago(731))
    message(chat, "new", 729)
    for state in ("queued", "sending"):
        message(chat, state, 2000, state)
    assert retention.apply_all()["messages"] == 1
    assert set(Message.objects.values_list("key", flat=True)) == {"new", "queued", "sending"}


def test_attempts_go_unless_they_are_still_looked_into(chat):
    for number, state, recheck in (
        (1, "sent", None),
        (2, "unknown", None),
        (3, "sent", timezone.now()),
    ):
        row = message(chat, str(number), 100, state)
        Attempt.objects.create(message=row, number=number, began_at=ago(100), recheck_at=recheck)
    assert retention.apply_all()["attempts to send"] == 1
    assert set(Attempt.objects.values_list("number", flat=True)) == {2, 3}


def test_a_message_that_goes_takes_no_reminder_with_it(chat):
    row = message(chat, "old", 800)
    reminder = Reminder.objects.create(
        chat=chat,
        number=1,
        text="x",
        due_at=ago(-5),
        fire_at=ago(-5),
        start_local="2026-01-01T09:00:00",
    )
    Delivery.objects.create(
        reminder=reminder, due_at=ago(800), planned_at=ago(800), message=row, state="sent"
    )
    retention.apply_all()
    assert Delivery.objects.get().message is None
    assert Reminder.objects.get().state == "active"


def test_deliveries_and_history_of_ended_reminders_go(chat):
    for number, (state, ended) in enumerate(
        [("finished", 366), ("cancelled", 366), ("finished", 364), ("active", None)], 1
    ):
        reminder = Reminder.objects.create(
            chat=chat, number=number, text="x", state=state, start_local="2026-01-01T09:00:00",
            due_at=ago(1), fire_at=ago(1), ended_at=ended and ago(ended),
        )  # fmt: skip
        Delivery.objects.create(
            reminder=reminder, due_at=ago(900), planned_at=ago(900), state="sent"
        )
        reminder.note("sent", actor="bot")
    retention.apply_all()
    assert set(Delivery.objects.values_list("reminder__number", flat=True)) == {3, 4}
    assert set(Event.objects.values_list("reminder__number", flat=True)) == {3, 4}


def test_zero_days_keep_for_ever(chat, settings):
    for rule in retention.rules:
        setattr(settings, rule.setting, 0)
    message(chat, "old", 9000), update(1, 9000)
    assert set(retention.apply_all().values()) == {0}
    assert Message.objects.count() == Update.objects.count() == 1


def test_it_goes_in_batches_with_a_beat_between(chat, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 3)
    for number in range(8):
        message(chat, str(number), 900)
    beats: list[int] = []
    assert retention.apply_all(lambda: beats.append(1))["messages"] == 8
    assert len(beats) >= 3 + len(retention.rules) - 1


def test_operators_see_the_last_nights(chat, admin_client):
    for number in range(retention.KEPT_RUNS + 3):
        update(number, 40)
        retention.apply_all()
    assert Upkeep.objects.count() == retention.KEPT_RUNS
    page = admin_client.get("/admin/conversations/upkeep/")
    assert page.status_code == 200
    assert "1 contents of updates" in page.content.decode()
    assert admin_client.get("/admin/conversations/upkeep/add/").status_code == 403
