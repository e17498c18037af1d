"""Calendars of a chat: the address of its own, and the files that somebody sent to be taken in."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Feed(models.Model):
    """The address at which a chat's reminders can be subscribed to. Only the token's digest is kept."""

    chat = models.OneToOneField(
        "conversations.Chat", on_delete=models.CASCADE, primary_key=True, related_name="feed"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"feed of {self.chat_id}"


class CalendarFile(models.Model):
    """One .ics file: fetched outside of the handler, shown, and taken in when that is confirmed."""

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", "to be fetched"
        READ = "read", "shown"
        TAKEN = "taken", "taken in"
        DROPPED = "dropped", "not wanted"
        FAILED = "failed", "unreadable"

    chat = models.ForeignKey(
        "conversations.Chat", on_delete=models.CASCADE, related_name="calendar_files"
    )
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=255, blank=True)
    request_id = models.CharField(max_length=120, unique=True)
    thread_id = models.BigIntegerField(default=0)
    message_id = models.BigIntegerField(default=0)
    file_id = models.CharField(max_length=255)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    events = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="waiting"), name="files_to_fetch"
            ),
        ]

    def __str__(self) -> str:
        return f"calendar {self.pk}"

    def move(
        self, before: "CalendarFile.State", after: "CalendarFile.State", **fields: object
    ) -> bool:
        """Change the state once; the row count decides."""
        rows = CalendarFile.objects.filter(pk=self.pk, state=before)
        return bool(rows.update(state=after, **fields))
