"""Registers the desk with the admin."""

from django.contrib import admin

from bots.models import Update
from conversations import upkeep_admin
from conversations.desk.chats import ChatAdmin
from conversations.desk.lists import AuditAdmin, CannedReplyAdmin, LabelAdmin, MessageAdmin
from conversations.desk.updates import UpdateAdmin
from conversations.models import Chat, Message
from conversations.operators import AuditEntry, CannedReply, Label

admin.site.register(Chat, ChatAdmin)
admin.site.register(Message, MessageAdmin)
admin.site.register(Label, LabelAdmin)
admin.site.register(CannedReply, CannedReplyAdmin)
admin.site.register(AuditEntry, AuditAdmin)
admin.site.register(Update, UpdateAdmin)

__all__ = ["upkeep_admin"]
