"""What /forget takes along of reminders: their number for the list, and their workflows."""

from conversations.forgetting import phrase as phrase_of
from conversations.models import Chat
from reminders.calendars.models import Feed
from reminders.models import Reminder
from reminders.together.models import Joiner


def phrase(chat: Chat) -> str:
    """Return "4 reminders with their history", or nothing."""
    count = Reminder.objects.filter(chat=chat).count()
    return phrase_of("reminders/forget_count", n=count) if count else ""


def farewell(chat: Chat) -> list[str]:
    """Let go of what is tied to others; return the ids of the reminders' workflows."""
    # What others accepted is theirs, and stays.
    Reminder.objects.filter(parent__chat=chat).exclude(chat=chat).update(parent=None)
    Feed.objects.filter(chat=chat).delete()
    if chat.is_private:
        Joiner.objects.filter(user_id=chat.chat_id, reminder__chat__bot=chat.bot_id).delete()
    return [reminder.workflow_id for reminder in Reminder.objects.filter(chat=chat)]
