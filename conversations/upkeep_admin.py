"""The nights' upkeep as operators see it: when it last ran, how long it took, what it removed."""

from typing import ClassVar

from django.contrib import admin

from conversations.desk.lists import ReadOnlyAdmin
from conversations.models import Upkeep


@admin.register(Upkeep)
class UpkeepAdmin(ReadOnlyAdmin):
    """A list to read: the bot writes it."""

    list_display: ClassVar = ("at", "seconds", "removed")

    def removed(self, run: Upkeep) -> str:
        """Return the counts in words."""
        return ", ".join(f"{count} {name}" for name, count in run.counts.items() if count) or "-"
