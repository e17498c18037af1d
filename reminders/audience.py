"""A message to many chats: who is to get it, and what became of it in each."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conversations.models import Chat, Message


class Broadcast(models.Model):
    """One text for many chats; its workflow follows the row's state."""

    class State(models.TextChoices):
        """What it is doing."""

        DRAFT = "draft", _("draft")
        SENDING = "sending", _("sending")
        PAUSED = "paused", _("paused")
        CANCELLED = "cancelled", _("cancelled")
        FINISHED = "finished", _("finished")

    text = models.TextField(max_length=4096)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=150, blank=True)
    audience = models.JSONField(
        default=dict, blank=True, help_text="bot, types, language, active_days"
    )
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    total = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"broadcast {self.pk}"

    @property
    def workflow_id(self) -> str:
        """The id of its workflow."""
        return f"broadcast-{self.pk}"

    def move(self, *before: "Broadcast.State", after: "Broadcast.State") -> bool:
        """Change the state if it is one of `before`; the row count decides."""
        fields: dict[str, object] = {"state": after}
        if after in (self.State.CANCELLED, self.State.FINISHED):
            fields["ended_at"] = timezone.now()
        rows = Broadcast.objects.filter(pk=self.pk, state__in=before)
        changed = bool(rows.update(**fields))
        if changed:
            self.refresh_from_db()
        return changed

    def counts(self) -> dict[str, int]:
        """Return how many chats have had which outcome, in one query."""
        state, sent = BroadcastRecipient.State, Message.State
        on_its_way = Q(message__state__in=[sent.QUEUED, sent.SENDING])
        return dict(
            self.recipients.aggregate(
                waiting=Count("pk", filter=Q(state=state.WAITING)),
                skipped=Count("pk", filter=Q(state=state.SKIPPED)),
                on_its_way=Count("pk", filter=on_its_way),
                sent=Count("pk", filter=Q(message__state=sent.SENT)),
                failed=Count("pk", filter=Q(message__state=sent.FAILED)),
                unknown=Count("pk", filter=Q(message__state=sent.UNKNOWN)),
            )
        )


class BroadcastRecipient(models.Model):
    """One chat of a broadcast. Once written, what became of it is its message's state."""

    class State(models.TextChoices):
        """Whether it has been handed to the outbox."""

        WAITING = "waiting", _("waiting")
        WRITTEN = "written", _("in the outbox")
        SKIPPED = "skipped", _("skipped")

    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="recipients")
    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=60, blank=True)
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, related_name="broadcasts"
    )

    class Meta:
        # No constraint on (broadcast, chat): a group that becomes a supergroup may join two of them.
        indexes: ClassVar = [models.Index(fields=["broadcast", "state"])]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"

    @property
    def outcome(self) -> str:
        """What became of it, for people."""
        if self.message is not None:
            return str(Message.State(self.message.state).label)
        return self.reason or str(self.State(self.state).label)
