"""Many plausible rows, quickly: for demonstrations, and to measure pages against a full database."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Model
from django.utils import timezone

from bots.heartbeat import WORKER, note
from bots.models import Bot, Update
from config import demo_texts as texts
from config.demo_story import tell
from conversations.models import Attempt, Chat, Message
from conversations.operators import CannedReply, Label
from reminders.localise import write_local
from reminders.models import Delivery, Reminder

BOT = 7_000_000_001  # no real token belongs to it, so nothing can leave
BATCH = 2_000
SPAN = timedelta(days=60)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
S = Message.State


class Demo:
    """Makes the rows of one demonstration; the same seed makes the same rows."""

    def __init__(self, seed: int = 1) -> None:
        self.random = Random(seed)  # noqa: S311  # a demonstration, not a secret
        self.now = timezone.now()
        heard = {"last_polled_at": self.now, "last_received_at": self.now, "lease_owner": "demo"}
        named = {"username": "demo_reminder_bot", "name": "Demo"}
        self.bot, _ = Bot.objects.update_or_create(pk=BOT, defaults={**named, **heard})
        note(WORKER, self.now, "demo")
        self.chats: list[Chat] = []
        self._named: set[str] = set()
        self._message_ids: dict[int, int] = {}

    def make(self, chats: int, messages: int, reminders: int) -> None:
        """Make everything."""
        self.make_chats(chats)
        self.make_messages(messages)
        self.make_reminders(reminders)
        self.make_desk()
        tell(self.bot)

    def make_chats(self, count: int) -> None:
        """Make people and groups."""
        first = (Chat.objects.filter(bot=self.bot).aggregate(top=Max("chat_id"))["top"] or 0) + 1
        _store(Chat, (self._chat(max(first, 10_000) + number) for number in range(count)))
        self.chats = list(Chat.objects.filter(bot=self.bot).order_by("pk"))

    def _chat(self, chat_id: int) -> Chat:
        pick = self.random
        group = pick.random() < 0.12
        tongue = pick.choices(texts.TONGUES, texts.WEIGHTS)[0]
        name = self._name(tongue.groups if group else tongue.people)
        state = Chat.State.BLOCKED if pick.random() < 0.03 else Chat.State.ACTIVE
        username = "" if group or pick.random() < 0.4 else f"person{chat_id}"
        return Chat(
            bot=self.bot, chat_id=-chat_id if group else chat_id, title=name, username=username,
            type=pick.choice(["group", "supergroup"]) if group else "private",
            state=state, timezone=pick.choice(tongue.zones), language=tongue.language,
            unread=pick.randint(1, 9) if pick.random() < 0.08 else 0,
            last_message_at=self.now, created_at=self.now - SPAN,
        )  # fmt: skip

    def _name(self, names: tuple[str, ...]) -> str:
        """Pick one that nobody has yet, while there are such."""
        name = self.random.choice([each for each in names if each not in self._named] or names)
        self._named.add(name)
        return name

    def make_messages(self, count: int) -> None:
        """Make messages over sixty days, the newest last; a few chats have very many."""
        self._run = f"demo:{self.now.timestamp() * 1e6:.0f}"
        _store(Message, (self._message(number, count) for number in range(count)))
        top = Update.objects.filter(bot=self.bot).aggregate(top=Max("update_id"))["top"]
        self._first_update = (top or 800_000_000) + 1
        _store(Update, (self._update(number, count // 3) for number in range(count // 3)))
        failed = Message.objects.filter(chat__bot=self.bot, state=S.FAILED, attempts=None)
        _store(Attempt, (Attempt(message_id=pk, number=1, outcome="failed")
                         for pk in list(failed.values_list("pk", flat=True))))  # fmt: skip
        self._note_last(count)

    def _chat_for(self) -> Chat:
        share = self.random.random() ** 3  # the first chats get most of the words
        return self.chats[int(share * len(self.chats))]

    def _at(self, number: int, count: int) -> datetime:
        return self.now - SPAN * (1 - (number + 1) / (count + 1))

    def _message(self, number: int, count: int) -> Message:
        pick, chat = self.random, self._chat_for()
        self._message_ids[chat.pk] = message_id = self._message_ids.get(chat.pk, 0) + 1
        at = self._at(number, count)
        row = Message(chat=chat, key=f"{self._run}:{number}", message_id=message_id, created_at=at,
                      thread_id=pick.choice([0, 7, 12]) if chat.type == "supergroup" else 0)  # fmt: skip
        if pick.random() < 0.55:
            return self._incoming(row)
        return self._outgoing(row, at)

    def _incoming(self, row: Message) -> Message:
        pick = self.random
        row.direction, row.state = Message.Direction.IN, S.RECEIVED
        tongue = texts.of(row.chat.language)
        row.sender_name = row.chat.title if row.chat.is_private else pick.choice(tongue.people)
        row.sender_id = abs(row.chat.chat_id)
        row.text = pick.choice(tongue.wishes)
        if pick.random() < 0.04:
            row.kind, row.text = "photo", ""
            row.params = {"attachment": "photo", "file_id": "demo", "file_size": 184_220}
        elif pick.random() < 0.03:
            row.edits = [{"text": row.text[:-2], "at": row.created_at.isoformat()}]
        elif row.message_id and row.message_id > 3 and pick.random() < 0.05:
            row.reply_to_message_id = row.message_id - 2
        return row

    def _outgoing(self, row: Message, at: datetime) -> Message:
        pick = self.random
        row.direction, row.method = Message.Direction.OUT, "sendMessage"
        row.state, row.sent_at = S.SENT, at + timedelta(seconds=0.4)
        row.text = pick.choice(texts.of(row.chat.language).answers)
        if pick.random() < 0.4:
            row.key = f"delivery:{row.key}"
            row.text = f"⏰ {pick.choice(texts.of(row.chat.language).things)}"
            row.params = {"reply_markup": {"inline_keyboard": [[
                {"text": "Done", "callback_data": "done:1"},
                {"text": "In 10 min", "callback_data": "snooze:1"}]]}}  # fmt: skip
        fate = pick.random()
        if fate < 0.008:
            row.state, row.error = S.FAILED, pick.choice(texts.CAUSES)
            row.message_id = row.sent_at = None
        elif fate < 0.010:
            row.state, row.error = S.UNKNOWN, "the answer was lost"
            row.message_id = row.sent_at = None
        return row

    def _update(self, number: int, count: int) -> Update:
        pick, chat, at = self.random, self._chat_for(), self._at(number, count)
        at_number = self._first_update + number
        return Update(
            bot=self.bot, update_id=at_number, sequence=at_number, kind="message",
            chat_id=chat.chat_id, state=Update.State.ANSWERED, received_at=at, handed_over_at=at,
            answered_at=at + timedelta(milliseconds=pick.randint(20, 400)),
            repeats=1 if pick.random() < 0.002 else 0,
            payload={"update_id": at_number, "message": {"text": pick.choice(texts.of(chat.language).wishes)}},
        )  # fmt: skip

    def _note_last(self, count: int) -> None:
        newest = Message.objects.filter(chat__bot=self.bot).values("chat")
        ends = dict(newest.annotate(at=Max("created_at")).values_list("chat", "at"))
        for chat in self.chats:
            chat.last_message_at = ends.get(chat.pk)
        Chat.objects.bulk_update(self.chats, ["last_message_at"], batch_size=400)

    def make_reminders(self, count: int) -> None:
        """Make reminders: most wait, some were delivered, a few failed."""
        numbers: dict[int, int] = dict(
            Reminder.objects.filter(chat__bot=self.bot).values("chat")
            .annotate(top=Max("number")).values_list("chat", "top")
        )  # fmt: skip
        before = Reminder.objects.aggregate(top=Max("pk"))["top"] or 0
        _store(Reminder, (self._reminder(numbers) for _ in range(count)))
        rows = Reminder.objects.filter(pk__gt=before).only("pk", "created_at").iterator()
        _store(Delivery, (self._delivery(row) for row in rows if self.random.random() < 0.5))

    def _reminder(self, numbers: dict[int, int]) -> Reminder:
        pick, chat = self.random, self.random.choice(self.chats)
        numbers[chat.pk] = numbers.get(chat.pk, 0) + 1
        due = self.now + timedelta(minutes=pick.expovariate(1 / 9000) + 7)
        due = due.replace(minute=due.minute // 5 * 5, second=0, microsecond=0)
        zone = chat.timezone or "UTC"
        local = due.astimezone(ZoneInfo(zone))
        state = pick.choices(
            [Reminder.State.ACTIVE, Reminder.State.FINISHED, Reminder.State.PAUSED,
             Reminder.State.CANCELLED, Reminder.State.FAILED], [70, 20, 4, 5, 1])[0]  # fmt: skip
        waits = state == Reminder.State.ACTIVE
        weekly = [f"FREQ=WEEKLY;BYDAY={DAYS[local.weekday()]}"] if pick.random() < 0.3 else []
        return Reminder(
            chat=chat, number=numbers[chat.pk], text=pick.choice(texts.of(chat.language).things), state=state,
            creator_name=chat.title, due_at=due if waits else None, fire_at=due if waits else None,
            timezone=zone, start_local=write_local(local),
            rules=weekly, armed_revision=1, created_at=self.now - SPAN * pick.random(),
        )  # fmt: skip

    def _delivery(self, row: Reminder) -> Delivery:
        pick = self.random
        due = self.now - SPAN * pick.random() ** 2
        late = min(pick.expovariate(1 / 0.8), 30) + (900 if pick.random() < 0.001 else 0)
        failed = pick.random() < 0.01
        return Delivery(
            reminder=row, due_at=due, planned_at=due, claimed_at=due, lateness=late,
            state=Delivery.State.FAILED if failed else Delivery.State.SENT,
            delivered_at=None if failed else due + timedelta(seconds=late),
        )  # fmt: skip

    def make_desk(self) -> None:
        """Make labels and canned replies, and give some chats labels."""
        for title, text in texts.CANNED:
            CannedReply.objects.get_or_create(title=title, defaults={"text": text})
        labels = [Label.objects.get_or_create(name=name, defaults={"colour": colour})[0]
                  for name, colour in texts.LABELS]  # fmt: skip
        for chat in self.chats[:200:3]:
            chat.labels.add(self.random.choice(labels))


def _store(model: type[Any], rows: Iterable[Model]) -> None:
    """Write rows in batches, so that a million of them need little memory."""
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        model._default_manager.bulk_create(batch, BATCH)  # noqa: SLF001  # Django documents it
