"""Reminders, each of their deliveries, and everything that ever happened to them."""

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.utils.timezone import now as utc_now

from conversations.models import Chat, Message
from reminders.audience import Broadcast, BroadcastRecipient
from reminders.chat.models import Draft, Preferences, Presence, Undo
from reminders.ledger import Command

__all__ = [
    "Broadcast",
    "BroadcastRecipient",
    "Command",
    "Delivery",
    "Draft",
    "Event",
    "Preferences",
    "Presence",
    "Reminder",
    "Undo",
    "next_number",
]


class Reminder(models.Model):
    """Something to be said in a chat at a time, once or again and again. The row is the truth."""

    class State(models.TextChoices):
        """Whether anything will still happen."""

        ACTIVE = "active", "active"
        PAUSED = "paused", "paused"
        FINISHED = "finished", "finished"
        CANCELLED = "cancelled", "cancelled"
        FAILED = "failed", "failed"

    class Fire(models.TextChoices):
        """What happens next."""

        DUE = "due", "due"
        ALERT = "alert", "alert before"
        NAG = "nag", "asked again"

    class Origin(models.TextChoices):
        """Where it came from."""

        CHAT = "chat", "chat"
        OPERATOR = "operator", "operator"
        IMPORT = "import", "import"
        SNOOZE = "snooze", "snooze"
        JOINED = "joined", "joined"

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="reminders")
    number = models.PositiveIntegerField(help_text="Counts within the chat: what people call it.")
    text = models.TextField()
    creator_id = models.BigIntegerField(default=0, help_text="Telegram user who made it.")
    creator_name = models.CharField(max_length=255, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.CHAT)
    request_id = models.CharField(max_length=120, blank=True, editable=False)
    thread_id = models.BigIntegerField("topic", default=0)
    source_message_id = models.BigIntegerField(default=0, help_text="The message it was made from.")
    answers_source = models.BooleanField(
        default=False, help_text="Deliver as a reply to that message."
    )
    attachment = models.CharField(max_length=20, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    revision = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField(null=True, help_text="The next occurrence (UTC).")
    fire_at = models.DateTimeField(null=True, help_text="When anything happens next (UTC).")
    fire_kind = models.CharField(max_length=6, choices=Fire, default=Fire.DUE)
    moved_from = models.DateTimeField(
        null=True, editable=False,
        help_text="Where the next occurrence of a series was before it was moved alone (UTC).",
    )  # fmt: skip
    nag_count = models.PositiveIntegerField(
        default=0, help_text="How often this occurrence was asked again."
    )

    held_since = models.DateTimeField(
        null=True, help_text="When it would have fired but for quiet hours or a pause (UTC)."
    )
    unanswered = models.PositiveIntegerField(
        default=0, help_text="Occurrences in a row that nobody answered."
    )

    timezone = models.CharField("time zone", max_length=64, default="UTC")
    start_local = models.CharField(
        max_length=25,
        help_text="First occurrence, local wall clock, ISO 8601; with its offset from UTC in the "
        "second pass of a repeated hour.",
    )
    rules = models.JSONField(
        default=list, blank=True, help_text="RFC 5545 rules, wall clock; empty: once."
    )
    after_done = models.JSONField(null=True, blank=True, help_text='[3, "day"]: counted from Done.')
    nag_every = models.PositiveIntegerField(null=True, blank=True, help_text="Seconds.")
    nag_times = models.PositiveIntegerField(null=True, blank=True)
    alerts = models.JSONField(default=list, blank=True, help_text="Seconds before the due time.")
    urgent = models.BooleanField(default=False, help_text="Rings through quiet hours.")
    late_after = models.PositiveIntegerField(
        default=60, help_text="Seconds; then it says how late it is."
    )
    useless_after = models.PositiveIntegerField(
        null=True, blank=True, help_text="Seconds; then it is skipped."
    )
    unless_reply = models.BooleanField(
        default=False, help_text="Dropped when they write before it is due."
    )
    paused_until = models.DateTimeField(null=True, blank=True)
    frozen = models.BooleanField(
        default=False, help_text="Came due while nobody could be reached; paused since."
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children",
        help_text="The series a snoozed occurrence or a joined copy belongs to.",
    )  # fmt: skip

    armed_revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=utc_now)
    updated_at = models.DateTimeField(auto_now=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chat", "number"], name="reminder_numbers_are_unique"),
            models.UniqueConstraint(
                fields=["chat", "request_id"],
                condition=~Q(request_id=""),
                name="one_reminder_per_request",
            ),
            models.CheckConstraint(
                condition=~Q(state="active", fire_at=None, after_done__isnull=True),
                name="active_reminders_fire",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "fire_at"]),
            models.Index(fields=["chat", "state", "due_at"]),
            models.Index(fields=["fire_at"], condition=Q(state="active"), name="waiting_reminders"),
            models.Index(fields=["state", "fire_kind"]),
            models.Index(fields=["due_at"]),
            models.Index(fields=["fire_at", "-id"], name="reminders_in_order"),
            models.Index(
                fields=["updated_at"],
                condition=Q(armed_revision__lt=F("revision")),
                name="unread_reminders",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def workflow_id(self) -> str:
        """The id of the reminder's workflow."""
        return f"reminder-{self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone its wall clock is in."""
        return ZoneInfo(self.timezone)

    @property
    def is_series(self) -> bool:
        """Whether it comes again."""
        return bool(self.rules) or self.after_done is not None

    @property
    def local_due(self) -> datetime | None:
        """The next occurrence in its own zone."""
        return self.due_at.astimezone(self.zone) if self.due_at else None

    @property
    def local_fire(self) -> datetime | None:
        """When anything happens next, in its own zone."""
        return self.fire_at.astimezone(self.zone) if self.fire_at else None

    @property
    def local_pause_end(self) -> datetime | None:
        """When its pause ends, in its own zone."""
        return self.paused_until.astimezone(self.zone) if self.paused_until else None

    def change(self, *states: "Reminder.State", **fields: Any) -> bool:
        """Change the row if nobody else has meanwhile; the row count decides. Counts the revision up."""
        rows = Reminder.objects.filter(
            pk=self.pk, revision=self.revision, state__in=states or [self.state]
        )
        changed = rows.update(revision=F("revision") + 1, updated_at=utc_now(), **fields)
        if changed:
            self.refresh_from_db()
        return bool(changed)

    def note(self, verb: str, *, actor: str, at: datetime | None = None, **details: Any) -> "Event":
        """Write one line of its history."""
        return Event.objects.create(
            reminder=self, verb=verb, actor=actor[:100], details=details, at=at or utc_now()
        )


def next_number(chat: Chat) -> int:
    """Return the number of the chat's next reminder; the chat's row is locked, so numbers are unique."""
    Chat.objects.select_for_update().get(pk=chat.pk)
    highest = Reminder.objects.filter(chat=chat).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


class Delivery(models.Model):
    """One time a reminder was said, or should have been: unique for each occurrence and kind."""

    class State(models.TextChoices):
        """How it ended."""

        CLAIMED = "claimed", "on its way"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"
        UNKNOWN = "unknown", "unknown"
        SKIPPED = "skipped", "skipped"

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="deliveries")
    due_at = models.DateTimeField(help_text="The occurrence (UTC).")
    kind = models.CharField(max_length=6, choices=Reminder.Fire, default=Reminder.Fire.DUE)
    number = models.PositiveIntegerField(
        default=0, help_text="Which asking-again or alert of the occurrence."
    )
    planned_at = models.DateTimeField(help_text="When it was to be sent (UTC).")
    state = models.CharField(max_length=8, choices=State, default=State.CLAIMED)
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, related_name="deliveries"
    )
    missed = models.PositiveIntegerField(default=0, help_text="Occurrences joined into this one.")
    reason = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField(default=utc_now)
    delivered_at = models.DateTimeField(null=True)
    lateness = models.FloatField(null=True, help_text="Seconds after the planned time.")
    held_since = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reminder", "due_at", "kind", "number"], name="one_delivery_per_occurrence"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-delivered_at"]),
            models.Index(
                fields=["delivered_at", "state", "lateness"], name="lateness_of_deliveries"
            ),
            models.Index(fields=["state", "-claimed_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.due_at:%Y-%m-%d %H:%M}"


class Event(models.Model):
    """One line of a reminder's history: who did what, when."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=utc_now)
    actor = models.CharField(max_length=100, help_text="person:<id>, operator:<name> or bot")
    verb = models.CharField(max_length=30)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["reminder", "at"])]

    def __str__(self) -> str:
        return self.verb
