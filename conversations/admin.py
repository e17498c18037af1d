"""Registers the desk with the admin."""

from django.contrib import admin

from bots.models import Update
from conversations import upkeep_admin
from conversations.desk.chats import ChatAdmin
from conversations.desk.guestlists import GuestAdmin, InviteAdmin, StrangerAdmin, TombstoneAdmin
from conversations.desk.lists import AuditAdmin, CannedReplyAdmin, LabelAdmin, MessageAdmin
from conversations.desk.updates import UpdateAdmin
from conversations.models import Chat, Guest, Invite, Message, Stranger, Tombstone
from conversations.operators import AuditEntry, CannedReply, Label

admin.site.register(Chat, ChatAdmin)
admin.site.register(Message, MessageAdmin)
admin.site.register(Label, LabelAdmin)
admin.site.register(CannedReply, CannedReplyAdmin)
admin.site.register(AuditEntry, AuditAdmin)
admin.site.register(Update, UpdateAdmin)
admin.site.register(Guest, GuestAdmin)
admin.site.register(Invite, InviteAdmin)
admin.site.register(Stranger, StrangerAdmin)
admin.site.register(Tombstone, TombstoneAdmin)

__all__ = ["upkeep_admin"]
