"""Bad inputs through every form and address of the admin: a form error or stored clean, never a 500."""

from datetime import timedelta
from itertools import count
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.core.cache import cache
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bots.models import Bot
from conversations.models import Chat, Message
from conversations.operators import AuditEntry, CannedReply, Label, Note
from reminders.desk.orders import SALT
from reminders.models import Broadcast, Command, Event, Reminder
from tests.bad_inputs.inputs import TEXTS, each, is_clean

KEPT = (AuditEntry, Broadcast, CannedReply, Command, Event, Label, Message, Note, Reminder)
LISTS = (
    "auth_user", "auth_group", "bots_bot", "bots_update", "conversations_auditentry",
    "conversations_cannedreply", "conversations_chat", "conversations_label", "conversations_message",
    "conversations_upkeep", "reminders_broadcast", "reminders_command", "reminders_reminder",
)  # fmt: skip
ASKED = {  # the questions each list takes in its address
    "auth_user": ("is_staff__exact", "groups__id__exact", "o", "p"),
    "bots_update": ("fate", "since", "kind", "p", "update_id"),
    "conversations_auditentry": ("verb", "verb__in", "p"),
    "conversations_chat": ("unread", "standing", "assigned", "label", "kind", "active", "pk__in", "p"),
    "conversations_message": ("outcome", "way", "source", "since", "cause", "pk__in", "p", "all"),
    "reminders_broadcast": ("state", "state__exact", "author__id__exact"),
    "reminders_command": ("state__exact", "refusal", "requested_at__year", "requested_at__day", "p"),
    "reminders_reminder": ("show", "state__exact", "origin", "series", "due", "due_at__gte", "pk__in", "p"),
}  # fmt: skip
SEARCHED = ("conversations_chat", "conversations_message", "reminders_reminder")
_tokens = count(1)


def encoded(data: dict[str, object]) -> str:
    """Return form data as a careless client sends it: half characters, too."""
    return urlencode(data, errors="surrogatepass")


class Desk:
    """An owner's browser, with a chat, a message of theirs and a follow-up to work on."""

    def __init__(self) -> None:
        self.bot = Bot.objects.create(pk=1000001, username="remind_bot")
        self.chat = Chat.objects.create(
            bot=self.bot, chat_id=7, title="Anna", language="en", timezone="Europe/Berlin"
        )
        self.owner = User.objects.create_superuser("ada")
        self.client = Client()
        self.client.force_login(self.owner)
        self.said = Message.objects.create(
            chat=self.chat, key="operator:1:x", direction="out", method="sendMessage", state="sent",
            message_id=5, text="hello", author=self.owner, sent_at=timezone.now(),
        )  # fmt: skip
        due = timezone.now().replace(microsecond=0) + timedelta(hours=2)
        self.reminder = Reminder.objects.create(
            chat=self.chat, number=1, text="call", due_at=due, fire_at=due, armed_revision=1,
            timezone="Europe/Berlin", start_local=due.replace(tzinfo=None).isoformat(),
        )  # fmt: skip

    def post(self, address: str, **data: object) -> None:
        """Send a form; whatever the words are, it is taken or refused."""
        response = self.client.post(
            address, encoded(data), content_type="application/x-www-form-urlencoded"
        )
        expected = {200, 204, 302, 400, 409, 422}
        assert response.status_code in expected, (address, response.status_code)

    def get(self, address: str, **data: object) -> None:
        """Open a page."""
        response = self.client.get(f"{address}?{encoded(data)}")
        assert response.status_code in {200, 301, 302, 400, 404}, (address, response.status_code)

    def chat_page(self, name: str, *rest: int) -> str:
        return reverse(f"admin:conversations_chat_{name}", args=[self.chat.pk, *rest])

    def order(self, verb: str, **data: object) -> None:
        """Confirm an order on the follow-up."""
        self.reminder.refresh_from_db()
        seen = signing.dumps(
            [verb, [self.reminder.pk], [self.reminder.revision]], salt=SALT, compress=True
        )
        self.post(reverse("admin:reminders_reminder_order", args=[verb]), seen=seen, **data)

    def change(self, **data: object) -> None:
        """Save the follow-up's page."""
        self.reminder.refresh_from_db()
        address = reverse("admin:reminders_reminder_change", args=[self.reminder.pk])
        self.post(address, **{"seen": self.reminder.revision, "text": "call", **data})


@pytest.fixture
def desk(db, settings, tmp_path, no_errors):
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False
    cache.clear()
    return Desk()


def say_it_everywhere(desk: Desk, words: str) -> None:
    """Put the words wherever words are kept or sent."""
    token = f"{next(_tokens):032x}"
    desk.post(desk.chat_page("answer"), token=token, text=words)
    desk.post(desk.chat_page("edit", desk.said.pk), token=f"e{token[1:]}", text=words)
    desk.post(desk.chat_page("add_note"), text=words)
    desk.post(reverse("admin:reminders_later", args=[desk.chat.pk]), text=words, when="+1h")
    desk.post(reverse("admin:conversations_label_add"), name=words[:40], colour="grey")
    desk.post(reverse("admin:conversations_cannedreply_add"), title=words[:60], text=words)
    desk.post(reverse("admin:reminders_broadcast_add"), text=words, reason=words[:300])
    desk.change(text=words, reason=words[:300])


