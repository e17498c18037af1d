"""The bots this installation speaks for, and every update Telegram handed to it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from bots.states import state_in


class Bot(models.Model):
    """One bot account, with the lease that makes one process its only poller."""

    id = models.BigIntegerField(primary_key=True, help_text="Telegram's user id of the bot.")
    username = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=128, blank=True)
    last_update_id = models.BigIntegerField(null=True, editable=False)
    sequence_offset = models.BigIntegerField(default=0, editable=False)
    highest_message_id = models.BigIntegerField(default=0, editable=False)
    last_received_at = models.DateTimeField(null=True, editable=False)
    last_polled_at = models.DateTimeField("last good poll", null=True, editable=False)
    poll_error = models.CharField(max_length=200, blank=True, editable=False)
    lease_owner = models.CharField(max_length=100, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"@{self.username}" if self.username else str(self.pk)

    def take_lease(self, owner: str, seconds: float) -> bool:
        """Become (or stay) the only poller for so many seconds; False if somebody else is."""
        now = timezone.now()
        free = Q(lease_owner=owner) | Q(lease_until=None) | Q(lease_until__lt=now)
        mine = Bot.objects.filter(free, pk=self.pk)
        return bool(mine.update(lease_owner=owner, lease_until=now + timedelta(seconds=seconds)))

    def drop_lease(self, owner: str) -> None:
        """Let another process take over at once."""
        Bot.objects.filter(pk=self.pk, lease_owner=owner).update(lease_owner="", lease_until=None)


class UpdateQuerySet(models.QuerySet["Update"]):
    """Questions the dispatcher asks of the inbox."""

    def waiting(self, before: datetime | None = None) -> "UpdateQuerySet":
        """Rows not yet handed over and, given `before`, rows handed over before it but unanswered."""
        wanted = Q(state=Update.State.RECEIVED)
        if before is not None:
            wanted |= Q(state=Update.State.HANDED_OVER, handed_over_at__lt=before)
        return self.filter(state_in("received", "handed_over")).filter(wanted).order_by("id")


class Update(models.Model):
    """One update as Telegram sent it; the dedupe record of the way in."""

    class State(models.TextChoices):
        """How far the update has come."""

        RECEIVED = "received", "received"
        HANDED_OVER = "handed_over", "handed over"
        ANSWERED = "answered", "answered"
        IGNORED = "ignored", "ignored"
        POISON = "poison", "set aside"

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="updates")
    update_id = models.BigIntegerField()
    sequence = models.BigIntegerField(
        help_text="Order in which Telegram numbered it; keeps growing when Telegram's ids restart."
    )
    kind = models.CharField(max_length=40)
    chat_id = models.BigIntegerField(null=True)
    payload = models.JSONField()
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    repeats = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    received_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = UpdateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bot", "update_id"], name="one_row_per_update"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["bot", "id"],
                condition=Q(state__in=["received", "handed_over"]),
                name="waiting_updates",
            ),
            models.Index(fields=["received_at"]),
            models.Index(
                fields=["-received_at"], condition=Q(repeats__gt=0), name="repeated_updates"
            ),
            models.Index(fields=["chat_id", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.update_id}"

    @property
    def request_id(self) -> str:
        """The idempotency key of everything this update causes."""
        return f"{self.bot_id}:{self.update_id}"


class Heartbeat(models.Model):
    """When a long-lived part last did its work: what the dashboard and health look at."""

    part = models.CharField(max_length=40, primary_key=True)
    owner = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.part
