"""Who was let in, who was not, and that somebody left: lists to read; owners may take a right back."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from conversations.desk.lists import ReadOnlyAdmin
from conversations.models import Guest, Invite, Stranger, Tombstone
from conversations.templatetags.desk import clock

_FORM = "j M Y, H:i"


class Revocable(ReadOnlyAdmin):
    """Rows that those with the right to delete them may take back, one by one."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        name = self.opts.model_name
        return bool(request.user.has_perm(f"conversations.delete_{name}"))


class GuestAdmin(Revocable):
    """People who came by an invitation; deleting one shuts them out again."""

    list_display = ("user_id", "bot", "invited_by", "joined")
    list_select_related = ("bot",)
    search_fields = ("=user_id",)
    search_help_text = "A person's Telegram id."
    ordering = ("-pk",)

    @admin.display(description="Let in (UTC)")
    def joined(self, guest: Guest) -> SafeString | str:
        """Return when they came."""
        return clock(guest.joined_at, form=_FORM)


class InviteAdmin(Revocable):
    """Links that let one person in; only a digest of the link is kept, and not shown."""

    list_display = ("__str__", "bot", "creator_id", "standing", "until")
    list_select_related = ("bot",)
    fields = ("bot", "creator_id", "expires_at", "used_at")
    ordering = ("-pk",)

    @admin.display(description="Standing")
    def standing(self, invite: Invite) -> str:
        """Return whether it can still be used."""
        if invite.used_at:
            return "used"
        return "open" if invite.is_open else "expired"

    @admin.display(description="Good until (UTC)")
    def until(self, invite: Invite) -> SafeString | str:
        """Return when it ends."""
        return clock(invite.expires_at, form=_FORM)


class StrangerAdmin(ReadOnlyAdmin):
    """How often somebody wrote who may not: a counter, no words and no name."""

    list_display = ("user_id", "bot", "messages", "told")
    list_select_related = ("bot",)
    search_fields = ("=user_id",)
    search_help_text = "A person's Telegram id."
    ordering = ("-pk",)

    @admin.display(description="Last told that it is private (UTC)")
    def told(self, stranger: Stranger) -> SafeString | str:
        """Return when they last got an answer."""
        return clock(stranger.told_at, form=_FORM)


class TombstoneAdmin(ReadOnlyAdmin):
    """That chats were forgotten, and how many rows went; not whose they were."""

    list_display = ("when", "rows")
    ordering = ("-pk",)
    list_display_links = None

    @admin.display(description="Forgotten (UTC)")
    def when(self, stone: Tombstone) -> SafeString | str:
        """Return when."""
        return clock(stone.at, form=_FORM)
