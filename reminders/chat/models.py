"""What a chat remembers between two messages: an open question, what can be undone, and its habits."""

from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

QUESTION_LIFE = timedelta(minutes=15)
UNDO_LIFE = timedelta(minutes=10)


class Draft(models.Model):
    """A question that is open in a chat: what is to be set, and what is still missing for it."""

    class State(models.TextChoices):
        """How the question ended."""

        OPEN = "open", "open"
        USED = "used", "answered"
        DROPPED = "dropped", "cancelled"
        EXPIRED = "expired", "expired"

    class Awaiting(models.TextChoices):
        """What the next words of the person may be."""

        CHOICE = "choice", "a choice"
        TIME = "time", "a time"
        ZONE = "zone", "a time zone"
        TEXT = "text", "new words"

    chat = models.ForeignKey("conversations.Chat", on_delete=models.CASCADE, related_name="drafts")
    user_id = models.BigIntegerField(default=0)
    request_id = models.CharField(max_length=120, help_text="Of the message that led to it.")
    message_id = models.BigIntegerField(default=0, help_text="Telegram's id of the question.")
    awaiting = models.CharField(max_length=8, choices=Awaiting)
    words = models.TextField(blank=True, help_text="What is to be read for the time.")
    wish = models.JSONField(default=dict)
    meaning = models.JSONField(default=dict)
    options = models.JSONField(default=list, help_text="What the buttons stand for.")
    reminder = models.ForeignKey(
        "reminders.Reminder", on_delete=models.CASCADE, null=True, related_name="drafts",
        help_text="What it changes, or what came of it.",
    )  # fmt: skip
    changes = models.BooleanField(default=False, help_text="It changes a reminder that exists.")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chat", "request_id"], name="one_draft_per_request"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["chat", "-id"], condition=Q(state="open"), name="open_drafts"),
            models.Index(fields=["expires_at"], condition=Q(state="open"), name="expiring_drafts"),
        ]

    def __str__(self) -> str:
        return f"{self.awaiting} {self.pk}"

    def end(self, state: "Draft.State", **fields: Any) -> bool:
        """Close the question once; False if it is closed or has expired already."""
        rows = Draft.objects.filter(pk=self.pk, state=Draft.State.OPEN)
        if state == Draft.State.USED:
            rows = rows.filter(expires_at__gt=timezone.now())
        return bool(rows.update(state=state, **fields))


class Undo(models.Model):
    """What takes the last action back: for each reminder the columns it had before."""

    chat = models.ForeignKey("conversations.Chat", on_delete=models.CASCADE, related_name="undos")
    user_id = models.BigIntegerField(default=0)
    steps = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return f"undo {self.pk}"

    def use(self) -> bool:
        """Mark it used; False if it was already."""
        now = timezone.now()
        return bool(Undo.objects.filter(pk=self.pk, used_at=None).update(used_at=now))


def default_snoozes() -> list[str]:
    """Return the snooze buttons of a chat that has chosen none."""
    return ["20m", "1h", "3h", "tomorrow"]


class Preferences(models.Model):
    """How one chat likes to be reminded."""

    class Nagging(models.TextChoices):
        """How insistently an unanswered reminder is asked again."""

        GENTLE = "gentle", "gentle"
        NORMAL = "normal", "normal"
        INSISTENT = "insistent", "insistent"

    class Quiet(models.TextChoices):
        """What waits for the end of the quiet hours."""

        NAGS = "nags", "only asking again"
        ALL = "all", "everything"
        NOTHING = "nothing", "nothing"

    chat = models.OneToOneField(
        "conversations.Chat", on_delete=models.CASCADE, primary_key=True, related_name="preferences"
    )
    snoozes = models.JSONField(default=default_snoozes)
    quiet = models.CharField(max_length=8, choices=Quiet, default=Quiet.NAGS)
    quiet_from = models.TimeField(default=time(22))
    quiet_until = models.TimeField(default=time(8))
    nagging = models.CharField(max_length=10, choices=Nagging, default=Nagging.NORMAL)
    suggestions = models.BooleanField(
        default=False, help_text="Offer a better time for what is put off again and again."
    )

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return f"preferences of {self.chat_id}"

    def quiet_end(self, wall: datetime) -> datetime | None:
        """Return when the quiet hours around a wall-clock moment end, None outside of them."""
        begin, end, now = self.quiet_from, self.quiet_until, wall.time()
        inside = begin <= now < end if begin < end else now >= begin or now < end
        if begin == end or not inside:
            return None
        day = wall.date() + timedelta(days=1 if now >= end else 0)
        return datetime.combine(day, end, wall.tzinfo)


# How often, in seconds, and at most how many times an unanswered reminder is asked again.
NAGGING = {
    Preferences.Nagging.GENTLE: (1800, 3),
    Preferences.Nagging.NORMAL: (900, 6),
    Preferences.Nagging.INSISTENT: (300, 12),
}


def preferences_of(chat_id: int) -> Preferences:
    """Return the chat's preferences; a chat that has chosen nothing has the usual ones, unsaved."""
    return Preferences.objects.filter(chat_id=chat_id).first() or Preferences(chat_id=chat_id)


class Presence(models.Model):
    """When the product was last seen at work; a gap becomes a span in which it was away."""

    seen_at = models.DateTimeField(help_text="The last sign of life of this span.")
    began_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-seen_at"])]

    def __str__(self) -> str:
        return f"at work until {self.seen_at:%Y-%m-%d %H:%M:%S}"
