"""The nights' upkeep as operators see it: when it last ran, how long it took, what it removed."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from conversations.models import Upkeep


@admin.register(Upkeep)
class UpkeepAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    """A list to read: the bot writes it."""

    list_display: ClassVar = ("at", "seconds", "removed")

    def removed(self, run: Upkeep) -> str:
        """Return the counts in words."""
        return ", ".join(f"{count} {name}" for name, count in run.counts.items() if count) or "-"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Upkeep | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Upkeep | None = None) -> bool:
        return False
