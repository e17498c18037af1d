"""Read a reminder's row again and keep others from changing it until the transaction ends."""

from conversations.models import Chat
from reminders.models import Reminder


def hold(reminder: Reminder) -> None:
    """Lock the row and read it again; a firing that is being claimed comes before or after."""
    chat = reminder.chat
    reminder.refresh_from_db(from_queryset=Reminder.objects.select_for_update())
    reminder.chat = chat


def lock_chat_of(reminder_id: int | None) -> None:
    """Lock the chat before its reminder is: an answer does so, and two orders would deadlock."""
    chats = Chat.objects.filter(reminders=reminder_id or 0).select_for_update(of=("self",))
    chats.order_by("pk").values_list("pk", flat=True).first()
