"""Who else wants to hear of a reminder: those who joined it, and those it was shared with."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

SHARE_LIFE = timedelta(hours=24)


class Joiner(models.Model):
    """Somebody in a group who said "me too"."""

    reminder = models.ForeignKey(
        "reminders.Reminder", on_delete=models.CASCADE, related_name="joiners"
    )
    user_id = models.BigIntegerField("Telegram user")
    name = models.CharField(max_length=255, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reminder", "user_id"], name="joins_once"),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Share(models.Model):
    """A link that offers a reminder to one person, for a day. Only its digest is kept."""

    reminder = models.ForeignKey(
        "reminders.Reminder", on_delete=models.CASCADE, related_name="shares"
    )
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    opened_by = models.BigIntegerField(default=0, help_text="Whoever opened the link first.")
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"share {self.pk}"

    def open(self, user_id: int) -> bool:
        """Bind the link to the first who opens it; False if it is another's or has expired."""
        rows = Share.objects.filter(
            pk=self.pk, opened_by__in=[0, user_id], answered_at=None, expires_at__gt=timezone.now()
        )
        return bool(rows.update(opened_by=user_id))

    def answer(self, user_id: int, *, accepted: bool) -> bool:
        """Note the answer once."""
        rows = Share.objects.filter(pk=self.pk, opened_by=user_id, answered_at=None)
        return bool(rows.update(answered_at=timezone.now(), accepted=accepted))


class Digest(models.Model):
    """A list of the day, every morning, for a chat that wants one."""

    chat = models.OneToOneField(
        "conversations.Chat", on_delete=models.CASCADE, primary_key=True, related_name="digest"
    )
    at = models.TimeField(help_text="On the wall clock of the chat.")
    zone = models.CharField(max_length=64, help_text="The zone that the next one was reckoned in.")
    next_at = models.DateTimeField(help_text="The next one (UTC).")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_at"])]

    def __str__(self) -> str:
        return f"at {self.at:%H:%M}"
