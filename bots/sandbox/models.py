"""What the sandbox remembers: bots, people, chats and messages, so they survive a restart."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SandboxBot(models.Model):
    """A bot account; made by the first call with its token."""

    id = models.BigIntegerField(primary_key=True)
    token = models.CharField(max_length=200, unique=True)
    username = models.CharField(max_length=64)
    first_name = models.CharField(max_length=64)
    revoked = models.BooleanField(default=False)
    privacy = models.BooleanField(default=True)
    # One counter for all private chats and basic groups of the account.
    last_message_id = models.BigIntegerField(default=0)
    last_update_id = models.BigIntegerField(default=700_000_000)
    allowed_updates = models.JSONField(default=list)
    webhook = models.JSONField(default=dict)
    profile = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"@{self.username}"


class Person(models.Model):
    """Somebody who writes to bots."""

    id = models.BigIntegerField(primary_key=True)
    first_name = models.CharField(max_length=64)
    last_name = models.CharField(max_length=64, blank=True)
    username = models.CharField(max_length=64, blank=True)
    language_code = models.CharField(max_length=16, blank=True, default="en")
    deactivated = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Chat(models.Model):
    """A private chat of one person with one bot, a group or a channel."""

    class Kind(models.TextChoices):
        PRIVATE = "private"
        GROUP = "group"
        SUPERGROUP = "supergroup"
        CHANNEL = "channel"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    # The chat_id bots know it by; for a private chat the person's id, so not unique by itself.
    number = models.BigIntegerField(db_index=True)
    # The account whose counter numbers the messages; empty where the chat has its own.
    bot = models.ForeignKey(SandboxBot, models.CASCADE, null=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True)
    title = models.CharField(max_length=128, blank=True)
    username = models.CharField(max_length=64, blank=True)
    forum = models.BooleanField(default=False)
    topics = models.JSONField(default=list)
    pinned = models.JSONField(default=list)
    last_message_id = models.BigIntegerField(default=0)
    migrated_to = models.ForeignKey("self", models.SET_NULL, null=True)
    can_send = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bot", "person"], name="sandbox_one_private_chat"),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(kind="private"), name="sandbox_one_group_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def has_own_counter(self) -> bool:
        return self.kind in {self.Kind.SUPERGROUP, self.Kind.CHANNEL}


class Member(models.Model):
    """What a person or a bot is in a chat, with the status names of the Bot API."""

    chat = models.ForeignKey(Chat, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, null=True)
    bot = models.ForeignKey(SandboxBot, models.CASCADE, null=True)
    status = models.CharField(max_length=16, default="member")
    rights = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chat", "person"], name="sandbox_one_membership"),
            models.UniqueConstraint(fields=["chat", "bot"], name="sandbox_one_bot_membership"),
        ]

    def __str__(self) -> str:
        return f"{self.status} in chat {self.chat_id}"

    @property
    def present(self) -> bool:
        return self.status not in {"left", "kicked"}

    @property
    def can_send(self) -> bool:
        return self.status != "restricted" or bool(self.rights.get("can_send_messages"))


class Message(models.Model):
    """A message of a chat; `content` holds the fields of the Bot API's Message as they are."""

    chat = models.ForeignKey(Chat, models.CASCADE, related_name="messages")
    message_id = models.BigIntegerField()
    person = models.ForeignKey(Person, models.CASCADE, null=True)
    bot = models.ForeignKey(SandboxBot, models.CASCADE, null=True)
    content = models.JSONField(default=dict)
    markup = models.JSONField(null=True)
    reply_to = models.BigIntegerField(null=True)
    thread_id = models.BigIntegerField(null=True)
    silent = models.BooleanField(default=False)
    reactions = models.JSONField(default=dict)
    sent_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    # A deleted message the server still remembers answers a probe as if it were there.
    cached = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chat", "message_id"], name="sandbox_one_message_id"),
        ]

    def __str__(self) -> str:
        return f"message {self.message_id} of chat {self.chat_id}"


class PendingUpdate(models.Model):
    """An update a bot has not confirmed yet; injected ones may repeat an id or have none."""

    bot = models.ForeignKey(SandboxBot, models.CASCADE)
    update_id = models.BigIntegerField(null=True)
    payload = models.JSONField()
    injected = models.BooleanField(default=False)
    handed_out = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"update {self.update_id}"


class Press(models.Model):
    """A press of an inline button, waiting for answerCallbackQuery."""

    bot = models.ForeignKey(SandboxBot, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE)
    message = models.ForeignKey(Message, models.CASCADE)
    data = models.CharField(max_length=128)
    pressed_at = models.DateTimeField(default=timezone.now)
    answer = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"press {self.pk}"


class StoredFile(models.Model):
    """A file somebody sent, kept in the database."""

    file_id = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200, blank=True)
    mime_type = models.CharField(max_length=100, blank=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.file_id


class AcceptedCall(models.Model):
    """A call that changed a chat, in the order of acceptance; rows are only ever added."""

    bot = models.ForeignKey(SandboxBot, models.CASCADE)
    method = models.CharField(max_length=64)
    chat_number = models.BigIntegerField()
    message_id = models.BigIntegerField(null=True)
    text = models.TextField(blank=True)
    payload = models.JSONField(default=dict)
    accepted_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.method} in {self.chat_number}"


class Change(models.Model):
    """Something the page should show anew; the id is the version a reader has seen."""

    kind = models.CharField(max_length=16)
    chat = models.ForeignKey(Chat, models.CASCADE, null=True)
    message = models.ForeignKey(Message, models.CASCADE, null=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True)
    data: Any = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
