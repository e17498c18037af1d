"""Everything about reminders on the operators' desk."""

from django.contrib import admin

from conversations.desk.panels import desk
from reminders.calendars.models import Feed
from reminders.desk import later
from reminders.desk.broadcasts import BroadcastAdmin
from reminders.desk.deliveries import DeliveryAdmin
from reminders.desk.feeds import FeedAdmin
from reminders.desk.listing import ReminderAdmin
from reminders.desk.log import CommandAdmin
from reminders.models import Broadcast, Command, Delivery, Reminder

admin.site.register(Reminder, ReminderAdmin)
admin.site.register(Delivery, DeliveryAdmin)
admin.site.register(Command, CommandAdmin)
admin.site.register(Broadcast, BroadcastAdmin)
admin.site.register(Feed, FeedAdmin)
desk.add_below_reply(later.SEND_LATER)
desk.add_tab(later.PLANNED)
desk.next_up = later.next_up
desk.origins = later.origins