def choose_it_everywhere(desk: Desk, words: str) -> None:
    """Put the words where a page offers a choice or keeps a number."""
    desk.post(desk.chat_page("answer"), token=words, text="x", topic=words)
    desk.post(desk.chat_page("save_details"), labels=words, assignee=words)
    desk.post(desk.chat_page("seen"), upto=words)
    desk.post(desk.chat_page("bar"), barred=words)
    desk.post(reverse("admin:reminders_reminder_order", args=["cancel"]), seen=words, reason="x")


BENCH = {"text": "tea in 5 min", "zone": "Berlin", "locale": "en", "clock": "", "now": ""}
TIMES = (
    lambda desk, words: desk.post(
        reverse("admin:reminders_later", args=[desk.chat.pk]), text="x", when=words, unless_reply=words
    ),
    lambda desk, words: desk.change(when=words),
    lambda desk, words: desk.order("reschedule", when=words, reason=words[:300]),
    lambda desk, words: desk.order("pause", when=words),
    lambda desk, words: desk.order("duplicate", when=words),
    lambda desk, words: desk.post(reverse("admin:reminders_bench"), **{**BENCH, "text": words}),
    lambda desk, words: desk.post(reverse("admin:reminders_bench"), **{**BENCH, "zone": words}),
    lambda desk, words: desk.post(reverse("admin:reminders_bench"), **{**BENCH, "now": words}),
    lambda desk, words: desk.change(seen=words),
    lambda desk, words: desk.order("edit_text", text=words),
    lambda desk, words: desk.post(
        reverse("admin:reminders_broadcast_add"), text="x", reason="y", bot=words, active_days=words
    ),
)  # fmt: skip


def assert_all_is_clean() -> None:
    for model in KEPT:
        kinds = (CharField, TextField, JSONField)
        names = [field.name for field in model._meta.fields if isinstance(field, kinds)]
        for values in model.objects.values_list(*names):
            assert is_clean("".join(map(str, values))), (model, values)


@each(TEXTS)
def test_words_in_the_forms(desk, number):
    words = TEXTS[number][-1]
    say_it_everywhere(desk, words)
    choose_it_everywhere(desk, words)
    assert_all_is_clean()
    desk.reminder.refresh_from_db()
    assert desk.reminder.text.strip()
    assert (
        desk.client.get(desk.chat_page(("change", "notes", "details")[number % 3])).status_code
        == 200
    )


@each(TEXTS)
def test_words_for_times_zones_and_numbers(desk, number):
    """Two of the forms for each; what a time means is read by the same parser in all of them."""
    words = TEXTS[number][0]
    TIMES[number % len(TIMES)](desk, words)
    TIMES[(number + number // len(TIMES) + 1) % len(TIMES)](desk, words)
    assert_all_is_clean()
    address = reverse("admin:reminders_reminder_change", args=[desk.reminder.pk])
    assert desk.client.get(address).status_code == 200


@each(TEXTS)
def test_words_in_searches_and_filters(desk, number):
    words = TEXTS[number][-1][:5000]
    on_the_wire = words[:60].encode("utf-8", "surrogatepass").decode("latin-1")
    # The header itself: a jar takes no control characters, which somebody may send all the same.
    signed_in = desk.client.cookies["sessionid"].value
    desk.client.defaults["HTTP_COOKIE"] = f"sessionid={signed_in}; desk_zone={on_the_wire}"
    for name in (SEARCHED[number % len(SEARCHED)], LISTS[number % len(LISTS)]):
        desk.get(reverse(f"admin:{name}_changelist"), q=words)
    name = list(ASKED)[number % len(ASKED)]
    asked = ASKED[name][number // len(ASKED) % len(ASKED[name])]
    desk.get(reverse(f"admin:{name}_changelist"), **{asked: words})


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize(
    "words",
    [
        pytest.param("a\x00b", id="07"),
        pytest.param("9" * 4301, id="19"),
        pytest.param("9" * 25, id="89"),
    ],
)
def test_words_that_no_row_can_be_compared_with(desk, name, words):
    for asked in ASKED[name]:
        desk.get(reverse(f"admin:{name}_changelist"), **{asked: words})
    desk.get(reverse(f"admin:{name}_changelist"), q=words)


@pytest.mark.parametrize("pk", ["9" * 4301, "9" * 25, "٣", "²", "-5", "1_000", "NaN"])
def test_ids_in_addresses_that_no_row_has(desk, pk):
    for name in ("bots_update", "bots_bot", "conversations_chat", "conversations_message",
                 "conversations_label", "reminders_broadcast", "reminders_reminder"):  # fmt: skip
        desk.get(reverse(f"admin:{name}_change", args=[pk]))
    desk.get(reverse("admin:reminders_reminder_order", args=["cancel"]), id=pk)
    desk.get(desk.chat_page("change"), at=pk)
    if pk.isdecimal():
        desk.get(f"/admin/conversations/chat/{pk}/feed/")
        desk.get(f"/admin/reminders/reminder/{pk}/history.csv")
