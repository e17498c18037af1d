"""The updates log and handing an update over again."""

from datetime import timedelta
from unittest.mock import Mock, patch

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from bots.models import Update
from conversations.operators import AuditEntry

pytestmark = pytest.mark.django_db
LIST = reverse("admin:bots_update_changelist")


def make_update(bot, number=1, **fields):
    now = timezone.now()
    payload = {
        "update_id": number,
        "message": {"message_id": 3, "date": 1, "text": "my secret",
                    "chat": {"id": 7, "type": "private"}},
    }  # fmt: skip
    values = {"kind": "message", "chat_id": 7, "received_at": now, "payload": payload, **fields}
    return Update.objects.create(bot=bot, update_id=number, sequence=number, **values)


def page_of(row, name="change"):
    return reverse(f"admin:bots_update_{name}", args=[row.pk])


def test_the_log_tells_kind_repeats_state_time_and_error(desk, bot):
    now = timezone.now()
    make_update(bot, 1, state="answered", answered_at=now + timedelta(milliseconds=42),
                received_at=now, repeats=2)  # fmt: skip
    row = make_update(bot, 2, state="poison", error="message is not an object")
    page = desk.get(LIST).content.decode()
    assert "42 ms" in page
    assert "2 repeats dropped" in page
    assert "set aside" in page
    assert "message is not an object" in desk.get(page_of(row)).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [({"fate": "waiting"}, {1}), ({"fate": "repeated"}, {2}), ({"fate": "trouble"}, {3}),
     ({"fate": "answered"}, {2}), ({"since": "hour"}, {1, 2}), ({"q": "3"}, {3})],
)  # fmt: skip
def test_the_log_is_narrowed_by_what_operators_ask(desk, bot, query, found):
    make_update(bot, 1)
    make_update(bot, 2, state="answered", repeats=1)
    make_update(bot, 3, state="poison", error="x", received_at=timezone.now() - timedelta(hours=2))
    rows = desk.get(LIST, query).context["cl"].result_list
    assert {row.update_id for row in rows} == found


def test_the_json_is_only_for_those_who_may_read(desk, viewer, bot):
    row = make_update(bot)
    assert "my secret" in desk.get(page_of(row)).content.decode()
    hidden = viewer.get(page_of(row)).content.decode()
    assert "my secret" not in hidden
    assert "words" in hidden


@pytest.fixture
def replayer(desk, operator):
    operator.user_permissions.add(Permission.objects.get(codename="change_update"))
    return desk


def test_an_unanswered_update_waits_to_be_handed_over_again(replayer, bot):
    row = make_update(bot, state="poison", error="broken")
    replayer.post(page_of(row, "replay"))
    row.refresh_from_db()
    assert (row.state, row.error) == ("received", "")
    assert AuditEntry.objects.get().verb == "replayed"


def test_an_answered_update_is_shown_again_under_the_same_key(
    replayer, bot, django_capture_on_commit_callbacks
):
    row = make_update(bot, state="answered", answered_at=timezone.now())
    with (
        patch("conversations.replay.link.nudge") as nudge,
        patch("conversations.replay.receive", new_callable=Mock) as receive,
    ):
        with django_capture_on_commit_callbacks(execute=True):
            replayer.post(page_of(row, "replay"))
        nudge.call_args.args[0]("client")
    row.refresh_from_db()
    assert row.state == "answered"
    envelope = receive.call_args.args[1]
    assert (envelope.request_id, envelope.message.text) == (row.request_id, "my secret")


def test_replaying_needs_the_right_and_a_post(viewer, replayer, bot):
    row = make_update(bot, state="poison")
    assert viewer.post(page_of(row, "replay")).status_code == 403
    assert replayer.get(page_of(row, "replay")).status_code == 405
    row.refresh_from_db()
    assert row.state == "poison"


def test_queries_do_not_grow_with_the_log(desk, bot, django_assert_max_num_queries):
    make_update(bot, 1)
    desk.get(LIST)
    with django_assert_max_num_queries(15) as few:
        desk.get(LIST)
    for number in range(2, 30):
        make_update(bot, number)
    with django_assert_max_num_queries(len(few)):
        desk.get(LIST)
