"""Which chats have given out the address of their calendar: a list to read, without the address."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from conversations.desk.lists import ReadOnlyAdmin
from conversations.templatetags.desk import clock
from reminders.calendars.models import Feed


class FeedAdmin(ReadOnlyAdmin):
    """One row for each chat; of the address only a digest is kept, and that is not shown."""

    list_display = ("chat", "since")
    list_select_related = ("chat",)
    fields = ("chat", "created_at")
    ordering = ("-pk",)

    @admin.display(description=_("Made (UTC)"))
    def since(self, feed: Feed) -> SafeString | str:
        """Return when the address was made."""
        return clock(feed.created_at, form="j M Y, H:i")
