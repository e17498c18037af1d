"""A chat, every message in it, and every attempt to send one."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from bots.models import Bot, Update
from conversations.guests import Guest, Invite, Stranger, Tombstone
from conversations.operators import Label

__all__ = ["Attempt", "Chat", "Guest", "Invite", "Message", "Stranger", "Tombstone", "count_unread"]


class Chat(models.Model):
    """One chat of one bot: a person, a group or a channel."""

    class State(models.TextChoices):
        """Whether the bot can write there."""

        ACTIVE = "active", "active"
        BLOCKED = "blocked", "blocked the bot"
        GONE = "gone", "cannot be reached"
        MIGRATED = "migrated", "became another chat"

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="chats")
    chat_id = models.BigIntegerField("Telegram's chat id")
    type = models.CharField(max_length=12, default="private")
    title = models.CharField(max_length=255, blank=True)
    username = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    language = models.CharField(max_length=8, blank=True, help_text="The interface's language.")
    timezone = models.CharField(
        "time zone", max_length=64, blank=True, help_text="IANA name; empty: unknown."
    )
    clock = models.PositiveSmallIntegerField(
        "hours on the clock", null=True, help_text="12, 24 or unknown."
    )
    day_first = models.BooleanField("day before month", null=True)
    admins = models.JSONField(default=list, blank=True, editable=False)
    admins_at = models.DateTimeField("administrators asked for", null=True, editable=False)
    limits_lifted = models.BooleanField(
        "no limits", default=False, help_text="People here may set as many reminders as they like."
    )
    forgotten_at = models.DateTimeField(null=True, editable=False)
    unread = models.PositiveIntegerField(default=0, help_text="Messages no operator has looked at.")
    labels = models.ManyToManyField(Label, blank=True, related_name="chats")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    barred = models.BooleanField(
        "blocked by an operator", default=False, help_text="Messages are kept and not answered."
    )
    snoozed_until = models.DateTimeField(
        "set aside until", null=True, editable=False, help_text="Or until somebody writes there."
    )
    highest_message_id = models.BigIntegerField(default=0, editable=False)
    in_flight = models.ForeignKey(
        "Message", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    last_message_at = models.DateTimeField(null=True, editable=False)
    last_incoming_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bot", "chat_id"], name="one_row_per_chat"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-last_message_at"]),
            models.Index(fields=["unread"], condition=Q(unread__gt=0), name="unread_chats"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.chat_id)

    @property
    def is_private(self) -> bool:
        """Whether this is a chat with one person."""
        return self.type == "private"

    @property
    def is_snoozed(self) -> bool:
        """Whether operators have set it aside for now."""
        return self.snoozed_until is not None and self.snoozed_until > timezone.now()

    @property
    def workflow_id(self) -> str:
        """The id of the chat's workflow: ids only, never a name."""
        return f"chat-{self.bot_id}-{self.chat_id}"

    def note_message_id(self, message_id: int) -> None:
        """Remember the highest message id known in this chat (it bounds where a lost send can be)."""
        Chat.objects.filter(pk=self.pk, highest_message_id__lt=message_id).update(
            highest_message_id=message_id
        )

    def close(self, state: "Chat.State") -> None:
        """Note that the bot cannot write here any more."""
        Chat.objects.filter(pk=self.pk).update(state=state)


