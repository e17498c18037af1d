"""Every address of the admin: who may not change changes nothing, who may not read reads nothing."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from bots.models import Update
from conversations.models import Attempt
from conversations.operators import AuditEntry, CannedReply, Label, Note
from reminders.models import Broadcast, Command, Delivery, Reminder
from tests.desk.conftest import TOKEN, hear, member, say, signed_in

pytestmark = pytest.mark.django_db
SECRET = "zanzibar"
OURS = ("bots", "conversations", "reminders", "auth", "otp_totp", "otp_static")


@pytest.fixture
def world(chat):
    """One row of everything, with a secret wherever people's words are kept."""
    now = timezone.now()
    heard = hear(chat, f"to {SECRET}", edits=[{"text": SECRET, "at": now.isoformat()}],
                 params={"attachment": "photo", "file_id": "f", "file_name": f"{SECRET}.jpg"})  # fmt: skip
    hear(chat, f"and {SECRET}", reply_to_message_id=heard.message_id)
    button = {"text": SECRET, "callback_data": "x"}
    sent = say(chat, f"⏰ {SECRET}", params={"reply_markup": {"inline_keyboard": [[button]]}})
    hear(chat, "x", kind="callback", target=sent)
    say(chat, f"an edit {SECRET}", kind="edit", method="editMessageText", message_id=None)
    say(chat, f"a toast {SECRET}", kind="toast", method="answerCallbackQuery", message_id=None)
    failed = say(chat, f"lost {SECRET}", state="unknown", message_id=None, error="away")
    Attempt.objects.create(message=failed, number=1, outcome="unknown")
    due = now + timedelta(hours=1)
    reminder = Reminder.objects.create(
        chat=chat, number=1, text=SECRET, due_at=due, fire_at=due, timezone="Europe/Berlin",
        start_local="2026-10-07T09:00:00", rules=["FREQ=DAILY"],
    )  # fmt: skip
    reminder.note("edited", actor="person:7", text_before=f"was {SECRET}")
    Delivery.objects.create(reminder=reminder, due_at=now, planned_at=now, message=failed,
                            state="failed", reason="away")  # fmt: skip
    command = Command.objects.create(actor_name="olga", verb="edit_text", reminder=reminder,
                                     revision_seen=1, params={"text": SECRET})  # fmt: skip
    update = Update.objects.create(
        bot=chat.bot, update_id=1, sequence=1, kind="message", chat_id=chat.chat_id,
        payload={"message": {"text": SECRET}}, received_at=now, state="poison",
    )  # fmt: skip
    broadcast = Broadcast.objects.create(text=SECRET, author_name="olga")
    Label.objects.create(name="vip")
    CannedReply.objects.create(title="hello", text="Hello")
    Note.objects.create(chat=chat, text="a note")
    TOTPDevice.objects.create(user=User.objects.create_user("otto"), name="phone")
    return {"chat": chat, "row": heard.pk, "reminder": reminder, "batch": command.batch,
            "update": update, "broadcast": broadcast}  # fmt: skip


def addresses(world):
    """Return every address of the admin, with something real in each place."""
    found = {reverse("admin:index"), reverse("admin:password_change")}
    for model, model_admin in admin.site._registry.items():
        first = model.objects.order_by("pk").first()
        pk = first.pk if first else 1
        places = {
            "object_id": pk, "pk": pk, "id": pk, "row": world["row"], "slug": "planned",
            "form": "csv", "kind": "json", "batch": world["batch"], "chat_pk": world["chat"].pk,
            "verb": "start" if model is Broadcast else "reschedule",
        }  # fmt: skip
        for pattern in model_admin.get_urls():
            wanted = {name: places[name] for name in pattern.pattern.converters if name in places}
            try:
                found.add(reverse(f"admin:{pattern.name}", kwargs=wanted) if pattern.name else "")
            except NoReverseMatch:  # the address that only leads to another one
                continue
    reminders = reverse("admin:reminders_reminder_changelist")
    order = reverse("admin:reminders_reminder_order", args=["reschedule"])
    export = reverse("admin:conversations_chat_export", args=[world["chat"].pk, "html"])
    return sorted({*found, f"{reminders}?q={SECRET[:4]}", f"{order}?id={world['reminder'].pk}",
                   export} - {""})  # fmt: skip


def everything():
    """Return all rows; what was looked at may be written down, and a sign-in too."""
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name != "last_login"}
            for row in model.objects.order_by("pk").values()
        ]
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if model is not AuditEntry
    }


def forms(world, address):
    """Return forms that a page of any kind would understand."""
    shared = {
        "token": TOKEN, "text": "hello", "barred": "1", "lifted": "1", "upto": "99999", "when": "+1h",
        "reason": "because", "seen": "1", "assignee": "", "name": "other", "colour": "red",
        "title": "other", "username": "other", "is_superuser": "on", "post": "yes",
        "chat": str(world["chat"].pk), "zone": "UTC", "locale": "en",
    }  # fmt: skip
    actions = ("delete_selected", "cancel", "pause")
    if address not in lists():
        return [shared]
    return [shared, *({**shared, "action": name, "_selected_action": ["1"]} for name in actions)]


def lists():
    names = [model._meta for model in admin.site._registry]
    return {reverse(f"admin:{name.app_label}_{name.model_name}_changelist") for name in names}


def readable(response):
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return response.content.decode()


def test_the_addresses_are_many(world):
    assert len(addresses(world)) > 100


def test_a_viewer_changes_nothing_anywhere(world, viewer):
    before = everything()
    for address in addresses(world):
        if address == reverse("admin:password_change"):
            continue  # everybody's own
        for form in forms(world, address):
            assert viewer.post(address, form).status_code != 500, address
        assert everything() == before, address


def test_looking_changes_nothing_anywhere(world, owner):
    before = everything()
    for address in addresses(world):
        if "/media/" not in address:  # asks Telegram; tested with the files
            assert owner.get(address).status_code != 500, address
            assert everything() == before, address


def test_no_form_is_taken_without_its_token(world):
    strict = signed_in(User.objects.create_superuser("ada"), enforce_csrf_checks=True)
    before = everything()
    for address in addresses(world):
        if "/media/" not in address:
            assert strict.post(address, forms(world, address)[0]).status_code in {403, 405}, address
    assert everything() == before


@pytest.mark.parametrize("role", ["viewer", "blind"])
def test_who_may_not_read_finds_no_word_anywhere(world, role):
    user = member("viewer")
    if role == "blind":
        user.user_permissions.set(
            Group.objects.get(name="operator").permissions.exclude(codename="read_text")
        )
    client = signed_in(user)
    for address in addresses(world):
        for answered in (
            client.get(address),
            client.post(address, {**forms(world, address)[0], "when": "?"}),
        ):
            assert SECRET not in readable(answered).replace(address, ""), address


def test_an_operator_who_may_read_does_find_it(world, desk):
    found = [address for address in addresses(world) if "/media/" not in address
             and SECRET in readable(desk.get(address)).replace(address, "")]  # fmt: skip
    assert len(found) >= 8


def test_operators_keep_labels_and_canned_replies_and_hand_updates_over_again(operator):
    for right in ("conversations.add_label", "conversations.change_label", "bots.change_update",
                  "conversations.add_cannedreply", "conversations.change_cannedreply"):  # fmt: skip
        assert operator.has_perm(right), right
    for right in ("conversations.delete_label", "bots.delete_update", "auth.change_user",
                  "conversations.delete_guest", "conversations.delete_invite"):  # fmt: skip
        assert not operator.has_perm(right), right
