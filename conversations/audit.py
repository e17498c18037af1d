"""Write down which operator read or exported people's words: one line each, never the words."""

from typing import Any

from django.db import models

from conversations.models import AuditEntry


def note_audit(
    user: Any, verb: str, of: models.Model | type[models.Model], *, reason: str = ""
) -> AuditEntry:
    """Store who did what to which object (or, given a model, to its list)."""
    pk = of.pk if isinstance(of, models.Model) else ""
    return AuditEntry.objects.create(
        actor=user if user.pk else None,
        actor_name=user.get_username()[:150],
        verb=verb,
        object_type=of._meta.label_lower,  # noqa: SLF001  # Django documents it
        object_id=str(pk),
        reason=reason[:300],
    )
