"""Who may use the bot when it is private, and what stays of those who may not or have left."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from bots.models import Bot

INVITE_LIFE = timedelta(days=7)


class Guest(models.Model):
    """Somebody who came by an invitation."""

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="guests")
    user_id = models.BigIntegerField("Telegram user")
    invited_by = models.BigIntegerField(default=0)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bot", "user_id"], name="one_row_per_guest"),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Invite(models.Model):
    """A link that lets one person in, once. Only its digest is kept."""

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="invites")
    digest = models.CharField(max_length=64, unique=True)
    creator_id = models.BigIntegerField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invite {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still lets somebody in."""
        return self.used_at is None and self.expires_at > timezone.now()

    def use(self) -> bool:
        """Mark it used; False if it was used or has expired."""
        now = timezone.now()
        rows = Invite.objects.filter(pk=self.pk, used_at=None, expires_at__gt=now)
        return bool(rows.update(used_at=now))


class Stranger(models.Model):
    """How often somebody wrote who may not: no words and no name, only a counter."""

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="strangers")
    user_id = models.BigIntegerField("Telegram user")
    messages = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(
        null=True, help_text="When they were last told that it is private."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bot", "user_id"], name="one_row_per_stranger"),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Tombstone(models.Model):
    """That a chat was forgotten, without saying whose it was."""

    at = models.DateTimeField(default=timezone.now)
    rows = models.PositiveIntegerField(help_text="How many rows went.")

    def __str__(self) -> str:
        return f"{self.rows} rows"
