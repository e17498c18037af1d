"""What operators keep beside a chat: notes, labels, canned replies, and a record of who looked."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from bots.text import clean_text


class Label(models.Model):
    """A word that sorts chats; one set of labels for all of them."""

    class Colour(models.TextChoices):
        """How it looks in lists."""

        GREY = "grey", "grey"
        BLUE = "blue", "blue"
        GREEN = "green", "green"
        AMBER = "amber", "amber"
        RED = "red", "red"

    name = models.CharField(max_length=40, unique=True)
    colour = models.CharField(max_length=8, choices=Colour, default=Colour.GREY)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Keep what could move a terminal or break a table out of the name."""
        self.name = clean_text(self.name)


class Note(models.Model):
    """Something one operator tells the others about a chat; the person never sees it."""

    chat = models.ForeignKey("conversations.Chat", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(max_length=4000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["chat", "-id"])]

    def __str__(self) -> str:
        return f"note {self.pk}"


class CannedReply(models.Model):
    """A text operators send often. `{{name}}` becomes the chat's name, `{{operator}}` their own."""

    title = models.CharField(max_length=60, unique=True)
    text = models.TextField(max_length=4000)

    class Meta:
        ordering: ClassVar = ["title"]
        verbose_name_plural = "canned replies"

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Keep to what may be sent, with the line breaks of a chat."""
        self.title = clean_text(self.title)
        self.text = clean_text(self.text.replace("\r\n", "\n"))


class AuditEntry(models.Model):
    """One thing an operator did or looked at. Rows are only ever added."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    actor_name = models.CharField(max_length=150)
    verb = models.CharField(max_length=30)
    chat = models.ForeignKey(
        "conversations.Chat", on_delete=models.SET_NULL, null=True, related_name="audit"
    )
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "audit log"
        indexes: ClassVar = [
            models.Index(fields=["-at"]),
            models.Index(fields=["chat", "verb", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb}"


def audit(user: Any, verb: str, chat: Any = None, **details: Any) -> AuditEntry:
    """Write down what an operator did. Details carry ids and counts, never texts."""
    return AuditEntry.objects.create(
        actor=user,
        actor_name=user.get_username()[:150],
        verb=verb,
        chat=chat,
        details=details,
    )
