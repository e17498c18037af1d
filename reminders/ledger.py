"""Every order an operator gives a reminder, stored before it is carried out, so that nothing is done unseen."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Command(models.Model):
    """One order for one reminder: requested, then applied or refused, then known to its workflow."""

    class State(models.TextChoices):
        """How far it has come."""

        REQUESTED = "requested", _("requested")
        APPLIED = "applied", _("applied")
        REFUSED = "refused", _("refused")

    class Refusal(models.TextChoices):
        """Why it was not carried out."""

        SENT = "sent", _("already sent")
        CANCELLED = "cancelled", _("already cancelled")
        FAILED = "failed", _("ended as failed")
        CHANGED = "changed", _("changed meanwhile")
        PAUSED = "paused", _("paused")
        WAITING = "waiting", _("waiting as it should")
        UNREADABLE = "unreadable", _("time not understood there")
        PAST = "past", _("its time has passed")
        GONE = "gone", _("no longer there")

    batch = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    actor_name = models.CharField(max_length=150)
    verb = models.CharField(max_length=20)
    reason = models.CharField(max_length=300, blank=True)
    params = models.JSONField(default=dict, blank=True)
    reminder = models.ForeignKey(
        "reminders.Reminder", on_delete=models.SET_NULL, null=True, related_name="commands"
    )
    revision_seen = models.PositiveIntegerField(help_text="What the operator had in view.")
    revision_made = models.PositiveIntegerField(null=True, help_text="What the change became.")
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    refusal = models.CharField(max_length=12, choices=Refusal, blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-requested_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["reminder", "-requested_at"]),
            models.Index(
                fields=["requested_at"],
                condition=models.Q(state="requested"),
                name="waiting_commands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"

    @property
    def is_armed(self) -> bool:
        """Whether the reminder's workflow has read the change, or there is nothing for it to read."""
        if self.state != self.State.APPLIED or self.reminder is None or not self.revision_made:
            return False
        return bool(self.reminder.armed_revision >= self.revision_made)

    @property
    def stage(self) -> str:
        """How far it has come, in one word for people."""
        if self.state == self.State.APPLIED and self.is_armed:
            return str(_("armed"))
        if self.state == self.State.REFUSED:
            return str(self.Refusal(self.refusal).label) if self.refusal else str(_("refused"))
        return str(self.State(self.state).label)
