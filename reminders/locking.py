"""Read a reminder's row again and keep others from changing it until the transaction ends."""

from reminders.models import Reminder


def hold(reminder: Reminder) -> None:
    """Lock the row and read it again; a firing that is being claimed comes before or after."""
    chat = reminder.chat
    reminder.refresh_from_db(from_queryset=Reminder.objects.select_for_update())
    reminder.chat = chat