class Message(models.Model):
    """One message, edit or button answer, in or out. Rows going out are the outbox."""

    class Direction(models.TextChoices):
        """Which way it went."""

        IN = "in", "in"
        OUT = "out", "out"

    class State(models.TextChoices):
        """What became of it. Telegram never tells bots whether a person has seen a message."""

        RECEIVED = "received", "received"
        QUEUED = "queued", "queued"
        SENDING = "sending", "sending"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"
        UNKNOWN = "unknown", "unknown"
        WITHDRAWN = "withdrawn", "withdrawn"

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="messages")
    key = models.CharField(max_length=120, unique=True, help_text="Idempotency key.")
    direction = models.CharField(max_length=3, choices=Direction)
    kind = models.CharField(
        max_length=20, default="text", help_text="text, edit, callback, photo ..."
    )
    method = models.CharField(
        max_length=40, blank=True, help_text="Bot API method of an outgoing row."
    )
    message_id = models.BigIntegerField("Telegram's message id", null=True)
    thread_id = models.BigIntegerField("topic", default=0)
    reply_to_message_id = models.BigIntegerField(default=0)
    sender_id = models.BigIntegerField(default=0)
    sender_name = models.CharField(max_length=255, blank=True)
    text = models.TextField(blank=True)
    entities = models.JSONField(default=list, blank=True)
    params = models.JSONField(
        default=dict, blank=True, help_text="Buttons, attachments, call parameters."
    )
    edits = models.JSONField(default=list, blank=True, help_text="Earlier texts with their times.")
    target = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="changes")
    update = models.ForeignKey(Update, on_delete=models.SET_NULL, null=True, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State)
    possible_repeat = models.BooleanField(default=False)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="sent", method="sendMessage", message_id=None),
                name="sent_messages_have_an_id",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["chat", "-id"]),
            models.Index(fields=["chat", "message_id"]),
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=["queued", "sending"]),
                name="outbox_waiting",
            ),
            models.Index(
                fields=["-created_at"],
                condition=Q(state__in=["failed", "unknown"]),
                name="outbox_trouble",
            ),
            models.Index(fields=["created_at", "direction"], name="messages_by_hour"),
        ]
        permissions: ClassVar = [("read_text", "May read message text")]

    def __str__(self) -> str:
        return f"{self.direction} {self.kind} {self.pk}"

    def move(self, *before: "Message.State", after: "Message.State", **fields: Any) -> bool:
        """Change the state if it is one of `before`; the row count decides who won."""
        rows = Message.objects.filter(pk=self.pk, state__in=before)
        return bool(rows.update(state=after, **fields))


# A bot never learns whether a message was delivered, only whether Telegram has it.
_FOUND = {"delivered": "it is in the chat", "not delivered": "it is not in the chat"}


class Attempt(models.Model):
    """One call to Telegram for one outgoing message, with what is known of how it ended."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=12, blank=True, help_text="Empty: still running, or it died."
    )
    error = models.CharField(max_length=300, blank=True)
    telegram_id = models.BigIntegerField(
        "Telegram's message id", null=True, help_text="What the attempt is known to have become."
    )
    # What was known when the request left: it says where a lost send can be.
    chat_id = models.BigIntegerField("Telegram's chat id", default=0)
    chat_type = models.CharField(max_length=12, blank=True)
    account_message_id = models.BigIntegerField(default=0)
    chat_message_id = models.BigIntegerField(default=0)
    steps = models.JSONField(
        default=list, blank=True, help_text="How a lost answer was looked for."
    )
    recheck_at = models.DateTimeField(
        null=True, help_text="When to look once more for a copy that came very late."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "number"], name="one_row_per_attempt"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["telegram_id"]),
            models.Index(
                fields=["recheck_at"],
                condition=Q(recheck_at__isnull=False),
                name="attempts_to_recheck",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number}"

    @property
    def key(self) -> str:
        """A name that no attempt of another database has either."""
        return f"{self.pk}@{self.began_at.isoformat()}"

    def note_step(self, step: str, answer: object, message_id: int = 0) -> None:
        """Write down one step of the search for a lost answer."""
        self.refresh_from_db(fields=["steps"])
        made: dict[str, object] = {"at": timezone.now().isoformat(), "step": step}
        if message_id:
            made["id"] = message_id
        self.steps = [*self.steps, {**made, "answer": str(answer)}]
        self.save(update_fields=["steps"])

    @property
    def timeline(self) -> list[str]:
        """The search for its lost answer as lines for operators: `+1.2 s  candidate 813: own`."""
        lines = []
        for step in self.steps:
            after = (datetime.fromisoformat(step["at"]) - self.began_at).total_seconds()
            name = f"{step['step']} {step['id']}" if "id" in step else step["step"]
            lines.append(f"+{after:.1f} s  {name}: {_FOUND.get(step['answer'], step['answer'])}")
        return lines


class Upkeep(models.Model):
    """One night's upkeep: how long it took and how many rows of each rule it removed."""

    at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField()
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "upkeep"
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


def count_unread(chat: Chat, message_id: int = 0) -> None:
    """Count one more message that no operator has looked at, and remember its Telegram id.

    A chat that operators had set aside comes back.
    """
    chat.last_message_at = timezone.now()
    Chat.objects.filter(pk=chat.pk).update(
        unread=F("unread") + 1,
        last_incoming_at=chat.last_message_at,
        last_message_at=chat.last_message_at,
        highest_message_id=Greatest("highest_message_id", Value(message_id)),
        snoozed_until=None,
    )
