"""Bots in the admin: who polls, since when, and what troubles the line."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from bots.models import Bot

QUIET_AFTER = timedelta(seconds=60)  # a long poll takes 10 s, the watchdog rebuilds after 60 s


def is_quiet(bot: Bot) -> bool:
    """Whether nobody has heard from Telegram for this bot lately."""
    return bot.last_polled_at is None or timezone.now() - bot.last_polled_at > QUIET_AFTER


@admin.register(Bot)
class BotAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    """Bots appear by their tokens in the settings; nothing about them is changed here."""

    list_display = ("__str__", "name", "poller", "last_poll", "last_update", "lease_owner")
    list_fullwidth = True
    actions = None
    change_form_before_template = "admin/bots/bot/banner.html"
    fieldsets = (
        (None, {"fields": ("id", "username", "name", "created_at")}),
        ("Polling", {"fields": ("poller", "poll_error", "last_polled_at", "last_received_at")}),
        ("Lease", {"fields": ("lease_owner", "lease_until")}),
        ("Counters", {"fields": ("last_update_id", "sequence_offset", "highest_message_id")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="Last good poll", ordering="last_polled_at")
    def last_poll(self, bot: Bot) -> SafeString:
        """Return how long ago Telegram last answered."""
        return render_to_string("admin/bots/bot/ago.html", {"at": bot.last_polled_at})

    @admin.display(description="Last update", ordering="last_received_at")
    def last_update(self, bot: Bot) -> SafeString:
        """Return how long ago somebody wrote."""
        return render_to_string("admin/bots/bot/ago.html", {"at": bot.last_received_at})

    @admin.display(description="Line to Telegram")
    def poller(self, bot: Bot) -> SafeString:
        """Return whether polling works, and if not why."""
        context = {"bot": bot, "quiet": is_quiet(bot)}
        return render_to_string("admin/bots/bot/poller.html", context)
